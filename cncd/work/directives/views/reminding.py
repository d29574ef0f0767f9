"""Đôn đốc: whom to remind, the ready texts, and writing down that it was done."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people import authority
from cncd.foundation.people.access import allow
from cncd.work.directives.actions.reminding import may_withdraw, remind, withdraw_reminder
from cncd.work.directives.forms.easing import ReasonForm
from cncd.work.directives.forms.reminding import RemindForm
from cncd.work.directives.models import Reminder
from cncd.work.directives.queries.answering import answerers
from cncd.work.directives.queries.reminding import lines, needing, remindable, within
from cncd.work.directives.reminding_lists import RemindingList
from cncd.work.directives.texts import text_for_all, texts_of_units

MOST = 500  # at once
MOST_TEXTS = 40


@allow("directives.give")
def listed(request):
    """What is late, due soon or not acknowledged, of all that was asked below."""
    today = request.scope.today
    rows = needing(remindable(request.user), today)
    if request.scope.place:
        rows = within(rows, request.scope.place, today)
    own = authority.roots(request.user, "directives.give")
    return RemindingList(request, lines(rows, today, own)).response()


@allow("directives.give")
def write(request):
    """The texts for those chosen, and how they were reminded; nothing is written by looking."""
    chosen = _chosen(request)
    form = RemindForm(request.POST if "how" in request.POST else None)
    if form.is_bound and (said := done(request, lambda: _reminded(request, form, chosen), form)):
        told = ngettext("%(n)d reminder is logged.", "%(n)d reminders are logged.", said["count"])
        say_done(request, told % {"n": said["count"]})
        return redirect("directives:reminding")
    today, now = request.scope.today, timezone.localtime()
    own = authority.roots(request.user, "directives.give")
    rows = remindable(request.user).filter(pk__in=chosen)
    found = lines(rows, today, own)
    whom = answerers(rows.order_by("due_on", "pk"), today)
    link = request.build_absolute_uri(reverse("directives:mine"))
    about = (found, request.scope.unit_name, link, now)
    texts = texts_of_units(*about)
    context = {"form": form, "rows": [(line, whom.get(line.pk, [])) for line in found]}
    context |= {"texts": texts[:MOST_TEXTS], "more": len(texts) - MOST_TEXTS}
    context |= {"whole": text_for_all(*about) if found else "", "chosen": chosen}
    context["may_call"] = request.user.can("people.view")
    return render(request, "directives/remind.html", context)


def _chosen(request) -> list[int]:
    """The ids that were ticked."""
    data = request.POST if request.method == "POST" else request.GET
    ids = [each for each in data.getlist("row") if each.isdecimal() and len(each) < 19]
    return [int(each) for each in ids[:MOST]]


def _reminded(request, form: RemindForm, chosen: list[int]) -> dict:
    said = form.cleaned_data

    def run() -> dict:
        found = remind(obligations=chosen, how=said["how"], note=said["note"], by=request.user)
        return {"count": len(found)}

    return once(**form.envelope_of(kind="obligation.remind", sender=request.user), run=run)


@allow("directives.give")
def withdraw(request, pk, key):
    """Takes a reminder out of the log that was written down by mistake."""
    rows = Reminder.objects.visible_to(request.user).standing().filter(obligation=pk)
    found = get_object_or_404(rows.select_related("obligation__directive__place"), pk=key)
    if not may_withdraw(request.user, found):
        raise PermissionDenied("directives.give")
    form = ReasonForm(request.POST or None)
    act = lambda: withdraw_reminder(reminder=found, by=request.user, **form.cleaned_data)  # noqa: E731
    if done(request, act, form):
        say_done(request, _("The reminder is taken out of the log."))
        return redirect("directives:obligation", pk)
    context = {
        "form": form, "title": _("Take a reminder out of the log"), "question": str(found),
        "consequences": [_("It counts no more among the times reminded; the journal keeps it."),
                         _("The notice that was sent with it stays with those who got it.")],
        "submit": _("Take the reminder out"), "back": reverse("directives:obligation", args=[pk]),
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)
