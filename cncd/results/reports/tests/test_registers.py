"""Figures counted from registers on the sheet, and figures a room declines to count."""

import datetime as dt

import pytest
from django.urls import reverse

from cncd.results.reports import explaining, queries, sitting
from cncd.results.reports.actions import submit_report
from cncd.results.reports.actions.drafting import Content
from cncd.results.reports.grid import Grid
from cncd.results.reports.queries.lines import COUNTING_PLACES
from cncd.results.reports.rules import Entry
from cncd.team.programme.actions import ensure_period
from cncd.team.programme.models import Counter, Period, PeriodScheme, Platform, SheetLine
from cncd.team.programme.packaged import CounterWords, register_counters
from cncd.team.programme.queries.memory import forget
from cncd.team.programme.rules import NONE
from cncd.work.activities.actions import log_activity
from cncd.work.activities.rules import Done
from cncd.work.households.actions import CountLine, state_counts
from cncd.work.registers import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def c(cast, programme, clock):
    """A new installation in November 2026, with one recognised product that was checked."""
    scheme = PeriodScheme.objects.get(in_use=True)
    cast.november = ensure_period(scheme=scheme, day=dt.date(2026, 11, 1))
    owner = actions.add_owner(kind="cooperative", name="HTX Tư", place=cast.my_phuoc, by=cast.tu)
    cast.product = actions.add_product(kind="ocop", name="Cốm dẹp", owner=owner, by=cast.tu)
    decided = {"number": "12/QĐ", "decided_on": dt.date(2026, 3, 1), "star": 4}
    actions.recognise(product=cast.product, by=cast.lan, **decided)
    voso = Platform.objects.get(code="voso")
    cast.listing = actions.list_product(
        product=cast.product, floor=voso, address="https://voso.vn/com-dep-1",
        on=dt.date(2026, 11, 3), by=cast.tu,
    )  # fmt: skip
    actions.verify_listing(listing=cast.listing, by=cast.lan, on=dt.date(2026, 11, 4))
    return cast


def line(c, code, team=None):
    lines = queries.team_lines([team or c.team], c.november)[(team or c.team).pk]
    return next(each for each in lines if each.code == code)


def known(c, *places, **counts):
    lines = [CountLine(place, **counts) for place in places]
    state_counts(year=2026, lines=lines, source="Trưởng ấp", by=None)


def send(c, team, by, **entries):
    entries = {code.replace("_", "."): Entry(value) for code, value in entries.items()}
    content = Content(entries=entries, nothing_happened=True)
    return submit_report(team=team, period=c.november, content=content, by=by)


def test_a_sent_figure_opens_exactly_what_the_register_held(c):
    report = send(c, c.team, c.tu)
    assert report.sent.figures["KT02"]["value"] == 1
    measure = SheetLine.objects.get(measure__code="KT02", sheet__level__code="hamlet").measure
    behind = explaining.of_version(report.sent, measure, c.november)
    [trace] = behind.traces
    assert (trace.title, trace.kind, trace.key) == ("Cốm dẹp", "product", str(c.product.pk))
    assert "Sổ sản phẩm, gian hàng" in behind.how
    actions.report_broken(listing=c.listing, on=dt.date(2026, 11, 20), by=c.lan)
    assert queries.drift(report) == {"KT02": [1, 0]}
    assert explaining.of_version(report.sent, measure, c.november).traces[0].changed


def test_the_page_behind_a_figure_leads_to_the_product(c, page_client):
    report = send(c, c.team, c.tu)
    for address in (
        reverse("reports:figure", args=[report.pk, "KT02"]),
        reverse("reports:counted", args=[c.team.pk, "2026-11", "KT01"]),
    ):
        page = page_client.as_(c.lan).get(address)
        assert page.status_code == 200
        assert f"/registers/products/{c.product.pk}/" in page.content.decode()


def test_a_wallet_opened_with_help_and_an_account_in_the_register_are_two_figures(c):
    done = Done(
        kind="huong-dan", happened_on=dt.date(2026, 11, 9), people=1, contents={"vi-dien-tu": 1}
    )
    log_activity(team=c.team, done=done, by=c.tu, confirmed=True)
    momo = Platform.objects.get(code="momo")
    actions.record_payment(
        owner=c.product.owner, kind="wallet", provider=momo, since_on=dt.date(2026, 11, 9), by=c.tu
    )
    assert line(c, "KT10").counted.value == 1  # the log alone
    assert line(c, "KT12.num").counted is None  # how many may be paid is still asked


def test_every_counter_of_a_register_is_known_to_its_room(c):
    for level, rooms, subject in (
        ("hamlet", queries.COUNTING, c.team),
        ("commune", COUNTING_PLACES, c.nhon_my),
    ):
        for text in register_counters(level):
            words = CounterWords.read(text)
            counter = Counter(pk=1, **words._asdict())
            days = [c.november.first_day, c.november.last_day]
            assert subject.pk in rooms[words.room]([subject.pk], *days, [counter]), text


# -- declined -----------------------------------------------------------------------------------


def test_what_a_room_declines_is_asked_by_hand_for_that_team_alone(c):
    known(c, c.my_phuoc, households=120)
    assert line(c, "DC01").counted.value == 120
    assert line(c, "DC01", c.team_my_hoa).counted is None
    report = send(c, c.team_my_hoa, c.liem, DC01=95)
    assert report.sent.figures["DC01"] == {"value": 95}


def test_a_declined_figure_left_blank_is_absent_or_nothing_arose_as_any_asked_one(c):
    report = send(c, c.team_my_hoa, c.liem)
    assert report.sent.figures["DC01"] == {"value": NONE}
    assert report.sent.figures["KT01"]["value"] == 0  # counted, and 0 is said


def test_the_sheet_shows_a_declined_figure_among_those_to_type(c, page_client):
    known(c, c.my_phuoc, households=120)
    mine = page_client.as_(c.tu).get(f"/reports/write/{c.team.pk}/2026-11/")
    other = page_client.as_(c.liem).get(f"/reports/write/{c.team_my_hoa.pk}/2026-11/")
    table = sitting.of_team(c.team_my_hoa, c.november)
    assert "DC01" in [each.code for each in table.asked]
    assert b'name="r.DC01"' in mine.content  # a reason, should they change the count
    assert b'name="v.DC01"' in other.content
    assert b'name="r.DC01"' not in other.content


def test_the_grid_has_a_field_where_it_is_asked_and_the_count_where_it_is_counted(c):
    SheetLine.objects.filter(measure__code="DC01").update(required=True)
    forget()
    c.november = Period.objects.get(pk=c.november.pk)
    known(c, c.my_phuoc, households=120)
    for teams in ([c.team, c.team_my_hoa], [c.team_my_hoa, c.team]):
        grid = Grid(teams, c.november)
        at = [each.code for each in grid.columns].index("DC01")
        cells = {row.team: row.cells[at] for row in grid.rows}
        assert cells[c.team] == {"text": "120"}
        assert "field" in cells[c.team_my_hoa]


def test_a_figure_typed_where_nothing_was_kept_says_so(c):
    report = send(c, c.team_my_hoa, c.liem, DC01=95)
    measure = SheetLine.objects.get(measure__code="DC01", sheet__level__code="hamlet").measure
    behind = explaining.of_version(report.sent, measure, c.november)
    assert behind.how.endswith("Lúc đó sổ chưa có số nên được nhập tay.")


def test_a_count_that_comes_after_sending_is_no_drift_of_what_was_typed(c):
    report = send(c, c.team_my_hoa, c.liem, DC01=95)
    known(c, c.my_hoa, households=99)
    assert queries.drift(report) == {}
