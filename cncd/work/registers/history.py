"""What each version of a record changed, in words; and where the record came from."""

import datetime as dt
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.kit import figures
from cncd.foundation.people.models import Agency
from cncd.foundation.places import queries as place_queries
from cncd.team.programme.models import Platform
from cncd.work.registers.contents import kind_of
from cncd.work.registers.models import Origin, ProductGroup, RecordVersion, Shop
from cncd.work.registers.sentences import FIELDS, RANKS, VALUES

LABELS = FIELDS | {
    "place": gettext_lazy("hamlet"),
    "owner_name": gettext_lazy("owner"),
    "recognitions": gettext_lazy("recognitions"),
    "first_listed_on": gettext_lazy("first listed"),
    "last_verified_on": gettext_lazy("last checked"),
    "shop": gettext_lazy("storefront"),
}
HIDDEN = {"owner", "product", "product_name", "spans"}  # said by another key, or shown elsewhere
LAST_DAYS = {"until_on"}


class Change(NamedTuple):
    """One version: when and by whom, and each field it changed: label, before, after."""

    version: RecordVersion
    fields: list[tuple[str, str, str]]


def changes_of(record) -> list[Change]:
    """The versions of a record, the latest first; of the first one nothing is told."""
    rows = RecordVersion.objects.filter(kind=kind_of(record), record=record.pk)
    versions = list(rows.select_related("by__person").order_by("number"))
    words = _Words(versions)
    found = []
    for before, after in zip([None, *versions], versions, strict=False):
        found.append(Change(after, words.differences(before, after) if before else []))
    return found[::-1]


def origins_of(record) -> list[Origin]:
    """Where the record came from, and what else was read about it later, oldest first."""
    rows = Origin.objects.filter(kind=kind_of(record), record=record.pk)
    return list(rows.select_related("by__person"))


class _Words:
    """Plain values of contents as people read them; names are looked up once."""

    def __init__(self, versions):
        contents = [version.content for version in versions]
        day = dt.date.max - dt.timedelta(days=400)
        places = {content["place"] for content in contents if content.get("place")}
        agencies = {content["helped_by"] for content in contents if content.get("helped_by")}
        shops = {content["shop"] for content in contents if content.get("shop")}
        self.places = place_queries.names(places, day)
        self.codes = dict(Platform.objects.values_list("code", "name"))
        self.codes |= dict(ProductGroup.objects.values_list("code", "name"))
        self.agencies = {row.pk: str(row) for row in Agency.objects.filter(pk__in=agencies)}
        self.shops = {str(row.pk): str(row) for row in Shop.objects.filter(pk__in=shops)}

    def differences(self, before: RecordVersion, after: RecordVersion) -> list:
        old, new = before.content, after.content
        return [
            (capfirst(str(LABELS.get(key, key))), self.say(key, old.get(key)), self.say(key, value))
            for key, value in new.items()
            if key not in HIDDEN and old.get(key) != value
        ]

    def say(self, key: str, value) -> str:
        if value in (None, "", []):
            return _("nothing")
        if key == "recognitions":
            return "; ".join(map(self._recognition, value))
        named = {"place": self._place, "helped_by": self.agencies.get, "shop": self.shops.get}
        if key in named:
            return named[key](value) or "…"
        if key in VALUES and value in VALUES[key]:
            return str(VALUES[key][value])
        if key in ("floor", "group", "provider"):
            return self.codes.get(value, value)
        return day_words(value, last=key in LAST_DAYS) if key.endswith("_on") else str(value)

    def _place(self, pk) -> str:
        return self.places[pk].full_name if pk in self.places else ""

    @staticmethod
    def _recognition(row: dict) -> str:
        rank = RANKS["potential" if row["is_potential"] else str(row["star"])]
        return f"{rank} ({row['number']}, {day_words(row['decided_on'])})"


def day_words(text: str, *, last: bool = False) -> str:
    """An ISO day as people write it; with `last`, the last day before it."""
    day = dt.date.fromisoformat(text)
    return figures.day(day - dt.timedelta(days=1) if last else day)
