import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cncd.foundation.journal.models import Entry
from cncd.foundation.places.models import Level
from cncd.team.programme import actions, queries, rules
from cncd.team.programme.models import (
    ActivityKind,
    Check,
    Content,
    DueRule,
    Indicator,
    Language,
    Measure,
    Period,
    PeriodScheme,
    Platform,
    SheetLine,
    Source,
)

DECEMBER = dt.date(2026, 12, 1)
NOVEMBER = dt.date(2026, 11, 1)


def measure(code) -> Measure:
    return Measure.objects.get(code=code)


def last_entry() -> Entry:
    return Entry.objects.latest("pk")


def sheet(level, period):
    """The sheet as the next request reads it."""
    return queries.sheet_for(level, Period.objects.get(pk=period.pk))


def row(period, code, level="hamlet"):
    return next(r for r in sheet(level, period) if r.measure.code == code)


# -- periods ----------------------------------------------------------------------------------


def test_opening_a_period_twice_gives_one_with_one_entry(programme):
    scheme = queries.scheme_in_use()
    first = actions.open_period(scheme=scheme, day=DECEMBER)
    again = actions.open_period(scheme=scheme, day=dt.date(2026, 12, 31))
    assert first == again
    assert Entry.objects.about(first).filter(event="period.opened").count() == 1


def test_the_period_of_today_is_found_by_day_and_by_code(programme):
    assert queries.current_period() == programme.periods[2]
    assert queries.period_coded("2026-10") == programme.periods[1]
    assert queries.period_coded("1999-01") is None
    assert queries.series(programme.periods[2], 2) == programme.periods[1:]
    assert queries.year_so_far(programme.periods[1]) == programme.periods[:2]


def test_the_job_opens_the_period_of_today_once(programme):
    import time_machine

    from cncd.team.programme.jobs import open_next_period

    with time_machine.travel(dt.datetime(2026, 11, 30, 17, 30, tzinfo=dt.UTC), tick=False):
        assert timezone.localdate() == DECEMBER
        open_next_period.func()
        open_next_period.func()
    assert Period.objects.filter(code="2026-12").count() == 1


def test_an_internal_cut_off_holds_from_a_period_that_is_not_open(programme):
    scheme, hamlet = queries.scheme_in_use(), Level.objects.get(code="hamlet")
    rule = {"days_after_end": -2, "at_time": dt.time(17)}
    with pytest.raises(actions.PeriodHasBegun):
        actions.change_due_rule(
            scheme=scheme, level=hamlet, since_on=NOVEMBER, by=programme.ha, **rule
        )
    actions.change_due_rule(scheme=scheme, level=hamlet, since_on=DECEMBER, by=programme.ha, **rule)
    december = actions.open_period(scheme=scheme, day=DECEMBER)
    assert queries.due_at(december, "hamlet").isoformat() == "2026-12-29T10:00:00+00:00"
    assert queries.due_at(december, "commune").isoformat() == "2026-12-31T16:59:59+00:00"
    assert queries.due_at(programme.periods[2], "hamlet").day == 30
    assert DueRule.objects.filter(scheme=scheme, level=hamlet).count() == 2


def test_moving_a_due_moment_needs_a_reason_and_keeps_it(programme):
    period, level = programme.periods[2], Level.objects.get(code="commune")
    due_at = timezone.make_aware(dt.datetime(2026, 12, 2, 17))
    move = {"period": period, "level": level, "by": programme.ha}
    with pytest.raises(actions.Refused):
        actions.move_due(due_at=due_at, reason=" ", **move)
    before = timezone.make_aware(dt.datetime(2026, 10, 2))
    with pytest.raises(actions.Refused):
        actions.move_due(due_at=before, reason="Bão số 9", **move)
    due = actions.move_due(due_at=due_at, reason="Bão số 9", **move)
    assert queries.due_at(period, "commune") == due_at
    assert due.reason == "Bão số 9"
    assert last_entry().reason == "Bão số 9"


def test_only_those_who_may_change_the_programme_do(programme):
    with pytest.raises(PermissionDenied):
        actions.use_scheme(scheme=PeriodScheme.objects.get(code="15-14"), by=programme.lan)
    with pytest.raises(PermissionDenied):
        actions.add_catalogue_row(model=Language, name="tiếng Chăm", by=programme.tu)


