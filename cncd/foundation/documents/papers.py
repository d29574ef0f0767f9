"""What may be drawn up as an official document about a record, and what was: a seam between rooms.

The room that draws documents up answers through the hook `PAPERS_OF`; any page shows the answer
with `{% papers "pilot" pilot.pk %}`, so that no room needs to know who writes its documents.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Offer:
    """A document that this person may draw up now: what it is, and the page that starts it."""

    label: str | Promise
    address: str


@dataclass(frozen=True)
class Made:
    """A document already drawn up: its name, its page, where it stands, when it was drawn up."""

    label: str | Promise
    address: str
    state: str | Promise
    made_at: dt.datetime


@dataclass(frozen=True)
class Papers:
    offers: tuple[Offer, ...] = ()
    made: tuple[Made, ...] = ()


def papers_of(kind: str, pk, user) -> Papers:
    """What there is, and may be, on paper about a record; nothing where nobody draws it up."""
    if not settings.PAPERS_OF:
        return Papers()
    return import_string(settings.PAPERS_OF)(kind, str(pk), user)
