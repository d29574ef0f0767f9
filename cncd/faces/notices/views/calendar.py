"""The calendar of what is due: its address for its owner, its text for whoever has the address."""

import hashlib

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cncd.faces.notices import actions
from cncd.faces.notices.composing import origin
from cncd.faces.notices.models import Feed
from cncd.faces.notices.sealing import Unreadable, unseal
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow, public


@allow("account.own")
def calendar(request):
    """The address of my calendar, or the way to make one."""
    feed = Feed.objects.filter(user=request.user).first()
    address = ""
    if feed:
        try:
            address = origin() + reverse("notices:feed", args=[unseal(feed.sealed)])
        except Unreadable:
            address = ""  # still works where it was entered; here only a new one can be made
    return render(request, "notices/calendar.html", {"feed": feed, "address": address})


@allow("account.own")
@require_POST
def make_calendar(request):
    """A first address, or another one, whereupon the old one is of no use."""
    actions.make_feed(by=request.user)
    say_done(request, _("This is the address of your calendar."))
    return redirect("notices:calendar")


@allow("account.own")
@require_POST
def end_calendar(request):
    for feed in Feed.objects.filter(user=request.user):
        actions.end_feed(feed=feed, by=request.user)
    say_done(request, _("The calendar is ended."))
    return redirect("notices:calendar")


@public
@require_safe
def feed(request, secret):
    """The calendar itself, for the program that asks for it; unchanged: 304, without a text."""
    from cncd.faces.notices.calendar import calendar_of  # loads icalendar

    kept = Feed.objects.filter(secret=actions.digest_of(secret), user__is_active=True)
    found = kept.select_related("user__person").first()
    if found is None:
        raise Http404
    found, text = calendar_of(found, timezone.now())
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=600"
    answer["Content-Disposition"] = 'inline; filename="cncd.ics"'
    etag, changed = f'"{hashlib.sha256(text).hexdigest()[:32]}"', int(found.changed_at.timestamp())
    answer["ETag"] = etag
    answer["Last-Modified"] = f"{found.changed_at:%a, %d %b %Y %H:%M:%S GMT}"
    return get_conditional_response(request, etag, changed, answer)
