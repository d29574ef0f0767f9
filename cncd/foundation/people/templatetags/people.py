"""`{% load people %}`: QR codes, passkey options, whom to call."""

import datetime as dt
import json as plain_json

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from cncd.foundation.kit import figures
from cncd.foundation.people import queries, rules

register = template.Library()


@register.filter
def json(value) -> str:
    """The value as JSON, for a data- attribute (escaped there like any text)."""
    return plain_json.dumps(value, cls=DjangoJSONEncoder)


@register.simple_tag
def qr(text, label=""):
    """A QR code of the text, drawn in the page as one path."""
    import qrcode  # brings Pillow with it, and few pages show a code

    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=2)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return format_html(
        '<svg class="qr" viewBox="0 0 {size} {size}" role="img" aria-label="{label}"'
        ' shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/>'
        '<path d="{path}" fill="#000"/></svg>',
        size=len(rows),
        label=label,
        path=mark_safe(path),  # noqa: S308 (digits and letters made above)
    )


@register.simple_tag
def help_contact() -> str:
    """Whom to call, as the installation says; may be empty."""
    return queries.help_contact()


@register.filter
def spaced_phone(phone) -> str:
    """0912 345 678."""
    return rules.spaced_phone(phone or "")


@register.filter
def shown(value):
    """A value of somebody's own data as people read it."""
    if isinstance(value, dt.datetime):
        return figures.daytime(value)
    if isinstance(value, dt.date):
        return figures.day(value)
    return value or "–"