def test_two_schemes_never_stand_in_one_series(programme):
    other = PeriodScheme.objects.get(code="15-14")
    actions.use_scheme(scheme=other, by=programme.ha)
    period = actions.ensure_period(scheme=other, day=dt.date(2026, 11, 22))
    assert (period.code, period.first_day) == ("2026-12", dt.date(2026, 11, 15))
    assert queries.current_period() == period
    assert queries.series(period, 12) == [period]
    assert queries.series(programme.periods[2], 12) == programme.periods
    with pytest.raises(rules.MixedSchemes):
        rules.one_scheme([period, programme.periods[2]])
    assert rules.one_scheme(programme.periods) == programme.periods[0].scheme_id


# -- catalogues -------------------------------------------------------------------------------


def test_a_content_gets_a_code_from_its_name_and_stands_last(programme):
    values = {"unit": "lượt", "since_on": NOVEMBER, "by": programme.ha}
    first = actions.add_catalogue_row(
        model=Content, name="Học bạ số", short_name="Học bạ số", **values
    )
    again = actions.add_catalogue_row(
        model=Content, name="Học bạ số", short_name="Học bạ số", **values
    )
    assert (first.code, again.code) == ("hoc-ba-so", "hoc-ba-so-2")
    assert Content.objects.on(NOVEMBER).last() == again
    assert "hoc ba so" in first.search_key
    assert last_entry().event == "catalogue_row.added"


def test_correcting_a_row_keeps_what_stood_before(programme):
    zalo = Content.objects.get(code="zalo")
    actions.change_catalogue_row(row=zalo, short_name="Dùng Zalo", by=programme.ha)
    entry = last_entry()
    assert (entry.before, entry.after) == ({"short_name": "Zalo"}, {"short_name": "Dùng Zalo"})
    assert "dung zalo" in Content.objects.get(code="zalo").search_key
    actions.change_catalogue_row(row=zalo, short_name="Dùng Zalo", by=programme.ha)
    assert last_entry() == entry


def test_a_row_is_ended_and_never_deleted(programme):
    voso = Platform.objects.get(code="voso")
    with pytest.raises(actions.Refused):
        actions.end_catalogue_row(row=voso, until_on=dt.date(2021, 1, 1), by=programme.ha)
    actions.end_catalogue_row(row=voso, until_on=DECEMBER, by=programme.ha)
    assert Platform.objects.on(dt.date(2026, 11, 30)).contains(voso)
    assert not Platform.objects.on(DECEMBER).contains(voso)
    actions.end_catalogue_row(row=voso, until_on=None, by=programme.ha)
    assert Platform.objects.on(DECEMBER).contains(voso)
    assert last_entry().event == "catalogue_row.reopened"


# -- indicators -------------------------------------------------------------------------------


def draft(**more) -> actions.IndicatorDraft:
    usual = {
        "code": "XH17",
        "name": "Số lượt hướng dẫn dùng học bạ số",
        "short_name": "Lượt giúp xem học bạ số",
        "pillar": "XH",
        "unit": "lượt",
        "since_on": NOVEMBER,
        "definition": "Cộng số lượt của nội dung “Học bạ số”.",
    }
    return actions.IndicatorDraft(**usual | more)


def test_an_indicator_brings_content_counter_measure_source_and_sheet_line(programme):
    content = actions.ContentDraft(name="Xem học bạ số", short_name="Học bạ số", unit="lượt")
    found = actions.add_indicator(draft=draft(content=content), by=programme.ha)
    line = row(programme.periods[2], "XH17")
    assert line.counter.counts == "content"
    assert line.counter.filters == {"content": ["hoc-ba-so"]}
    assert found.measure == line.measure
    assert "XH17" not in {r.measure.code for r in sheet("hamlet", programme.periods[1])}
    assert Entry.objects.filter(event="indicator.added").count() == 1


