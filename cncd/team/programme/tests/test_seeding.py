import datetime as dt

import pytest

from cncd.foundation.journal.models import Entry
from cncd.foundation.places.models import Level
from cncd.team.programme import actions, queries
from cncd.team.programme.models import (
    ActivityKind,
    Check,
    Content,
    Counter,
    Indicator,
    Language,
    Measure,
    PeriodScheme,
    Sheet,
    SheetLine,
    Source,
)
from cncd.team.programme.packaged import CounterWords, register_counters, table
from cncd.team.programme.rules import placeholders
from cncd.team.programme.rules.checking import PLACEHOLDERS
from cncd.team.programme.wording import counter_in_words
from cncd.team.programme.wording_of_counters import FILTERS, ROOMS
from cncd.team.teams.models import Component

TODAY = dt.date(2026, 11, 22)
FILTERED = {"kind": ActivityKind, "content": Content, "language": Language, "component": Component}


def measure(code):
    return Measure.objects.get(code=code)


def codes_on_sheet(level, day):
    period = actions.ensure_period(scheme=queries.scheme_in_use(), day=day)
    return [row.measure.code for row in queries.sheet_for(level, period)]


def test_the_programme_needs_the_levels_of_administration_first(db):
    with pytest.raises(actions.NotSetUp):
        actions.seed_programme()


def test_seeding_twice_adds_nothing_and_keeps_what_people_changed(programme):
    Indicator.objects.filter(code="KT03").update(short_name="Hàng OCOP trên mạng")
    SheetLine.objects.filter(measure__code="KT14").delete()
    before = Entry.objects.count()
    assert actions.seed_programme() == {}
    assert Entry.objects.count() == before
    assert Indicator.objects.get(code="KT03").short_name == "Hàng OCOP trên mạng"
    assert not SheetLine.objects.filter(measure__code="KT14").exists()


def test_seeding_writes_one_entry_that_says_how_much(programme):
    entry = Entry.objects.get(event="programme.seeded")
    assert entry.after["indicator"] == 62


def test_a_three_level_tree_gets_no_district_sheet(cast):
    Level.objects.filter(code="district").update(code="other")
    actions.seed_programme()
    assert Sheet.objects.filter(level__code="commune").exists()
    assert not Sheet.objects.filter(level__code="district").exists()


def test_a_component_that_comes_later_becomes_a_split_on_the_open_sheet(programme):
    assert "TC04.teacher" in codes_on_sheet("hamlet", TODAY)
    Component.objects.create(code="health", name="Nhân viên y tế")
    assert actions.seed_programme() == {"measure": 1}
    codes = codes_on_sheet("hamlet", TODAY)
    assert codes.index("TC04") < codes.index("TC04.health") < codes.index("TC05.num")


# -- the catalogue holds together -------------------------------------------------------------


def test_every_indicator_has_a_card_a_short_name_and_a_clause(programme):
    for indicator in Indicator.objects.all():
        assert len(indicator.definition) > 40, indicator
        assert 5 <= len(indicator.short_name) <= 40, indicator
        assert indicator.clause, indicator
        assert indicator.unit, indicator
        assert "[M]" not in indicator.definition


def test_every_figure_has_a_short_name_for_the_phone(programme):
    for each in Measure.objects.all():
        assert 5 <= len(each.short_name) <= 40, each
        assert each.unit, each


def test_every_indicator_of_the_plan_is_there_with_its_kind(programme):
    assert Indicator.objects.count() == 62
    kinds = {i.code: "ratio" if i.is_ratio else i.measure.kind for i in Indicator.objects.all()}
    assert kinds["TC07"] == "flow"
    assert kinds["TC02"] == "stock"
    assert kinds["TC09"] == "distinct"
    assert kinds["KT03"] == "ratio"
    assert kinds["CQ11"] == "flow"


def test_every_ratio_divides_one_measure_by_another_that_are_both_reported(programme):
    on_sheets = set(SheetLine.objects.values_list("measure", flat=True))
    for indicator in Indicator.objects.filter(measure=None):
        assert indicator.unit == "%"
        assert indicator.numerator_id != indicator.denominator_id
        assert {indicator.numerator_id, indicator.denominator_id} <= on_sheets, indicator


def test_every_measure_has_one_source_from_its_first_day(programme):
    for each in Measure.objects.all():
        source = Source.objects.get(measure=each)
        assert source.since_on == each.since_on


def test_every_counter_names_existing_codes(programme):
    for counter in Counter.objects.all():
        assert counter.room in ROOMS
        for word, wanted in counter.filters.items():
            if (counter.room, word) in FILTERS:
                assert set(wanted) <= FILTERS[counter.room, word][1].keys(), counter
            elif word in FILTERED:
                found = set(FILTERED[word].objects.values_list("code", flat=True))
                assert set(wanted) <= found, counter
            else:
                assert word in ("gender", "union"), counter


def test_every_counter_is_told_in_words_of_people(programme):
    texts = {row["source"] for row in table("measures")} - {""}
    for text in texts | set(register_counters("hamlet")) | set(register_counters("commune")):
        told = counter_in_words(Counter(**CounterWords.read(text)._asdict()))
        assert not set(told) & set("_[]{}"), told
        assert "registers" not in told


