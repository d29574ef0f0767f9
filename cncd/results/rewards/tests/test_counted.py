"""TC20: every unit its own decisions, by their date; grown is made over."""

import datetime as dt
import random

import pytest

from cncd.results.reports.explaining import of_line
from cncd.results.reports.queries import place_lines
from cncd.results.rewards import actions
from cncd.results.rewards.models import Commendation
from cncd.results.totals.actions import rebuild
from cncd.results.totals.models import PlaceTotal

pytestmark = pytest.mark.django_db
CODES = ("TC20", "TC20.to", "TC20.tv")


def by_hand(place, month) -> tuple[int, int, int]:
    rows = [row for row in Commendation.objects.all()
            if row.place_id == place.pk and row.withdrawn_at is None
            and (row.given_on.year, row.given_on.month) == (2026, month)]  # fmt: skip
    teams = sum(row.person_id is None for row in rows)
    return len(rows), teams, len(rows) - teams


def counted(r, place, month, level):
    lines = {line.code: line.counted for line in place_lines([place], level, r.months[month])[
        place.pk]}  # fmt: skip
    return tuple(lines[code].value for code in CODES)


def figures(r):
    """TC20 of every place and month as the totals have it: (its own, with those below)."""
    return {
        (row.place_id, row.period.code): [
            (row.own.get(code), row.figures.get(code)) for code in CODES
        ]
        for row in PlaceTotal.objects.select_related("period")
    }


def test_each_unit_counts_its_own_decisions_by_their_date(r, c):
    r.give(*r.named(), *r.named(c.tu.person, c.nhan.person), on=dt.date(2026, 11, 20))
    r.give(place=c.nhon_my, by=c.hung, number="3/QĐ-UBND", on=dt.date(2026, 10, 31))
    r.give(place=c.soc_trang, by=c.binh, number="7/QĐ-UBND", on=dt.date(2026, 11, 1))
    assert counted(r, c.ke_sach, 11, "district") == (3, 1, 2)
    assert counted(r, c.ke_sach, 10, "district") == (0, 0, 0)
    assert counted(r, c.nhon_my, 10, "commune") == (1, 1, 0)
    assert counted(r, c.soc_trang, 11, "province") == (1, 1, 0)
    rows = figures(r)
    assert rows[c.ke_sach.pk, "2026-11"][0][1][0] == 3
    assert rows[c.soc_trang.pk, "2026-11"][0][1][0] == 4  # its own one, and three of Kế Sách


def test_a_number_opens_the_commendations_behind_it(r, c):
    r.give(*r.named(), *r.named(c.tu.person))
    lines = place_lines([c.ke_sach], "district", r.months[11])[c.ke_sach.pk]
    line = next(line for line in lines if line.code == "TC20.tv")
    behind = of_line(line, r.months[11])
    assert [trace.title for trace in behind.traces] == ["Sơn Văn Tư · Giấy khen"]
    assert "15/QĐ-UBND" in behind.traces[0].detail


def test_totals_rebuilt_are_those_that_grew(r, c):
    dice = random.Random(11)
    units = [(c.nhon_my, c.hung), (c.ke_sach, c.phuc), (c.soc_trang, c.binh)]
    for step in range(30):
        place, by = dice.choice(units)
        kind = dice.choice(("give", "give", "withdraw", "restore"))
        if kind == "give":
            members = dice.sample([c.tu.person, c.nhan.person, c.cuong.person, c.bay],
                                  dice.randint(0, 3))  # fmt: skip
            day = dt.date(2026, dice.choice((9, 10, 11)), dice.randint(1, 22))
            named = r.named(*members) if members else r.named()
            r.give(*named, place=place, by=by, number=f"{step + 1}/QĐ", on=day)
            continue
        rows = list(Commendation.objects.filter(
            place=place, withdrawn_at__isnull=kind == "withdraw").order_by("pk"))  # fmt: skip
        if rows and kind == "withdraw":
            actions.withdraw_commendation(commendation=dice.choice(rows), reason="Nhầm", by=by)
        elif rows:
            actions.restore_commendation(commendation=dice.choice(rows), by=by)
    levels = {c.nhon_my: "commune", c.ke_sach: "district", c.soc_trang: "province"}
    for place, level in levels.items():
        for month in (9, 10, 11):
            found = counted(r, place, month, level)
            if Commendation.objects.filter(place=place).exists():
                assert found == by_hand(place, month)
    before = figures(r)
    rebuild()
    assert figures(r) == before
    total = sum(by_hand(place, 11)[0] for place in levels)
    assert before[c.soc_trang.pk, "2026-11"][0][1][0] == total > 0
