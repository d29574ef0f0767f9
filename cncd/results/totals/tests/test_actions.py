"""The totals follow every change at once, at every level."""

import datetime as dt

import pytest

from cncd.foundation.kit.counting import NONE
from cncd.foundation.places.actions import create_place
from cncd.results.reports.actions import (
    accept_reports,
    return_figures,
    submit_report,
    undo_acceptance,
)
from cncd.results.reports.actions.drafting import Content
from cncd.results.reports.rules import Entry
from cncd.results.totals.jobs import count_the_overdue
from cncd.results.totals.models import PlaceTotal, TeamTotal
from cncd.results.totals.queries import sum_of
from cncd.work.activities.actions import log_activity, withdraw_activity
from cncd.work.activities.rules import Done

pytestmark = pytest.mark.django_db


def done(day, people=10, **more):
    return Done(kind="huong-dan", happened_on=day, people=people, **more)


def people_helped(place, period):
    row = PlaceTotal.objects.get(place=place, period=period)
    return sum_of(row, "TC08")


def test_a_log_is_seen_at_every_level_at_once_as_provisional(country):
    log_activity(team=country.team, done=done(dt.date(2026, 11, 20)), by=country.tu)
    for place in (country.nhon_my, country.ke_sach, country.soc_trang):
        figure = people_helped(place, country.november)
        assert figure.provisional == 10
        assert figure.value() is None
        assert figure.value(with_provisional=True) == 10


def nothing(**entries):
    return Content(entries=entries, nothing_happened=True)


def test_sending_turns_provisional_into_sent_and_accepting_into_accepted(country):
    log_activity(team=country.team, done=done(dt.date(2026, 11, 20)), by=country.tu)
    report = submit_report(
        team=country.team, period=country.november, content=nothing(), by=country.tu
    )
    assert people_helped(country.soc_trang, country.november)[:4] == (0, 10, 0, 1)
    accept_reports(reports=[report], by=country.lan)
    assert people_helped(country.soc_trang, country.november)[:4] == (10, 0, 0, 1)
    undo_acceptance(reports=[report], by=country.lan)
    assert people_helped(country.soc_trang, country.november)[:4] == (0, 10, 0, 1)


def test_a_returned_figure_keeps_its_last_value_marked_as_being_corrected(country):
    report = submit_report(
        team=country.team, period=country.november, content=nothing(), by=country.tu
    )
    return_figures(report=report, notes={"TC08": "Kiểm tra lại"}, by=country.lan)
    row = PlaceTotal.objects.get(place=country.soc_trang, period=country.november)
    assert row.editing == {"TC08": 1}
    assert row.counts["returned"] == 1
    submit_report(
        team=country.team,
        period=country.november,
        content=Content(entries={"TC08": Entry(4, "đếm lại sổ tay")}),
        by=country.tu,
    )
    row.refresh_from_db()
    assert row.editing == {}
    assert sum_of(row, "TC08").value() == 4


def test_withdrawing_the_only_log_leaves_no_figure_behind(country):
    activity = log_activity(team=country.team, done=done(dt.date(2026, 11, 20)), by=country.tu)
    withdraw_activity(activity=activity, by=country.tu, reason="nhầm")
    figure = people_helped(country.soc_trang, country.november)
    assert figure.value(with_provisional=True) is None


def test_a_month_declared_empty_is_nothing_arose_not_zero_and_not_silence(country):
    submit_report(team=country.team, period=country.november, content=nothing(), by=country.tu)
    assert people_helped(country.nhon_my, country.november).value() == NONE
    assert people_helped(country.tran_de, country.november).value() is None


def test_counts_of_reports_climb_with_the_figures(country):
    submit_report(team=country.team, period=country.november, content=nothing(), by=country.tu)
    counts = PlaceTotal.objects.get(place=country.soc_trang, period=country.november).counts
    assert counts["due"] == 3
    assert counts["on_time"] == 1
    assert counts["waiting"] == 1


def test_every_team_of_a_month_has_a_row_from_the_day_it_opens(country):
    assert TeamTotal.objects.filter(period=country.november).count() == 3


def test_a_new_hamlet_is_counted_in_its_commune_at_once(country):
    before = PlaceTotal.objects.get(place=country.nhon_my, period=country.november)
    assert sum_of(before, "TC01").value() == 2
    create_place(
        kind="ap",
        code="31552.003",
        name="Mỹ Thạnh",
        parent=country.nhon_my,
        since_on=dt.date(2026, 11, 1),
        by=country.ha,
    )
    after = PlaceTotal.objects.get(place=country.soc_trang, period=country.november)
    assert sum_of(after, "TC01").value() == 5
    earlier = PlaceTotal.objects.get(place=country.nhon_my, period=country.october)
    assert sum_of(earlier, "TC01").value() == 2


def test_nobody_is_late_before_the_due_moment_and_the_silent_count_after_it(country, clock):
    submit_report(team=country.team, period=country.november, content=nothing(), by=country.tu)
    row = PlaceTotal.objects.get(place=country.soc_trang, period=country.november)
    assert [sum_of(row, code).value() for code in ("TC15.num", "TC15.den")] == [1, 1]
    clock.shift(dt.timedelta(days=10))
    count_the_overdue.func()
    row = PlaceTotal.objects.get(place=country.soc_trang, period=country.november)
    assert [sum_of(row, code).value() for code in ("TC15.num", "TC15.den")] == [1, 3]
