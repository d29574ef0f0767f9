"""The tables of this room."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.places.models import PlaceVersion
from cncd.work.households.forms import LABELS
from cncd.work.households.models import Household, HouseholdCount
from cncd.work.households.queries import with_visits
from cncd.work.households.rules import code_key

NOW, ENDED, ALL = "now", "ended", "all"
STATES = [(NOW, _("On the list")), (ENDED, _("Ended")), (ALL, _("All"))]
FLAGGED = {
    "either": (_("Produces or does business"), Q(is_producing=True) | Q(is_business=True)),
    "producing": (_("Produces goods"), Q(is_producing=True)),
    "business": (_("Does business"), Q(is_business=True)),
    "neither": (_("Neither of the two"), Q(is_producing=False, is_business=False)),
}


def listed(households, first_day: dt.date, day: dt.date):
    """The households ready for the table: what their hamlet is called, and visits of the days."""
    latest = PlaceVersion.objects.filter(place=OuterRef("place"), is_last=True)
    above = latest.filter(parent__versions__is_last=True)
    said = {"hamlet": ("", latest), "commune": ("parent__versions__", above)}
    return with_visits(households, first_day, day).annotate(
        **{name: Subquery(rows.values(text=_called(at))[:1]) for name, (at, rows) in said.items()},
        hamlet_key=Subquery(latest.values("sort_key")[:1]),
        commune_key=Subquery(above.values("parent__versions__sort_key")[:1]),
    )


def _called(at: str) -> Concat:
    return Concat(f"{at}kind__name", Value(" "), f"{at}name")


TICK = "households/parts/tick.html"


def tick(value: bool) -> str:
    return "x" if value else ""


class HouseholdList(List):
    title = _("Household list")
    name = "danh-sach-ho"
    template = "households/list.html"
    search_hint = _("Household code")
    order = ("commune_key", "hamlet_key", "place", "sort_key")
    size = 50
    empty = _("There is no household list here yet.")

    def __init__(self, request, rows, *, hamlets, **options):
        self.day, year = request.scope.day, request.scope.day.year
        self.columns = [
            Column("code", _("Code"), sort="sort_key", link=self._page),
            Column("hamlet", _("Hamlet"), sort="hamlet_key", hidden=len(hamlets) == 1),
            Column("commune", _("Commune"), sort="commune_key",
                   hidden=len({hamlet.parent_id for hamlet in hamlets}) == 1),
            Column("is_producing", _("Produces"), value=lambda h: tick(h.is_producing),
                   sort="is_producing", template=TICK),
            Column("is_business", _("Business"), value=lambda h: tick(h.is_business),
                   sort="is_business", template=TICK),
            Column("visits", _("Visited in %(year)s, times") % {"year": year}, kind="number",
                   sort="visits", link=self._visits),
            Column("last_visit_on", _("Last visited"), kind="date",
                   sort=F("last_visit_on").asc(nulls_first=True)),
            Column("since_on", _("On the list since"), kind="date", sort="since_on", hidden=True),
            Column("last_day", _("Last day"), kind="date", sort="until_on", hidden=True),
        ]  # fmt: skip
        offered = [(place.pk, place.full_name) for place in hamlets]
        visited = [("yes", _("Visited this year")), ("no", _("Not visited this year"))]
        self.filters = [
            *([Choice("place", _("Hamlet"), offered)] if len(offered) > 1 else []),
            Choice("flag", _("Kind"), [(key, label) for key, (label, _rows) in FLAGGED.items()],
                   lambda rows, value: rows.filter(FLAGGED[value][1])),
            Choice("visited", _("Visits"), visited,
                   lambda rows, value: rows.filter(visits__gt=0) if value == "yes"
                   else rows.filter(visits=0)),
            Choice("state", _("State"), STATES, self._in_state, NOW),
        ]  # fmt: skip
        super().__init__(request, rows, **options)

    def _page(self, household: Household) -> str:
        """Where it is changed, for those who keep the list."""
        if not self.context.get("may_change"):
            return ""
        return reverse("households:household", args=[household.pk])

    def _visits(self, household: Household) -> str:
        """The entries of the year that name it."""
        days = {"since": f"{self.day.year}-01-01", "until": f"{self.day:%Y-%m-%d}"}
        query = urlencode({"household": household.pk} | days)
        return f"{reverse('activities:list')}?{query}" if household.visits else ""

    def _in_state(self, rows, value):
        if value == ALL:
            return rows
        return rows.filter(until_on__lte=self.day) if value == ENDED else rows.on(self.day)

    @staticmethod
    def search(rows, text):
        """Codes that hold the text, however their zeros are written."""
        return rows.filter(Q(code__icontains=text) | Q(sort_key=code_key(text)))


@dataclass(frozen=True)
class Stated:
    """A hamlet with what counts for it in a year, and how many its list holds."""

    hamlet: object
    commune: str
    rows: dict[str, HouseholdCount]
    listed: int

    name = property(lambda self: self.hamlet.full_name)
    sort_key = property(lambda self: (self.commune, self.hamlet.sort_key))
    households = property(lambda self: self._figure("households"))
    businesses = property(lambda self: self._figure("businesses"))
    adults = property(lambda self: self._figure("adults"))

    def _figure(self, name: str) -> int | None:
        return getattr(self.rows[name], name) if name in self.rows else None

    @property
    def years(self) -> str:
        """The years the figures are of: "2026", or "2025, 2026"."""
        return ", ".join(str(year) for year in sorted({row.year for row in self.rows.values()}))

    @property
    def source(self) -> str:
        return "; ".join(dict.fromkeys(row.source for row in self.rows.values()))


class CountList(List):
    title = _("Households in numbers")
    name = "so-ho-hang-nam"
    template = "households/counts.html"
    columns = [
        Column("name", _("Hamlet"), sort="sort_key",
               link=lambda row: reverse("households:history", args=[row.hamlet.pk])),
        Column("commune", _("Commune"), sort="commune"),
        Column("households", LABELS["households"], kind="number", sort="households", total=True),
        Column("businesses", LABELS["businesses"], kind="number", sort="businesses", total=True),
        Column("adults", LABELS["adults"], kind="number", sort="adults", total=True),
        Column("years", _("Of the year"), sort="years"),
        Column("source", _("Source")),
        Column("listed", _("Codes on the list"), kind="number", sort="listed", hidden=True),
    ]  # fmt: skip
    filters = [
        Choice(
            "stated",
            _("State"),
            [("no", _("Something missing")), ("yes", _("Complete"))],
            lambda rows, value: [row for row in rows if (len(row.rows) == 3) == (value == "yes")],
        )
    ]
    search_fields = ["name", "commune"]
    search_hint = _("Hamlet or commune")
    order = "sort_key"
    size = 50
    empty = _("No hamlet here yet.")

    def __init__(self, request, rows, **options):
        if len({row.commune for row in rows}) < 2:
            self.columns = [column for column in self.columns if column.key != "commune"]
        super().__init__(request, rows, **options)


def state_of(count: HouseholdCount) -> str:
    return gettext("Replaced") if count.replaced_by_id else gettext("Counts now")


class HistoryList(List):
    """All that was ever stated of a hamlet."""

    name = "lich-su-so-ho"
    template = "households/history.html"
    columns = [
        Column("year", _("Year"), value=lambda row: str(row.year), sort="year"),
        Column("households", LABELS["households"], kind="number"),
        Column("businesses", LABELS["businesses"], kind="number"),
        Column("adults", LABELS["adults"], kind="number"),
        Column("source", _("Source")),
        Column("recorded_by", _("Entered by"), value=lambda row: str(row.recorded_by or "–")),
        Column("recorded_at", _("Entered at"), kind="datetime", sort="recorded_at"),
        Column("state", _("State"), value=state_of, kind="badge",
               tone=lambda row: "quiet" if row.replaced_by_id else "good"),
    ]  # fmt: skip
    order = ("-year", "-recorded_at")
    empty = _("Nothing has been stated for this hamlet yet.")

    def __init__(self, request, rows, *, title, **options):
        self.title = title
        super().__init__(request, rows, **options)
