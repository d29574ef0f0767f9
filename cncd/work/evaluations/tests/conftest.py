"""A round of the district Kế Sách for its two teams, with the packaged criteria."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from cncd.work.evaluations import actions
from cncd.work.evaluations.rules import Mark
from tests.cast import TODAY

DAY = dt.timedelta(days=1)
NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)


@pytest.fixture
def frozen():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def criteria(cast, frozen):
    """The packaged set, in force since the first of January."""
    day = dt.date(2026, 1, 1)
    draft = actions.draft_rules(
        level=cast.levels["hamlet"], name="Bộ mẫu", since_on=day, by=cast.ha
    )
    return actions.enforce_rules(rules=draft, since_on=day, by=cast.ha)


def opened(cast, rules, **given):
    wanted = {
        "place": cast.ke_sach,
        "name": "Đánh giá quý III/2026",
        "kind": "quarter",
        "first_day": dt.date(2026, 7, 1),
        "last_day": dt.date(2026, 9, 30),
        "rules": rules,
        "self_due_on": TODAY + 3 * DAY,
        "score_due_on": TODAY + 6 * DAY,
        "decide_due_on": TODAY + 10 * DAY,
        "by": cast.minh,
    }
    return actions.open_round(**wanted | given)


@pytest.fixture
def round_(cast, criteria):
    return opened(cast, criteria)


@pytest.fixture
def evaluation(cast, round_):
    return round_.evaluations.get(team=cast.team)


def marks(row, *given, note: str = "") -> dict:
    """A mark for each criterion in order; the last one given stands for the rest."""
    criteria = list(row.round.rules.criteria.all())
    values = [*given, *[given[-1]] * len(criteria)][: len(criteria)]
    return {
        each.pk: Mark(None, is_na=True, note=note)
        if value is None
        else Mark(Decimal(str(value)), note=note)
        for each, value in zip(criteria, values, strict=True)
    }


def scored(row, step, by, *given, note: str = "", send: bool = True):
    row.refresh_from_db()
    return actions.score(
        evaluation=row,
        step=step,
        marks=marks(row, *given, note=note),
        send=send,
        by=by,
        version=row.version,
    )


def decided(row, cast, *given):
    scored(row, "self", cast.tu, *given)
    scored(row, "commune", cast.lan, *given)
    return scored(row, "decide", cast.minh, *given)