def test_the_room_of_teams_knows_every_word_of_its_counters(programme):
    from cncd.team.teams.queries import counted, counted_places

    counters = Counter.objects.filter(room="teams")
    places = counters.filter(source__measure__level__code="commune").distinct()
    hamlets = counters.filter(source__measure__level__code="hamlet").distinct()
    figures = counted([programme.team], TODAY.replace(day=1), TODAY, hamlets)[programme.team.pk]
    by_code = {
        source.measure.code: figures[source.counter_id].value
        for source in Source.objects.filter(
            counter__in=hamlets, measure__level__code="hamlet"
        ).select_related("measure")
    }
    assert (by_code["TC02"], by_code["TC04"]) == (1, 4)
    assert counted_places([programme.nhon_my], TODAY, TODAY, places)


def test_every_content_of_the_log_is_counted_or_known_to_be_free(programme):
    counted = {
        code
        for counter in Counter.objects.filter(room="activities", counts="content")
        for code in counter.filters["content"]
    }
    free = set(Content.objects.values_list("code", flat=True)) - counted
    assert free == {"dien-thoai", "gioi-thieu-san"}


def test_checks_speak_of_existing_figures_in_words_that_can_be_filled(programme):
    assert Check.objects.count() == len(table("checks"))
    for check in Check.objects.all():
        assert placeholders(check.message) <= PLACEHOLDERS
        assert check.kind == "jump" or (check.left and check.right)


def test_every_numerator_that_is_part_of_its_denominator_is_checked(programme):
    pairs = set(Check.objects.values_list("left__code", "right__code"))
    exempt = {"TC05", "TC06", "TC12", "TC13"}  # counted, or one per team
    for indicator in Indicator.objects.filter(measure=None).exclude(code__in=exempt):
        assert (indicator.numerator.code, indicator.denominator.code) in pairs, indicator


def test_splits_belong_to_a_measure_of_the_same_kind_and_level(programme):
    for split in Measure.objects.exclude(split_of=None):
        assert (split.kind, split.level_id) == (split.split_of.kind, split.split_of.level_id)
        assert split.split_name


# -- by date ----------------------------------------------------------------------------------


def test_retired_indicators_leave_the_sheet_and_new_names_take_over(programme):
    in_2022 = codes_on_sheet("hamlet", dt.date(2022, 6, 1))
    in_2024 = codes_on_sheet("hamlet", dt.date(2024, 6, 1))
    today = codes_on_sheet("hamlet", TODAY)
    assert "CQ11" in in_2022
    assert "CQ11" not in in_2024
    assert "CQ04" in in_2024
    assert "CQ04" not in today
    assert "CQ06" in in_2022
    assert "CQ06" in today
    offered = set(Content.objects.on(TODAY).values_list("code", flat=True))
    assert {"dvc-truc-tuyen", "cong-dvc-quoc-gia"} <= offered
    assert not {"dvc-truc-tuyen-34", "cong-dan-soc-trang", "pc-covid"} & offered


def test_a_programme_that_begins_later_never_knew_what_had_ended(cast):
    actions.seed_programme(since=dt.date(2026, 1, 1))
    assert not Indicator.objects.filter(code__in=["CQ04", "CQ11"]).exists()
    assert not Content.objects.filter(code="pc-covid").exists()
    assert Content.objects.get(code="dvc-truc-tuyen").since_on == dt.date(2026, 1, 1)


def test_six_tiles_come_first_and_every_tile_has_an_icon(programme):
    first = list(Content.objects.on(TODAY)[:6].values_list("short_name", flat=True))
    assert first[:3] == ["Zalo", "Dịch vụ công trực tuyến", "VNeID"]
    for row in (*Content.objects.all(), *ActivityKind.objects.all()):
        assert row.icon, row
        assert len(row.short_name) <= 26, row


def test_the_calendar_month_is_in_use_and_every_level_is_due_on_its_last_day(programme):
    scheme = queries.scheme_in_use()
    assert scheme == PeriodScheme.objects.get(code="thang")
    period = actions.ensure_period(scheme=scheme, day=TODAY)
    for level in ("hamlet", "commune", "district", "province"):
        assert queries.due_at(period, level).isoformat() == "2026-11-30T16:59:59+00:00"


def test_money_is_kept_in_dong(programme):
    assert measure("TC19").factor == 1_000_000
    assert measure("KT15").unit == "triệu đồng"


def test_where_no_room_counts_the_commune_or_the_team_is_asked(programme):
    period = actions.ensure_period(scheme=queries.scheme_in_use(), day=TODAY)
    team = {row.measure.code: row for row in queries.sheet_for("hamlet", period)}
    assert team["XH10.num"].counter is None
    assert team["XH04"].counter.room == "training"
    assert team["KT01"].counter.room == "registers"
    assert not team["XH11.num"].required
    assert team["TC08"].counter.counts == "people"
    asked = [code for code, row in team.items() if row.counter is None and row.required]
    assert len(asked) <= 7  # what registers know, no leader types
    commune = {row.measure.code for row in queries.sheet_for("commune", period)}
    assert {"TC01", "TC03.num", "TC14.num", "DC04", "TC19", "CQ03"} <= commune
