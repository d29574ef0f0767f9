"""Ticking who of the required members is in a common group (II.2.9)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.work.channels import actions
from cncd.work.channels.models import Channel, Presence
from cncd.work.channels.queries import checklist
from cncd.work.channels.views.scope import changeable


@require_POST
@allow("channels.change")
def tick(request, pk):
    """Ticks and clears boxes: each box is "<kind of member>:<posting>"."""
    found = changeable(request, pk)
    day = request.scope.today
    sheet = checklist(found, day)
    ticked = set(request.POST.getlist("present"))
    try:
        count = _follow(sheet, ticked, day, request.user) if sheet else 0
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("channels:channel", pk)
    say_done(request, _("Saved.") if count else _("Nothing is different from before."))
    return redirect("channels:channel", pk)


def _follow(sheet, ticked: set[str], day, by) -> int:
    """Makes the ticks of the page those of the register; returns how many differed."""
    count = 0
    for needed in sheet.needed:
        for holder in needed.holders:
            wanted = f"{needed.required.pk}:{holder.posting.pk}" in ticked
            if holder.has_ended or wanted == bool(holder.presence):
                continue
            count += 1
            if wanted:
                words = {"required": needed.required, "posting": holder.posting}
                actions.tick_presence(channel=sheet.channel, on=day, by=by, **words)
            else:
                actions.clear_presence(presence=holder.presence, on=day, by=by)
    return count


@require_POST
@allow("channels.change")
def clear(request, pk, presence):
    """Notes that somebody who left office is out of the group."""
    row = _presence(changeable(request, pk), presence)
    actions.clear_presence(presence=row, on=request.scope.today, by=request.user)
    say_done(request, _("Saved."))
    return redirect("channels:channel", pk)


@require_POST
@allow("channels.change")
def hand_over(request, pk, presence):
    """Puts the successor in the place of somebody who left office."""
    row = _presence(changeable(request, pk), presence)
    day, by = request.scope.today, request.user
    try:
        actions.hand_over_presence(presence=row, posting=row.posting.successor, on=day, by=by)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        say_done(request, _("The successor was ticked."))
    return redirect("channels:channel", pk)


def _presence(channel: Channel, pk: int) -> Presence:
    rows = Presence.objects.filter(channel=channel).select_related("posting__successor")
    return get_object_or_404(rows, pk=pk)
