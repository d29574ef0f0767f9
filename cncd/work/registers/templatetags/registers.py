"""`{% load registers %}`: how a record stands, in a word and a colour; addresses in short."""

from django import template

from cncd.work.registers import marks
from cncd.work.registers.sentences import RANKS

register = template.Library()


@register.filter
def tone(listing) -> str:
    """The colour of a listing's state."""
    return marks.TONES[listing.state]


@register.filter
def standing_tone(standing: str) -> str:
    return marks.STANDING_TONES.get(standing, "quiet")


@register.filter
def standing_word(standing: str):
    return dict(marks.STANDINGS).get(standing, "")


@register.filter
def rank(row):
    """The stars of a recognition, or those a product was last recognised with; "" for none."""
    return RANKS.get("potential" if row.is_potential else str(row.star or ""), "")


@register.filter
def address_in_short(address: str, most: int = 48) -> str:
    """Without https:// and www., cut where it is long."""
    short = address.partition("://")[2].removeprefix("www.") or address
    return short if len(short) <= most else f"{short[: most - 1]}…"
