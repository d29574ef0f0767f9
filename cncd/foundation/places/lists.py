"""The tables of this room."""

import datetime as dt

from django.db.models import IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.places import queries
from cncd.foundation.places.models import Level, Place, PlaceKind, PlaceQuerySet, PlaceVersion

IN_FORCE, ENDED, ALL = "now", "ended", "all"


def listed(places: PlaceQuerySet, day: dt.date) -> PlaceQuerySet:
    """The places named, with the unit above, ready for the table."""
    above = PlaceVersion.objects.filter(place=OuterRef("parent_id"), since_on__lte=day)
    above = above.filter(Q(until_on__gt=day) | Q(is_last=True)).order_by("-since_on")
    name = above.values(text=Concat("kind__name", Value(" "), "name"))[:1]
    return (
        places.named(day)
        .select_related("level")
        .annotate(fit=Value(0, IntegerField()), parent_name=Subquery(name))
        .exclude(code=None)  # not there yet
    )


class PlaceList(List):
    title = _("Places")
    name = "places"
    template = "places/list.html"
    columns = [
        Column(
            "full_name",
            _("Unit"),
            sort="sort_key",
            link=lambda place: reverse("places:place", args=[place.pk]),
        ),
        Column("code", _("Code"), sort="code"),
        Column("level", _("Level"), value="level.name", sort="level__rank"),
        Column("kind_name", _("Type"), sort="kind_name", hidden=True),
        Column("parent_name", _("Under"), sort="parent_name"),
        Column("since_on", _("Since"), kind="date", sort="since_on", hidden=True),
        Column(
            "until_on",
            _("Last day"),
            kind="date",
            sort="until_on",
            hidden=True,
            value=lambda place: place.until_on and place.until_on - dt.timedelta(days=1),
        ),
        Column("latitude", _("Latitude"), value=lambda p: _degrees(p.latitude), hidden=True),
        Column("longitude", _("Longitude"), value=lambda p: _degrees(p.longitude), hidden=True),
    ]
    order = ("fit", "level__rank", "sort_key")
    search_hint = _("Name or code; “Mỹ Phước, Nhơn Mỹ” for one under another")
    empty = _("No unit here yet.")

    def __init__(self, request, rows, *, day: dt.date, **options):
        self.day = day
        super().__init__(request, rows, **options)

    @property
    def filters(self):
        return [
            Choice(
                "level",
                _("Level"),
                choices=lambda _request: [(x.code, x.name) for x in Level.objects.all()],
                apply=lambda rows, value: rows.filter(level__code=value),
            ),
            Choice(
                "kind",
                _("Type"),
                choices=lambda _request: _kinds(),
                apply=lambda rows, value: rows.filter(kind_name=value),
            ),
            Choice(
                "state",
                _("State"),
                choices=[(IN_FORCE, _("Existing")), (ENDED, _("Ended")), (ALL, _("All"))],
                apply=self._in_state,
                default=IN_FORCE,
            ),
        ]

    def _in_state(self, rows, value):
        if value == ALL:
            return rows
        ended = Q(until_on__lte=self.day)
        return rows.filter(ended if value == ENDED else ~ended | Q(until_on=None))

    def search(self, rows, _folded):
        return queries.matching(rows, self.text, self.day)


def _degrees(value) -> str | None:
    return None if value is None else f"{value:.5f}".replace(".", ",")


def _kinds() -> list[tuple[str, str]]:
    names = PlaceKind.objects.order_by("level__rank", "pk").values_list("name", flat=True)
    return [(name, name) for name in dict.fromkeys(names)]


def places_under(under: Place | None, day: dt.date) -> PlaceQuerySet:
    """What a table about a unit holds: it, what is under it, and what they came from."""
    return Place.objects.reached_from([under.pk], day) if under else Place.objects.all()
