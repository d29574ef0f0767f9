"""`{% load reminders %}`: who was reminded of an obligation, or of anything a directive asks."""

from django import template
from django.utils import timezone

from cncd.work.directives.actions.reminding import may_withdraw
from cncd.work.directives.models import Directive, Reminder
from cncd.work.directives.news.about import owners
from cncd.work.directives.queries.rights import GIVE

register = template.Library()
MOST = 20  # the latest ones; the list of those to remind has the rest


@register.inclusion_tag("directives/reminders.html", takes_context=True)
def reminders(context, about) -> dict:
    """The log, latest first, as far as the reader sees what it is about."""
    user = context["request"].user
    rows = Reminder.objects.visible_to(user).standing()
    if isinstance(about, Directive):
        rows = rows.filter(obligation__directive=about)
    else:
        rows = rows.filter(obligation=about)
    rows = rows.select_related("by__person", "obligation__team", "obligation__directive__place")
    rows = rows.prefetch_related("persons")
    found = list(rows[:MOST])
    called = {}
    if isinstance(about, Directive):
        called = owners([each.obligation for each in found], timezone.localdate())
    lines = [(each, called.get(each.obligation_id, "")) for each in found]
    own = {each.pk for each in found if user.can(GIVE) and may_withdraw(user, each)}
    return {"lines": lines, "own": own, "may_name": user.can("people.view")}
