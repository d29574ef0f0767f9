"""`{% load notices %}`: how many are unread, for the bell."""

from django import template

from cncd.faces.notices.queries import unread_count

register = template.Library()


@register.simple_tag
def unread(user) -> int:
    """How many notices the person has not read; asked once, where the bell is drawn."""
    return unread_count(user)
