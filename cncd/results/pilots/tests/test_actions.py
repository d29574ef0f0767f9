"""A pilot entered, compared, measured, summed up; a plan that builds on it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry
from cncd.results.pilots import actions, queries
from cncd.results.pilots.actions import errors
from cncd.results.pilots.models import Pilot, PilotUnit, PilotValue
from cncd.results.pilots.queries.figures import known
from cncd.team.programme.models import Measure

from .conftest import AFTER, BEFORE, ENDED, ISSUED, MID, at, begun, logged, unit_of

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
HELPED = "TC08"


def measure(code=HELPED):
    return Measure.objects.get(code=code)


def test_a_pilot_counts_from_the_day_its_plan_was_issued(pilot):
    assert (pilot.days.first_day, pilot.days.last_day) == (ISSUED, dt.date(2026, 11, 14))
    entry = Entry.objects.get(event="pilot.begun")
    assert entry.after["issued_on"] == "2026-08-15"
    assert pilot.units.tried().count() == 2


def test_a_hamlet_is_in_one_pilot_at_a_time(pilot, ground):
    with pytest.raises(errors.AlreadyTried):
        begun(ground, issued_on=dt.date(2026, 10, 1))
    assert begun(ground, issued_on=dt.date(2026, 11, 15)).pk


def test_what_a_pilot_needs_is_asked_for(ground):
    with pytest.raises(errors.NoUnits):
        begun(ground, places=[])
    with pytest.raises(errors.NoMeasures):
        begun(ground, measures=[])
    with pytest.raises(errors.NotBelow):
        begun(ground, place=ground.ke_sach, by=ground.minh)
    with pytest.raises(PermissionDenied):
        begun(ground, by=ground.minh)  # a district officer, for the province
    assert not Pilot.objects.exists()


def test_comparison_hamlets_follow_from_the_rules_and_say_why(compared, ground):
    by_pilot = {u.beside.place: u.place for u in compared.units.standing().compared()}
    assert by_pilot == {ground.my_phuoc: ground.my_hoa, ground.dau_giong: ground.hoa_loc}
    outcomes = {each["outcome"] for each in compared.considered}
    assert outcomes == {"taken", "not_needed", "pilot"}
    again = actions.choose_comparisons(pilot=compared, by=ground.ha)
    assert again.considered == compared.considered


def test_an_officer_replaces_a_comparison_hamlet_with_a_reason(compared, ground):
    unit = unit_of(compared, ground.my_hoa)
    with pytest.raises(errors.ReasonMissing):
        actions.replace_unit(unit=unit, reason=" ", by=ground.ha)
    actions.replace_unit(unit=unit, reason="Ấp vừa ngập lụt", by=ground.ha)
    assert not compared.units.standing().filter(place=ground.my_hoa).exists()
    beside = unit_of(compared, ground.my_phuoc)
    made = actions.add_comparison(
        pilot=compared, place=ground.my_hoa, beside=beside, reason="Nước đã rút", by=ground.ha
    )
    assert made.by_hand
    with pytest.raises(errors.NotChosenHere):
        actions.add_comparison(
            pilot=compared, place=ground.my_hoa, beside=beside, reason="Lần nữa", by=ground.ha
        )


def test_figures_come_from_the_logs_of_the_windows_days(compared, ground):
    logged(ground, "my_phuoc", dt.date(2026, 8, 14), 7)  # the last day before
    logged(ground, "my_phuoc", ISSUED, 100)  # in no window
    logged(ground, "my_phuoc", dt.date(2026, 11, 14), 30)
    logged(ground, "my_phuoc", dt.date(2026, 11, 15), 100)  # after the end
    for moment in (BEFORE, AFTER):
        actions.take_values(pilot=compared, moment=moment, by=ground.ha)
    unit = unit_of(compared, ground.my_phuoc)
    rows = {row.moment: row for row in unit.values.filter(measure=measure())}
    assert (rows[BEFORE].value, rows[AFTER].value) == (7, 30)
    assert rows[AFTER].records[0][0] == "activities"
    assert "since=2026-10-16&until=2026-11-14" in rows[AFTER].address
    found = queries.assembled(compared, ENDED.date())
    assert len(found.values) == 2 * 4


def test_a_hamlet_without_a_team_has_reported_nothing_which_is_not_0(compared, ground):
    unit = unit_of(compared, ground.hoa_loc)
    unit.place.team_coverages.update(since_on=dt.date(2026, 9, 1))
    assert (ground.hoa_loc.pk, measure().pk) not in known(compared, [ground.hoa_loc.pk], BEFORE)
    assert known(compared, [ground.hoa_loc.pk], AFTER)[ground.hoa_loc.pk, measure().pk].value == 0


def test_by_hand_0_nothing_arose_and_silence_differ(compared, ground):
    unit = unit_of(compared, ground.hoa_loc)
    given = {"unit": unit, "measure": measure(), "by": ground.ha}
    with pytest.raises(errors.SourceMissing):
        actions.state_value(moment=MID, value=0, source="", **given)
    zero = actions.state_value(moment=MID, value=0, source="Sổ của ấp", **given)
    none = actions.state_value(moment=AFTER, value="none", source="Sổ của ấp", **given)
    assert (zero.value, none.value) == (0, None)
    line = next(
        row
        for row in queries.assembled(compared, ENDED.date()).values
        if "Hòa Lộc" in row.unit and row.measure == HELPED
    )
    shown = [cell.shown for cell in (line.baseline, line.mid, line.end)]
    assert shown == ["chưa báo cáo", "0", "không phát sinh"]
    assert "Lâm Thu Hà" in line.mid.source
    actions.clear_value(value=none, reason="Nhầm", by=ground.ha)
    assert PilotValue.objects.get() == zero


def test_what_was_stated_by_hand_stays_when_records_are_taken(compared, ground):
    unit = unit_of(compared, ground.my_phuoc)
    actions.state_value(
        unit=unit, measure=measure(), moment=AFTER, value=5, source="Đếm lại", by=ground.minh
    )  # fmt: skip
    actions.take_values(pilot=compared, moment=AFTER, by=ground.ha)
    assert unit.values.get(measure=measure()).value == 5


def test_the_district_of_the_hamlet_states_figures_and_others_do_not(compared, ground):
    unit = unit_of(compared, ground.my_phuoc)
    given = {"unit": unit, "measure": measure(), "moment": AFTER, "value": 1, "source": "Sổ"}
    with pytest.raises(PermissionDenied):
        actions.state_value(by=ground.son, **given)  # of another district
    assert actions.state_value(by=ground.minh, **given).by == ground.minh


def test_no_figure_before_its_days_are_over(compared, ground):
    early = at(2026, 11, 14)
    with pytest.raises(errors.NotYet):
        actions.take_values(pilot=compared, moment=AFTER, by=ground.ha, now=early)
    assert actions.take_values(pilot=compared, moment=MID, by=ground.ha, now=early)


def test_once_there_are_figures_dates_and_hamlets_stay(compared, ground):
    actions.take_values(pilot=compared, moment=BEFORE, by=ground.ha)
    version = Pilot.objects.get().version
    for change in ({"issued_on": ISSUED + DAY}, {"places": [ground.my_phuoc]}):
        with pytest.raises(errors.HasFigures):
            actions.change_pilot(pilot=compared, by=ground.ha, version=version, **change)
    found = actions.change_pilot(pilot=compared, by=ground.ha, version=version, name="Tên khác")
    assert found.name == "Tên khác"
    with pytest.raises(errors.ChangedMeanwhile):
        actions.change_pilot(pilot=compared, by=ground.ha, version=version, name="Khác nữa")


def test_a_lesson_is_of_a_day_of_the_pilot_up_to_today(pilot, ground):
    given = {"pilot": pilot, "kind": "worked", "text": "Đi cùng Hội Phụ nữ", "by": ground.minh}
    for day in (ISSUED - DAY, ENDED.date() + DAY):
        with pytest.raises(errors.OutOfOrder):
            actions.add_lesson(seen_on=day, **given)
    lesson = actions.add_lesson(seen_on=ISSUED, **given)
    with pytest.raises(PermissionDenied):
        actions.add_lesson(seen_on=ISSUED, **given | {"by": ground.outsider})
    actions.withdraw_lesson(lesson=lesson, by=ground.minh)
    assert not queries.assembled(pilot, ENDED.date()).lessons


def test_a_synthesis_is_confirmed_after_the_end_and_stays_as_it_was(compared, ground):
    given = {"pilot": compared, "by": ground.ha}
    with pytest.raises(errors.NothingSaid):
        actions.confirm_synthesis(version=0, **given)
    actions.write_synthesis(assessment="Người dân quen dần", proposals="Nhân rộng", **given)
    with pytest.raises(errors.StillRunning):
        actions.confirm_synthesis(version=1, now=at(2026, 11, 14), **given)
    actions.confirm_synthesis(version=1, **given)
    before = queries.synthesis_of(compared, ENDED.date())
    logged(ground, "my_phuoc", dt.date(2026, 10, 1), 50)
    after = queries.synthesis_of(compared, ENDED.date())
    assert before == after
    assert after.confirmed
    assert after.totals.people.value == 0
    assert queries.assembled(compared, ENDED.date()).totals.people.value == 50
    actions.write_synthesis(assessment="Bổ sung", proposals="", **given)
    assert actions.confirm_synthesis(version=1, **given).number == 2


def test_with_so_few_hamlets_the_synthesis_says_what_it_cannot_say(compared, ground):
    for name, before, after in (
        ("my_phuoc", 10, 60),
        ("dau_giong", 10, 20),
        ("my_hoa", 12, 15),
        ("hoa_loc", 9, 10),
    ):
        for moment, value in ((BEFORE, before), (AFTER, after)):
            actions.state_value(
                unit=unit_of(compared, getattr(ground, name)), measure=measure(), moment=moment,
                value=value, source="Sổ của ấp", by=ground.ha,
            )  # fmt: skip
    found = queries.assembled(compared, ENDED.date())
    helped = next(row for row in found.conclusions if row.measure == HELPED)
    assert helped.verdict == "not_enough"
    assert "chưa đủ căn cứ" in helped.text
    whole = " ".join((*found.cannot_say, *(row.text for row in found.conclusions)))
    assert "không bao giờ có nghĩa là thí điểm không có tác dụng" in whole
    assert "2 ấp" in found.cannot_say[0]


def test_withdrawn_and_brought_back(pilot, ground):
    actions.withdraw_pilot(pilot=pilot, reason="Nhầm", by=ground.ha, version=1)
    other = begun(ground)
    with pytest.raises(errors.AlreadyTried):
        actions.restore_pilot(pilot=pilot, by=ground.ha)
    actions.withdraw_pilot(pilot=other, reason="Nhầm", by=ground.ha, version=1)
    assert actions.restore_pilot(pilot=pilot, by=ground.ha).withdrawn_at is None
    assert PilotUnit.objects.filter(pilot=pilot).count() == 2
