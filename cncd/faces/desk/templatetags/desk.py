"""`{% load desk %}`: sparklines, figures in words, links one level down."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from cncd.faces.desk import overview

register = template.Library()

WIDTH, HEIGHT, EDGE = 96, 24, 3


@register.filter
def words(reading):
    """The figure in words, with its unit."""
    return overview.words_of(reading)


@register.filter
def plain(reading):
    """The figure as a number in its shown unit; None when there is none."""
    return overview.plain(reading)


@register.filter
def chart_value(reading):
    """The number behind a chart, in plain digits (a ratio as 0 to 1); empty when there is none."""
    value = overview.plain(reading)
    if value is None:
        return ""
    return str(value / 100 if reading.indicator.is_ratio else value)


@register.simple_tag
def sparkline(course):
    """The course of a figure as a small line; months without a figure leave a gap."""
    values = [overview.plain(reading) for reading in course]
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, high = min(known), max(known)
    step = (WIDTH - 2 * EDGE) / max(len(values) - 1, 1)
    points = [
        None if v is None else (EDGE + n * step, _height(v, low, high))
        for n, v in enumerate(values)
    ]
    lines = format_html_join("", '<polyline points="{}"/>', ((run,) for run in _runs(points)))
    last = next(p for p in reversed(points) if p)
    return format_html(
        '<svg class="sparkline" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}'
        '<circle cx="{}" cy="{}" r="2.5"/></svg>',
        *(WIDTH, HEIGHT, lines, f"{last[0]:.1f}", f"{last[1]:.1f}"),
    )


def _height(value, low, high) -> float:
    share = 0.5 if high == low else (value - low) / (high - low)
    return HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)


def _runs(points) -> list[str]:
    """The unbroken stretches, each as "x,y x,y"."""
    runs, current = [], []
    for point in [*points, None]:
        if point:
            current.append(f"{point[0]:.1f},{point[1]:.1f}")
        elif current:
            runs.append(" ".join(current))
            current = []
    return runs


@register.simple_tag(takes_context=True)
def for_unit(context, url_name, place, *args):
    """The same page for another unit, in the same month."""
    query = context["request"].scope.query | {"u": place.pk}
    return f"{reverse(url_name, args=args)}?{urlencode(query)}"


# Where a figure has a page of its own that says more than its sums: the 100% line (II.2.3).
OWN_PAGES = {"KT03": ("registers:home", "registers.view")}


@register.simple_tag(takes_context=True)
def tile_address(context, indicator):
    """The page of an indicator in the unit and month in sight."""
    request = context["request"]
    name, permission = OWN_PAGES.get(indicator.code, ("", ""))
    is_own = bool(name) and request.user.can(permission)
    address = reverse(name) if is_own else reverse("desk:indicator", args=[indicator.code])
    return f"{address}?{urlencode(request.scope.query)}"


@register.simple_tag
def read_child(page, child, indicator):
    """One figure of a unit below."""
    return page.read_child(child, indicator)