def test_a_figure_entered_by_hand_goes_to_the_level_that_knows_it(programme):
    commune = Level.objects.get(code="commune")
    asked = draft(code="TC21", pillar="TC", level=commune, kind="stock", required=True)
    actions.add_indicator(draft=asked, by=programme.ha)
    line = row(programme.periods[2], "TC21", "commune")
    assert line.counter is None
    assert line.required


def test_a_ratio_needs_no_measure_of_its_own(programme):
    ratio = draft(
        code="KT16", pillar="KT", numerator=measure("KT07"), denominator=measure("DC02"), unit="%"
    )
    found = actions.add_indicator(draft=ratio, by=programme.ha)
    assert found.is_ratio
    assert not Measure.objects.filter(code="KT16").exists()


def test_an_indicator_cannot_begin_in_the_past_or_mid_month_or_take_a_code(programme):
    for wrong in (
        draft(since_on=dt.date(2026, 10, 1)),
        draft(since_on=dt.date(2026, 11, 15)),
        draft(code="KT03"),
        draft(code="DC01"),
    ):
        with pytest.raises(actions.Refused):
            actions.add_indicator(draft=wrong, by=programme.ha)
    assert not Indicator.objects.filter(code="XH17").exists()
    assert not Measure.objects.filter(code="XH17").exists()


def test_an_ended_indicator_takes_its_measure_off_the_later_sheets(programme):
    kt15 = Indicator.objects.get(code="KT15")
    with pytest.raises(actions.PeriodHasBegun):
        actions.end_indicator(
            indicator=kt15, until_on=NOVEMBER, reason="Không dùng", by=programme.ha
        )
    actions.end_indicator(indicator=kt15, until_on=DECEMBER, reason="Không dùng", by=programme.ha)
    december = actions.open_period(scheme=queries.scheme_in_use(), day=DECEMBER)
    codes = {r.measure.code for r in sheet("commune", december)}
    assert "KT15" not in codes
    assert row(programme.periods[2], "KT15", "commune")


def test_ending_one_ratio_leaves_a_measure_that_another_needs(programme):
    kt03 = Indicator.objects.get(code="KT03")
    actions.end_indicator(indicator=kt03, until_on=DECEMBER, reason="Thay", by=programme.ha)
    assert measure("KT01").until_on is None
    assert measure("KT02").until_on is None  # KT02 is an indicator too


# -- sources ----------------------------------------------------------------------------------


def test_a_switched_source_holds_from_a_period_on_and_changes_none_before(programme):
    counter = actions.counter_like("activities", "records", {"kind": ["hop-dan"]})
    actions.switch_source(
        measure=measure("XH10.num"), counter=counter, since_on=DECEMBER, by=programme.ha
    )
    december = actions.open_period(scheme=queries.scheme_in_use(), day=DECEMBER)
    assert row(december, "XH10.num").counter == counter
    assert row(programme.periods[2], "XH10.num").counter is None
    assert last_entry().event in ("source.switched", "period.opened")
    entry = Entry.objects.get(event="source.switched")
    assert entry.before == {"source": "Nhập tay"}


def test_a_switch_is_refused_for_periods_that_are_open_or_mid_month(programme):
    counter = actions.counter_like("activities", "records", {})
    for day in (NOVEMBER, dt.date(2026, 9, 1), dt.date(2026, 12, 15)):
        with pytest.raises(actions.Refused):
            actions.switch_source(
                measure=measure("XH10.num"), counter=counter, since_on=day, by=programme.ha
            )
    assert Source.objects.filter(measure__code="XH10.num").count() == 1


def test_switching_to_where_it_comes_from_already_is_refused(programme):
    with pytest.raises(actions.Refused):
        actions.switch_source(
            measure=measure("XH10.num"), counter=None, since_on=DECEMBER, by=programme.ha
        )


def test_a_second_switch_for_the_same_period_replaces_the_first(programme):
    xh10 = measure("XH10.num")
    for counts in ("records", "people"):
        counter = actions.counter_like("activities", counts, {})
        actions.switch_source(measure=xh10, counter=counter, since_on=DECEMBER, by=programme.ha)
    sources = list(xh10.sources.order_by("since_on"))
    assert [s.counter and s.counter.counts for s in sources] == [None, "people"]
    assert sources[0].until_on == DECEMBER


