"""`{% load phone %}`: where the report of a month is written."""

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def report_address(context, month) -> str:
    """The report page of the team in hand for that month."""
    team = context["request"].scope.team
    return reverse("reports:write", args=[team.pk, month.period.code])
