"""The page on what results cost: a unit's results, or one result of the units below it."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Column, List
from cncd.foundation.people.access import allow
from cncd.foundation.places import queries as places
from cncd.results.totals.costs import CHOSEN, Cost, costs_of, months_of
from cncd.team.programme.models import Measure
from cncd.team.programme.rules import show
from cncd.work.money.rules import FIRST_YEAR

ALL_MONEY, OF_TRAINING = _("All spending"), _("Spending on training")


@dataclass(frozen=True)
class Row:
    """A result of a unit; `name` is the unit's where one result is looked at."""

    name: str
    cost: Cost
    year: int
    last_day: dt.date | None = None  # of the months looked at
    results_page: str = ""  # the other side: the result

    @property
    def result(self) -> str:
        return show(self.cost.result, 1, self.cost.measure.unit)

    @property
    def money(self) -> str:
        return ALL_MONEY if self.cost.purposes is None else OF_TRAINING

    @property
    def money_page(self) -> str:
        """The lines of the book behind the spending."""
        asked = {"u": self.cost.place_id, "year": self.year, "level": "all"}
        if self.last_day:
            asked["until"] = self.last_day.isoformat()
        if self.cost.purposes:
            asked["purpose"] = self.cost.purposes[0]
        return f"{reverse('money:spendings')}?{urlencode(asked)}"


class CostList(List):
    title = _("Cost per result")
    name = "chi-phi-tren-ket-qua"
    template = "totals/costs.html"
    search_fields = ["name"]
    order = None
    empty = _("Choose a unit to see what its results cost.")

    def __init__(self, request, rows, *, label, **options):
        self.columns = [
            Column("name", label, sort="name"),
            Column("result", _("Result of the months"), sort="cost.number",
                   link=lambda row: row.results_page, excel="cost.number"),
            Column("spent", _("Spent with units below (đồng)"), value="cost.spent", kind="number",
                   sort="cost.spent", link=lambda row: row.cost.spent and row.money_page),
            Column("per_result", _("Đồng per result"), kind="number", value="cost.per_result",
                   sort="cost.per_result"),
            Column("why", _("If not, why"), value="cost.why"),
            Column("complete", _("How complete"), value="cost.complete"),
            Column("money", _("Which money"), hidden=True),
        ]  # fmt: skip
        super().__init__(request, rows, **options)


@allow("money.view")
def results(request):
    """Spending beside results: of the unit in sight, or with ?code= one result unit by unit."""
    place, day = request.scope.place, request.scope.today
    year, code = _year(request), request.GET.get("code", "")
    months = months_of(year, day)
    code = code if code in CHOSEN else ""
    ids = [place.pk] if place else []
    if code and place is not None:
        ids += [each.pk for each in places.children(place, day).exclude(level__code="hamlet")]
    found = costs_of(ids, months, [code] if code else CHOSEN)
    last_day = months[-1].last_day if months else None
    pages = _pages(found, day if code else None)
    rows = [Row(pages[cost][0], cost, year, last_day, pages[cost][1]) for cost in found]
    context = {
        "year": year, "years": range(day.year - 3, day.year + 1), "months": months, "code": code,
        "last_day": last_day,
        "choices": Measure.objects.filter(code__in=CHOSEN).order_by("order"),
        "has_below": place is not None and place.level.code in ("province", "district"),
    }  # fmt: skip
    label = _("Unit") if code else _("Result")
    return CostList(request, rows, label=label, context=context).response()


def _year(request) -> int:
    asked, today = request.GET.get("year", ""), request.scope.today
    if asked.isdecimal() and FIRST_YEAR <= int(asked[:4]) <= today.year:
        return int(asked[:4])
    return request.scope.period.first_day.year if request.scope.period else today.year


def _pages(found: list[Cost], day) -> dict[Cost, tuple[str, str]]:
    """Each cost → what its row is called (with a day: its unit), and the page of the result."""
    names = places.names({cost.place_id for cost in found}, day) if day else {}
    page = reverse("totals:unit")
    return {
        cost: (
            names[cost.place_id].full_name if day else cost.measure.name,
            f"{page}?u={cost.place_id}",
        )
        for cost in found
    }
