"""`{% load training %}`: gaps, and why a course stands in a draft, in words."""

from django import template

from cncd.work.training.gap_lists import in_words
from cncd.work.training.wording_of_gaps import sum_in_words
from cncd.work.training.wording_of_gaps import why as reasons

register = template.Library()


@register.simple_tag
def gap_words(gap) -> str:
    """Points and words of a gap."""
    return in_words(gap)


@register.simple_tag
def gap_sum(gap) -> str:
    """The last step of a gap."""
    return sum_in_words(gap)


@register.simple_tag
def why(proposal) -> str:
    """Why a course is proposed."""
    return reasons(proposal)
