"""`{% load library %}`: hits marked, and a text as HTML."""

from django import template
from django.utils.html import format_html, format_html_join

from cncd.work.library.rules import html_of
from cncd.work.library.wording import audiences_in_words

register = template.Library()


@register.simple_tag
def pieces(found):
    """Text with the hits in <mark>."""
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", text) if hit else text,) for text, hit in found)
    )


@register.filter
def as_html(body):
    return html_of(body)


@register.filter
def audiences(item):
    return audiences_in_words(item)
