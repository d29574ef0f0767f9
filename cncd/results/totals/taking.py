"""What rows of teams and of places are made from: what was sent, what is returned; their lock."""

import datetime as dt
from collections import defaultdict
from typing import NamedTuple

from django.utils import timezone

from cncd.foundation.kit.counting import NONE, Counted
from cncd.results.reports.models import FigureReturn, Report
from cncd.results.totals.models import PlaceTotal, TeamTotal
from cncd.team.programme.models import Period

Standing = TeamTotal.Standing


class Sent(NamedTuple):
    """What counts of a report that was sent at least once."""

    state: str
    due_at: dt.datetime | None
    made_at: dt.datetime | None
    values: dict

    @property
    def standing(self) -> str:
        accepted = self.state in (Report.State.ACCEPTED, Report.State.LOCKED)
        return Standing.ACCEPTED if accepted else Standing.SENT


def sent_of(period: Period, **owners) -> dict[int, Sent]:
    """{owner id: what counts}, read without making objects of rows whose records are heavy."""
    [key] = owners
    rows = Report.objects.counting().filter(period=period, **{f"{key}__in": owners[key]})
    rows = rows.values_list(key, "state", "due_at", "first_made_at", "sent__figures")
    return {
        owner: Sent(*moments, {code: figure["value"] for code, figure in figures.items()})
        for owner, *moments, figures in rows
    }


def is_said(figure: Counted) -> bool:
    """Whether a register's figure states something: its 0 does once the register is kept."""
    return figure.kept or figure.value not in (0, NONE)


def open_returns(period: Period, **owners) -> dict[int, list[str]]:
    """{owner id: codes of figures that are returned and not yet sent again}."""
    [key] = owners
    rows = FigureReturn.objects.filter(report__period=period, settled_by=None)
    rows = rows.filter(**{f"report__{key}__in": owners[key]})
    found = defaultdict(list)
    for owner, code in rows.values_list(f"report__{key}", "measure__code"):
        found[owner].append(code)
    return found


def locked(model, period: Period, key: str, ids) -> dict[int, object]:
    """The period's rows of these owners, made where missing, locked in one order.

    Teams before places, deep levels before high ones, then by id: whoever waits for a row holds
    none that comes later, so two senders never block each other for ever.
    """
    rows = model.objects.filter(period=period, **{f"{key}__in": ids})
    order = ("-level__rank", "place") if model is PlaceTotal else ("team",)
    rows = rows.select_for_update(of=("self",)).order_by(*order)
    found = {getattr(row, key): row for row in rows}
    if missing := sorted(set(ids) - found.keys()):
        model.objects.bulk_create(
            [model(period=period, **{key: pk}, **_blank(model, ids, pk)) for pk in missing],
            ignore_conflicts=True,
        )
        found = {getattr(row, key): row for row in rows.all()}
    return found


def _blank(model, tree, pk: int) -> dict:
    if model is TeamTotal:
        return {}
    return {"level": tree[pk].place.level, "updated_at": timezone.now()}
