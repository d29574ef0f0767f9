"""`{% load library %}`: hits marked, and a text as HTML."""

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe

from cncd.work.library.rules import html_of
from cncd.work.library.wording import IN_LANGUAGES, audiences_in_words

register = template.Library()


@register.simple_tag
def pieces(found):
    """Text with the hits in <mark>."""
    parts = (f"<mark>{escape(text)}</mark>" if hit else escape(text) for text, hit in found)
    return mark_safe("".join(parts))  # noqa: S308  every piece is escaped


@register.filter
def as_html(body):
    return html_of(body)


@register.filter
def audiences(item):
    return audiences_in_words(item)


@register.filter
def in_language(item):
    """The language of a text, as a link to it says it: "Bản tiếng Khmer"."""
    return IN_LANGUAGES[item.language]