def test_the_same_words_make_the_same_counter(programme):
    first = actions.counter_like("activities", "people", {"kind": ["tuyen-truyen"], "content": []})
    again = actions.counter_like("activities", "people", {"kind": ["tuyen-truyen"]})
    assert first == again


# -- sheets and checks ------------------------------------------------------------------------


def test_a_changed_sheet_leaves_earlier_periods_alone(programme):
    hamlet = Level.objects.get(code="hamlet")
    lines = [(measure("KT01"), True), (measure("TC08"), False)]
    with pytest.raises(actions.PeriodHasBegun):
        actions.change_sheet(level=hamlet, since_on=NOVEMBER, lines=lines, by=programme.ha)
    before = len(sheet("hamlet", programme.periods[2]))
    actions.change_sheet(level=hamlet, since_on=DECEMBER, lines=lines, by=programme.ha)
    december = actions.open_period(scheme=queries.scheme_in_use(), day=DECEMBER)
    found = sheet("hamlet", december)
    assert [(r.measure.code, r.required) for r in found] == [("KT01", True), ("TC08", False)]
    assert len(sheet("hamlet", programme.periods[2])) == before


def test_a_sheet_changed_twice_for_the_same_period_is_one_sheet(programme):
    hamlet = Level.objects.get(code="hamlet")
    for code in ("KT01", "KT02"):
        lines = [(measure(code), True)]
        actions.change_sheet(level=hamlet, since_on=DECEMBER, lines=lines, by=programme.ha)
    rows = SheetLine.objects.filter(sheet__since_on=DECEMBER)
    assert [line.measure.code for line in rows] == ["KT02"]
    with pytest.raises(actions.Refused):
        actions.change_sheet(level=hamlet, since_on=DECEMBER, lines=[], by=programme.ha)


def test_checks_in_force_stand_for_every_flow_where_no_figure_is_named(programme):
    checks = queries.checks_on(NOVEMBER)
    jumps = {check.left for check in checks if check.code == "tang-dot-bien"}
    assert {"TC08", "CQ06", "TC19"} <= jumps
    assert not {"KT01", "TC09", "XH09.khmer"} & jumps
    figures = {"KT02": 6, "KT01": 5, "TC04": 11, "TC02": 1}
    found = rules.check_figures(checks, figures)
    assert {finding.check for finding in found} == {"ocop-len-san", "toi-da-10-thanh-vien"}
    assert "OCOP đã lên sàn (6) nhiều hơn Sản phẩm OCOP (5)." in {f.message for f in found}


def test_a_check_can_be_added_changed_and_ended(programme):
    values = {"kind": "at_most", "left": measure("KT06"), "right": measure("KT07"), "factor": 1}
    check = actions.add_check(
        since_on=NOVEMBER, message="{left} nhiều hơn {right}.", by=programme.ha, **values
    )
    actions.change_check(check=check, factor=2, by=programme.ha)
    assert rules.check_figures(queries.checks_on(NOVEMBER), {"KT06": 5, "KT07": 2})
    actions.change_check(check=check, until_on=DECEMBER, by=programme.ha)
    assert check.code not in {c.code for c in queries.checks_on(DECEMBER)}
    assert Entry.objects.about(check).count() == 3


@pytest.mark.parametrize("message", ["{who} sai", "{left", "left}"])
def test_a_message_with_unknown_braces_is_refused(programme, message):
    check = Check.objects.get(code="ocop-len-san")
    with pytest.raises(actions.Refused):
        actions.change_check(check=check, message=message, by=programme.ha)


def test_a_comparison_needs_two_figures(programme):
    with pytest.raises(actions.Refused):
        actions.add_check(
            since_on=NOVEMBER, kind="at_most", left=measure("KT06"), message="x", by=programme.ha
        )


def test_every_action_writes_one_entry(programme):
    before = Entry.objects.count()
    actions.add_catalogue_row(
        model=ActivityKind,
        name="Ra quân",
        short_name="Ra quân",
        since_on=NOVEMBER,
        by=programme.ha,
    )
    assert Entry.objects.count() == before + 1
