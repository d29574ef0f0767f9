"""Plan against actual of the unit in sight, the rows behind the sums, and one of them."""

import datetime as dt
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.people.access import allow
from cncd.foundation.people.queries import place_name_on
from cncd.foundation.places.models import Place
from cncd.work.money.lists import BudgetList, PlanList, SpendingList
from cncd.work.money.models import Budget, Closing, Entry, Spending
from cncd.work.money.queries.plan import Line, overview
from cncd.work.money.rules import FIRST_YEAR

OWN, ALL = "own", "all"
BY = {"purpose": _("Purpose"), "source": _("Source"), "unit": _("Unit")}
LISTS = {Budget: (BudgetList, "budget"), Spending: (SpendingList, "spending")}


def year_in_sight(request) -> int:
    """?year=, else the year of the period in sight."""
    asked, today = request.GET.get("year", ""), request.scope.today
    if asked.isdecimal() and FIRST_YEAR <= int(asked[:4]) <= today.year + 5:
        return int(asked[:4])
    period = request.scope.period
    return period.first_day.year if period else today.year


def years(request) -> list[int]:
    """The years a person chooses from: from three back to the next."""
    this, chosen = request.scope.today.year, year_in_sight(request)
    return sorted({*range(this - 3, this + 2), chosen})


def closing_of(place, year: int) -> Closing | None:
    """Since when, and by whom, the unit's own book of the year is closed."""
    rows = Closing.objects.standing().filter(place=place, year=year)
    return rows.select_related("closed_by__person").first() if place else None


def recorder_of(request, place) -> bool:
    """Whether the person keeps the book of the unit in sight."""
    kept = place is not None and place.level.code != "hamlet"
    return kept and request.user.can("money.record", place=place)


@allow("money.view")
def listed(request):
    """What was planned and what was spent in a year: own, and with the units below."""
    place, day, year = request.scope.place, request.scope.today, year_in_sight(request)
    found = overview(place, year, day) if place else None
    by = request.GET.get("by", "")
    has_below = place is not None and place.level.code in ("province", "district")
    by = by if by in BY and (has_below or by != "unit") else "purpose"
    context = {
        "overview": found, "year": year, "years": years(request), "by": by,
        "bys": [(key, words) for key, words in BY.items() if has_below or key != "unit"],
        "has_below": has_below, "closing": closing_of(place, year),
        "may_record": recorder_of(request, place),
        "may_close": year < request.scope.today.year and recorder_of(request, place),
    }  # fmt: skip
    return PlanList(
        request, _lines(found, by), label=BY[by], has_below=has_below, context=context,
        opens=_Opens(by, year, place),
    ).response()  # fmt: skip


def _lines(found, by: str) -> list[Line]:
    if found is None or found.is_empty:
        return []
    if by == "unit":  # what the unit itself has comes first, then the units below
        return [Line("", gettext("The unit itself"), found.own, found.own), *found.units]
    return found.purposes if by == "purpose" else found.sources


def year_of(entry: Entry) -> int:
    return entry.year if isinstance(entry, Budget) else entry.spent_on.year


class _Opens:
    """The address of the rows behind a sum of the plan."""

    def __init__(self, by, year, place):
        self.by, self.year, self.place = by, year, place

    def __call__(self, line, kind: str, whole: bool) -> str:
        unit = line.key if self.by == "unit" and line.key else self.place.pk
        asked = {"u": unit, "year": self.year, "level": ALL if whole else OWN}
        if self.by == "unit" and not line.key:
            asked["level"] = OWN
        if self.by != "unit":
            asked[self.by] = line.key
        return f"{reverse(f'money:{kind}s')}?{urlencode(asked)}"


def _until(request) -> dt.date | None:
    """?until=: the last day of what a sum elsewhere counted."""
    try:
        return dt.date.fromisoformat(request.GET.get("until", ""))
    except ValueError:
        return None


@allow("money.view")
def entries(request, model: type[Entry]):
    """The lines of the year: the unit's own, or with those of the units below."""
    place, day, year = request.scope.place, request.scope.today, year_in_sight(request)
    rows = model.objects.visible_to(request.user).standing().of_year(year)
    rows = rows.select_related("purpose", "source", "document")
    rows = rows.annotate(unit_name=place_name_on("place", day))
    until = _until(request) if model is Spending else None
    rows = rows.filter(spent_on__lte=until) if until else rows
    level = ALL if request.GET.get("level") == ALL else OWN
    if place is not None:
        area = Place.objects.reached_from([place.pk], day)
        rows = rows.filter(place__in=area) if level == ALL else rows.filter(place=place)
    table, kind = LISTS[model]
    may_record = recorder_of(request, place) and closing_of(place, year) is None
    first = (reverse(f"money:new_{kind}"), gettext("Record the first line →"))
    context = {
        "year": year, "years": years(request), "level": level, "kind": kind, "until": until,
        "has_below": place is not None and place.level.code in ("province", "district"),
        "may_record": may_record, "first_step": first if may_record and level == OWN else None,
        "new": f"money:new_{kind}", "from_excel": f"money:import_{kind}",
    }  # fmt: skip
    return table(request, rows, context=context).response()


@allow("money.view")
def entry(request, pk, model: type[Entry]):
    """One line: how much, for what, from where, by which paper, and every change of it."""
    rows = model.objects.visible_to(request.user)
    rows = rows.select_related("purpose", "source", "document", "place", "recorded_by")
    rows = rows.annotate(unit_name=place_name_on("place", request.scope.today))
    found = get_object_or_404(rows, pk=pk)
    kind = LISTS[model][1]
    context = {
        "entry": found,
        "is_budget": model is Budget,
        "may_change": request.user.can("money.record", place=found.place)
        and closing_of(found.place, year_of(found)) is None,
        **{name: f"money:{name}_{kind}" for name in ("edit", "withdraw", "restore")},
        "back": f"money:{kind}s",
    }
    return render(request, "money/entry.html", context)
