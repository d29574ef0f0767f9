"""`{% load kit %}`: icons, figures, links that keep the unit and the period."""

from urllib.parse import urlencode

from django import template
from django.forms import Form
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme

from cncd.foundation.kit import figures, icons
from cncd.foundation.kit.messages import undo_of

register = template.Library()


@register.simple_tag
def icon(name, label="", css=""):
    return icons.icon(name, label, css)


@register.filter
def number(value, places=None):
    """1.234,5; a dash when there is no value."""
    return figures.nothing() if figures.is_blank(value) else figures.number(value, places)


@register.filter
def percent(value, places=0):
    """0.98 → 98%; a dash when there is no value."""
    return figures.nothing() if figures.is_blank(value) else figures.percent(value, places)


@register.filter
def with_unit(value, unit):
    """41.220 lượt, or 98%; a dash when there is no value."""
    return figures.nothing() if figures.is_blank(value) else figures.with_unit(value, unit)


@register.filter
def day(value):
    """22/11/2026; a dash when there is no date."""
    return figures.nothing() if figures.is_blank(value) else figures.day(value)


@register.filter
def daytime(value):
    """08:12 22/11/2026; a dash when there is no moment."""
    return figures.nothing() if figures.is_blank(value) else figures.daytime(value)


@register.filter
def undo_url(message):
    """Where the thing this message speaks of can be undone; empty when it cannot."""
    return undo_of(message)


@register.filter
def is_form(value):
    return isinstance(value, Form)


@register.simple_tag
def meter(value, goal, label=""):
    """A bar from 0 to the goal; met when full. The numbers stand in the text beside it."""
    share = 0 if not goal or not value else min(float(value) / float(goal), 1)
    return format_html(
        '<progress class="meter{}" max="100" value="{}" aria-label="{}"></progress>',
        " is-met" if share >= 1 else "",
        int(share * 100),
        label,
    )


@register.inclusion_tag("kit/charts.html")
def charts():
    """The scripts that draw a chart from every table with `data-chart`; once, in block scripts."""
    return {}


@register.simple_tag(takes_context=True)
def scoped_url(context, name, *args, u=None, k=None, **query):
    """The address of a page, with the unit and period in sight (or those given) kept in it."""
    scope = getattr(context.get("request"), "scope", None)
    kept = dict(scope.query) if scope else {}
    kept |= {key: value for key, value in {"u": u, "k": k, **query}.items() if value}
    address = reverse(name, args=args)
    return f"{address}?{urlencode(kept)}" if kept else address


@register.simple_tag(takes_context=True)
def here(context, **changes):
    """The address of this page with some of its parameters changed (None takes one away)."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def way_back(context, otherwise="/"):
    """`?next=` when it is an address of ours, else the address given."""
    request = context["request"]
    wanted = request.GET.get("next") or request.POST.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe else otherwise
