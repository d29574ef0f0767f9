"""What was changed meanwhile by somebody else, beside what is to be written: a person decides."""

from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.figures import daytime
from cncd.work.registers.contents import content_of, kind_of
from cncd.work.registers.models import Listing, RecordVersion

READ = {  # what a volunteer reads of a record
    "name": _("name"),
    "product_name": _("product"),
    "owner_name": _("owner"),
    "address": _("address"),
    "state": _("state"),
    "ended_on": _("no longer made from"),
    "closed_on": _("closed from"),
    "until_on": _("until"),
    "consented_on": _("agreed on"),
}
STATES = dict(Listing.State.choices)


class Clash(NamedTuple):
    """Both sides, who changed it and when, and the fields that make one's own hold all the same."""

    sides: list[tuple[str, str, str]]  # label, what is recorded now, what was to be written
    other: str
    again: dict[str, str]


class Clashes(Exception):
    """Nothing was written: the record was changed after the page was made."""

    def __init__(self, clash: Clash):
        self.clash = clash
        super().__init__()


def changed_since(record, asked, seen: int | None) -> list[tuple[str, str, str]]:
    """[(label, now, as seen)] of what a person reads in it; empty when it reads the same.

    `asked` is the id that was seen, another one when the record was merged since.
    """
    if seen is None or (record.version, record.pk) == (seen, asked):
        return []
    rows = RecordVersion.objects.filter(kind=kind_of(record), record=asked)
    old = rows.filter(number=seen).values_list("content", flat=True).first()
    if old is None:
        return []
    now = content_of(record)
    return [
        (str(capfirst(label)), shown(name, now.get(name)), shown(name, old.get(name)))
        for name, label in READ.items()
        if now.get(name) != old.get(name)
    ]


def shown(name: str, value) -> str:
    """A value of a version as it is read."""
    if not value:
        return ""
    if name == "state":
        return str(STATES.get(value, value))
    if name.endswith("_on"):
        year, month, day = str(value).split("-")
        return f"{day}/{month}/{year}"
    return str(value)


def last_change(record) -> str:
    """Who changed the record last, and when."""
    rows = RecordVersion.objects.filter(kind=kind_of(record), record=record.pk)
    last = rows.select_related("by__person").order_by("-number").first()
    return f"{last.by}, {daytime(last.at)}" if last and last.by else ""
