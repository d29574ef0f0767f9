"""`{% load places %}`: where the reader chooses settings."""

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def settings_address(context, key: str = "") -> str:
    """The page of the settings the reader may choose: everywhere, or the unit in sight; else ""."""
    request = context["request"]
    place = request.scope.place
    if request.user.can("settings.everywhere"):
        found = reverse("places:settings-everywhere")
    elif place and request.user.can("places.change", place=place):
        found = reverse("places:settings", args=[place.pk])
    else:
        return ""
    return f"{found}?key={key}" if key else found
