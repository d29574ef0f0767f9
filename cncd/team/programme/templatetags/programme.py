"""`{% load programme %}`: stored figures in the unit of their indicator."""

from django import template

from cncd.team.programme import rules

register = template.Library()


@register.filter
def stored(value, target):
    """A stored value in the shown unit of the target's indicator: 12500000 → "12,5 triệu đồng"."""
    indicator = target.indicator
    return rules.show_target(
        value, is_ratio=indicator.is_ratio, factor=indicator.factor, unit=indicator.unit
    )
