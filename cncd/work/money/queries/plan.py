"""Plan against actual of a unit in a year: its own, and its whole area, clearly apart."""

from dataclasses import dataclass, field

from django.db.models import Sum

from cncd.foundation.places import queries as places
from cncd.foundation.places.models import Place, PlaceIndex
from cncd.work.money.models import Budget, Purpose, Source, Spending
from cncd.work.money.rules import Plan, grouped


@dataclass(frozen=True)
class Line:
    """A purpose, a source or a unit; `own` is the unit's own, `all` with every unit below it."""

    key: str | int
    name: str
    own: Plan
    all: Plan


@dataclass(frozen=True)
class Overview:
    year: int
    own: Plan
    all: Plan
    purposes: list[Line]
    sources: list[Line]
    units: list[Line] = field(default_factory=list)  # the next level down

    @property
    def is_empty(self) -> bool:
        return not (self.all.budget or self.all.spent)

    @property
    def beyond(self) -> list[Line]:
        """Purposes on which the unit itself spent more than it planned: worth a look."""
        return [line for line in self.purposes if line.own.over]


def overview(place: Place, year: int, day) -> Overview:
    """The year of the unit by purpose, by source and by the units below, in about ten queries.

    Each line is of rows that lists open: none is kept anywhere as a sum.
    """
    area = Place.objects.reached_from([place.pk], day)
    rows = [*_rows(Budget, area, year, "budget"), *_rows(Spending, area, year, "spent")]
    mine = [row for row in rows if row[0] == place.pk]
    own, whole = _whole(mine), _whole(rows)
    return Overview(
        year,
        own,
        whole,
        _by(Purpose, 1, mine, rows),
        _by(Source, 2, mine, rows),
        _units(place, rows, day),
    )


def _rows(model, area, year: int, name: str) -> list[tuple]:
    """(place, purpose, source, Plan) of what stands in the year."""
    sums = model.objects.standing().filter(place__in=area).of_year(year).order_by()
    sums = sums.values_list("place", "purpose", "source").annotate(Sum("amount"))
    return [
        (place, purpose, source, Plan(**{name: total})) for place, purpose, source, total in sums
    ]


def _whole(rows) -> Plan:
    return grouped((None, row[3]) for row in rows).get(None, Plan())


def _by(model, at: int, mine, rows) -> list[Line]:
    """One line for each row of the catalogue that is used, in its order."""
    own, whole = (grouped((row[at], row[3]) for row in each) for each in (mine, rows))
    return [
        Line(row.code, row.name, own.get(row.pk, Plan()), whole[row.pk])
        for row in model.objects.filter(pk__in=whole)
    ]


def _units(place: Place, rows, day) -> list[Line]:
    """The units of the next level that keep a book, in Vietnamese order."""
    below = {child.pk for child in places.children(place, day).exclude(level__code="hamlet")}
    if not below:
        return []
    index = PlaceIndex.objects.on(day).filter(ancestor__in=below, place__in={r[0] for r in rows})
    unit_of = dict(index.values_list("place", "ancestor"))
    own = grouped((row[0], row[3]) for row in rows)
    whole = grouped((unit_of[row[0]], row[3]) for row in rows if row[0] in unit_of)
    names = places.names(below, day)
    lines = [
        Line(pk, names[pk].full_name, own.get(pk, Plan()), whole.get(pk, Plan())) for pk in below
    ]
    return sorted(lines, key=lambda line: names[line.key].sort_key)
