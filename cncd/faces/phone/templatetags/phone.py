"""`{% load phone %}`: where the report of a month is written."""

from django import template
from django.urls import reverse
from django.utils import timezone

from cncd.faces.phone import rules

register = template.Library()


@register.simple_tag(takes_context=True)
def report_address(context, month) -> str:
    """The report of the team in hand for that month: to write, else to read; "" for none yet."""
    request = context["request"]
    team = request.scope.team
    if request.user.can("reports.send", team=team):
        return reverse("reports:write", args=[team.pk, month.period.code])
    return reverse("reports:report", args=[month.report.pk]) if month.is_sent else ""


@register.filter
def time_left(due_at) -> str:
    """How much time is left, in words."""
    return rules.time_left(due_at, timezone.now())
