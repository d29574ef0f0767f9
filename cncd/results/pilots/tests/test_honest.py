"""What a pilot may not claim: costs that are not its own, choices made late, figures put right."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.documents.actions import add_document
from cncd.foundation.journal.models import Entry
from cncd.foundation.places.actions import succeed_places
from cncd.results.pilots import actions, queries
from cncd.results.pilots.actions import errors
from cncd.results.pilots.models import Pilot, Replication
from cncd.results.pilots.queries.costs import cost_of, left_aside
from cncd.results.pilots.rules.comparing import CANNOT, Counts, compared
from cncd.team.programme.models import Measure
from cncd.work.activities.actions import withdraw_activity
from cncd.work.money.actions import Said, record_entry, withdraw_entry
from cncd.work.money.models import Purpose, Source
from cncd.work.money.seeding import seed_money

from .conftest import AFTER, BEFORE, ENDED, ISSUED, MID, at, begun, logged, unit_of

pytestmark = pytest.mark.django_db
TODAY = ENDED.date()


def paid(place, by, amount, on=dt.date(2026, 9, 1), purpose="chi-khac", document=None):
    said = Said(
        on, Source.objects.first(), Purpose.objects.get(code=purpose), amount, "In tờ rơi", document
    )
    return record_entry(place=place, said=said, by=by)


@pytest.fixture
def books(ground):
    seed_money(dt.date(2020, 1, 1))
    return ground


def test_only_the_pilots_own_lines_are_its_cost(books, page_client):
    plan = add_document(
        kind="plan",
        number="118/KH-UBND",
        issued_on=ISSUED,
        place=books.soc_trang,
        by=books.ha,
        issuer="UBND tỉnh",
        signer="",
        signer_title="",
        subject="Thí điểm",
    )
    pilot = begun(books, document=plan)
    assert cost_of(pilot).value is None
    cited = paid(books.soc_trang, books.ha, 12_000_000, purpose="tap-huan", document=plan)
    own, other = (paid(books.nhon_my, books.lan, n) for n in (1_500_000, 90_000_000))
    far = paid(books.xuan_hoa, None, 7_000_000)
    assert cost_of(pilot).value == 12_000_000
    ha = page_client.as_(books.ha)
    page = f"/pilots/{pilot.pk}/costs/"
    ha.post(f"{page}mark/", {"row": [str(own.pk), str(far.pk), "x"], "belongs": "yes"})
    assert cost_of(pilot).value == 13_500_000
    assert {pk for _room, pk, _n in cost_of(pilot).records} == {str(cited.pk), str(own.pk)}
    assert left_aside(pilot) == 90_000_000
    text = ha.get(page).text
    assert "13.500.000" in text
    assert "90.000.000" in text
    assert "dẫn kế hoạch thí điểm" in text
    assert Entry.objects.get(event="pilot.costs_marked").after == {"lines": 1, "amount": 1_500_000}
    listed = ha.get(f"{page}?own=yes").text
    assert str(own.pk) in listed
    assert str(other.pk) not in listed
    withdraw_entry(entry=cited, version=1, reason="Nhầm", by=books.ha)
    ha.post(f"{page}mark/", {"row": [str(own.pk)], "belongs": "no"})
    assert cost_of(pilot).value is None
    with pytest.raises(PermissionDenied):
        actions.mark_costs(pilot=pilot, spendings=[own.pk], belongs=True, by=books.minh)


def test_costs_of_replication_rest_on_the_pilots_own_lines(books):
    pilot = begun(books)
    paid(books.nhon_my, books.lan, 50_000_000)
    assert (queries.unit_costs(pilot, TODAY).team, queries.unit_costs(pilot, TODAY).session) == (
        0,
        0,
    )
    line = paid(books.nhon_my, books.lan, 3_000_000)
    actions.mark_costs(pilot=pilot, spendings=[line.pk], belongs=True, by=books.ha)
    assert queries.unit_costs(pilot, TODAY).team == 1_500_000  # of two teams


def test_comparison_hamlets_are_chosen_before_anybody_sees_how_it_went(pilot, ground):
    actions.take_values(pilot=pilot, moment=MID, by=ground.ha)
    with pytest.raises(errors.HasFigures):
        actions.choose_comparisons(pilot=pilot, by=ground.ha)


def test_other_rules_undo_the_choice_and_stay_once_there_are_figures(compared, ground):
    change = {"pilot": compared, "by": ground.ha}
    version = Pilot.objects.get().version
    found = actions.change_pilot(version=version, spread=50, **change)
    assert not found.units.standing().compared().exists()
    assert (found.considered, found.compared_at) == ([], None)
    actions.choose_comparisons(**change)
    entry = Entry.objects.filter(event="pilot.compared").order_by("pk").last()
    assert "±50%" in entry.after["rules"]
    actions.take_values(pilot=compared, moment=BEFORE, by=ground.ha)
    version = Pilot.objects.get().version
    with pytest.raises(errors.HasFigures):
        actions.change_pilot(version=version, per_unit=2, **change)


def test_a_pilot_is_made_longer_until_figures_of_its_end_stand(compared, ground, page_client):
    for moment in (BEFORE, MID):
        actions.take_values(pilot=compared, moment=moment, by=ground.ha)
    held = {"pilot": compared, "by": ground.ha}
    found = actions.change_pilot(version=Pilot.objects.get().version, months=4, **held)
    assert found.days.last_day == dt.date(2026, 12, 14)
    value = unit_of(compared, ground.my_phuoc).values.filter(moment=MID).first()
    days = page_client.as_(ground.ha).get(found.get_absolute_url()).text
    assert f"{value.first_day:%d/%m/%Y} – {value.last_day:%d/%m/%Y}" in days
    later = at(2026, 12, 20)
    actions.take_values(pilot=found, moment=AFTER, by=ground.ha, now=later)
    with pytest.raises(errors.HasFigures):
        actions.change_pilot(version=found.version, months=5, **held)


def test_what_is_followed_stays_once_anybody_could_see_how_it_went(compared, ground):
    change = {"pilot": compared, "by": ground.ha, "measures": Measure.objects.filter(code="TC08")}
    actions.take_values(pilot=compared, moment=BEFORE, by=ground.ha)
    found = actions.change_pilot(version=Pilot.objects.get().version, **change)
    actions.take_values(pilot=found, moment=MID, by=ground.ha)
    change["measures"] = Measure.objects.filter(code="TC07")
    with pytest.raises(errors.HasFigures):
        actions.change_pilot(version=found.version, **change)


def test_sides_that_moved_apart_already_before_the_pilot_are_told(compared, ground):
    """The teams serve since 2022, so records tell of the thirty days before the last thirty."""
    for name, people in (("my_phuoc", 300), ("dau_giong", 220)):
        logged(ground, name, dt.date(2026, 8, 5), people)  # nothing in the window before
    for moment in (BEFORE, AFTER):
        actions.take_values(pilot=compared, moment=moment, by=ground.ha)
    found = queries.assembled(compared, TODAY).conclusions
    helped = next(row for row in found if row.measure == "TC08")
    assert "Ngay trước thí điểm, hai bên đã thay đổi khác nhau" in helped.earlier
    ground.my_hoa.team_coverages.update(since_on=dt.date(2026, 7, 10))
    found = queries.assembled(compared, TODAY).conclusions
    assert "không kiểm tra được" in found[0].earlier


def test_what_was_chosen_late_or_by_hand_is_said(pilot, ground):
    actions.choose_comparisons(pilot=pilot, by=ground.ha, now=at(2026, 9, 30))
    unit = unit_of(pilot, ground.my_hoa)
    actions.replace_unit(unit=unit, reason="Ngập", by=ground.ha)
    beside = unit_of(pilot, ground.my_phuoc)
    actions.add_comparison(
        pilot=pilot, place=ground.my_hoa, beside=beside, reason="Hết ngập", by=ground.ha
    )
    told = " ".join(queries.assembled(Pilot.objects.get(), TODAY).cannot_say)
    assert "chọn sau khi thí điểm bắt đầu 46 ngày" in told
    assert "Do cán bộ chọn, không theo quy tắc: Ấp Mỹ Hòa" in told


def test_a_comparison_hamlet_that_gets_a_team_or_is_merged_meanwhile_is_told(compared, ground):
    ground.hoa_loc.team_coverages.update(since_on=dt.date(2026, 9, 10))
    succeed_places(
        kind="merge", shares=[(ground.my_hoa, ground.my_phuoc, 1)], on=dt.date(2026, 10, 1),
        by=None, document=None,
    )  # fmt: skip
    told = " ".join(queries.assembled(compared, TODAY).cannot_say)
    assert "Ấp Hòa Lộc, Xã Xuân Hòa (đối chứng) có Tổ từ 10/09/2026" in told
    assert "Ấp Mỹ Hòa, Xã Nhơn Mỹ (đối chứng) được sáp nhập hoặc chia tách ngày 01/10/2026" in told
    actions.take_values(pilot=compared, moment=AFTER, by=ground.ha)
    gone = unit_of(compared, ground.my_hoa)
    assert not gone.values.filter(moment=AFTER).exists()  # not reported, which is not 0


def test_what_is_withdrawn_after_the_end_was_taken_is_told_and_the_figure_stays(
    compared, ground, page_client
):
    log = logged(ground, "my_phuoc", dt.date(2026, 11, 3), 30)
    for moment in (BEFORE, AFTER):
        actions.take_values(pilot=compared, moment=moment, by=ground.ha)
    actions.write_synthesis(pilot=compared, assessment="Đạt", proposals="", by=ground.ha)
    actions.confirm_synthesis(pilot=compared, version=1, by=ground.ha)
    withdraw_activity(activity=log, reason="Nhầm", by=log.recorded_by, version=log.version)
    tc08 = Measure.objects.get(code="TC08")
    value = unit_of(compared, ground.my_phuoc).values.get(moment=AFTER, measure=tc08)
    assert value.value == 30
    ha, page = page_client.as_(ground.ha), compared.get_absolute_url()
    assert "TC08: 30, sổ nay ghi 0" in ha.get(page).text
    assert "30, sổ nay ghi 0" in ha.get(value.page).text
    assert "đã có số liệu được sửa" not in ha.get(f"{page}synthesis/?version=1").text
    actions.take_values(pilot=compared, moment=AFTER, by=ground.ha)
    again = unit_of(compared, ground.my_phuoc).values.get(moment=AFTER, measure=tc08)
    assert (again.pk, again.value) == (value.pk, 0)  # the frozen synthesis still opens it
    text = ha.get(f"{page}synthesis/?version=1").text
    assert "đã có số liệu được sửa" in text
    assert "30, nay là 0" in text
    assert f'href="{value.page}"' in text


def test_pilot_hamlets_of_one_commune_are_one_witness(ground):
    rows = [Counts(1, 9, 100, commune=7)] * 3
    assert compared(rows, [Counts(1, 2, 100)] * 6).verdict == CANNOT
    assert compared([*rows, Counts(1, 2, 100, 8)], [Counts(1, 2, 100)] * 6).verdict != CANNOT


def test_waves_lead_to_every_hamlet_or_say_that_they_do_not(compared, ground, page_client):
    ground.hoa_loc.team_coverages.update(until_on=dt.date(2026, 11, 1))
    plan = actions.draft_plan(
        place=ground.soc_trang, name="Nhân rộng", starts_on=dt.date(2026, 12, 1), by=ground.ha,
        trainers_each=2, trainer_load=3,
    )  # fmt: skip
    found = queries.replication_of(plan)
    assert found.steps[-1][1] == "100%"
    assert found.waves[-1].covered_after == found.hamlets_all
    assert found.trainers_needed == 2
    assert not found.changed
    ground.my_hoa.team_coverages.update(until_on=dt.date(2026, 11, 15))
    assert "Hôm nay có 2 khóm, ấp chưa có Tổ" in queries.replication_of(plan).changed[0]
    ha, page = page_client.as_(ground.ha), plan.get_absolute_url()
    assert "chưa ai nhận dạy" in ha.get(page).text
    ha.post(f"{page}recount/", {"version": Replication.objects.get().version})
    found = queries.replication_of(Replication.objects.get())
    assert (found.hamlets, found.changed, found.steps[-1][1]) == (2, (), "100%")
    both = ha.get(f"{page}communes/?q=nhon")
    assert "Xuân Hòa" not in both.text
    assert ha.get(f"{page}communes/?export=xlsx").status_code == 200


def test_readiness_shows_who_lacks_a_condition(ground, page_client):
    ha = page_client.as_(ground.ha)
    text = ha.get("/pilots/readiness/?lacks=officer&sort=officer").text
    assert "Trần Đề" in text
    assert f'?u={ground.nhon_my.pk}"' not in text
