"""`{% load teams %}`: a share that may have nothing to divide by, what the reader may do."""

from django import template
from django.utils.translation import gettext as _

from cncd.foundation.kit import figures

register = template.Library()


@register.filter
def share(value) -> str:
    """98%, or "không phát sinh" where there was nothing to divide by."""
    return figures.percent(value) if isinstance(value, float | int) else _("nothing arose")


@register.simple_tag(takes_context=True)
def may(context, permission: str) -> bool:
    """Whether the reader holds the permission somewhere."""
    return context["request"].user.can(permission)
