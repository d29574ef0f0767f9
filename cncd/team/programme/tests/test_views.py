import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cncd.team.programme import actions, queries
from cncd.team.programme.models import (
    Check,
    Content,
    Indicator,
    Language,
    Measure,
    PeriodScheme,
)

YEAR = {"since_on": dt.date(2026, 1, 1), "until_on": dt.date(2027, 1, 1)}
SPAN = {"since_on": "01/01/2026", "last_day": "31/12/2026"}


def url(name, *args):
    return reverse(f"programme:{name}", args=args)


def text(response) -> str:
    return response.content.decode()


def errors(response) -> str:
    assert response.status_code == 200
    return text(response).split("form-summary", 1)[1].split("</div>", 1)[0]


# -- reading ----------------------------------------------------------------------------------

PAGES = [
    ("indicators",),
    ("indicator", "KT03"),
    ("indicator", "TC08"),
    ("indicator", "XH16"),
    ("measures",),
    ("sheets",),
    ("sheet", "hamlet"),
    ("sheet", "commune"),
    ("sheet", "province"),
    ("checks",),
    ("catalogue", "contents"),
    ("catalogue", "platforms"),
    ("catalogue", "kinds"),
    ("catalogue", "languages"),
    ("catalogue", "difficulties"),
    ("periods",),
    ("due_rules",),
    ("targets",),
]
CHANGES = [
    ("choose_way",),
    ("add_indicator", "content"),
    ("add_indicator", "log"),
    ("add_indicator", "asked"),
    ("add_indicator", "ratio"),
    ("change_indicator", "KT03"),
    ("end_indicator", "KT03"),
    ("switch_source", "XH04"),
    ("change_sheet", "hamlet"),
    ("add_check",),
    ("add_row", "contents"),
    ("add_row", "languages"),
    ("open_period",),
    ("change_rule", "hamlet"),
    ("use_scheme", "15-14"),
]


@pytest.mark.parametrize("page", PAGES, ids="/".join)
def test_everybody_on_a_desk_may_read_the_catalogue(desk, page_client, page):
    assert desk.desk.get(url(*page)).status_code == 200
    assert page_client.as_(desk.lan).get(url(*page)).status_code == 200


@pytest.mark.parametrize("page", CHANGES, ids="/".join)
def test_only_the_province_may_open_the_forms(desk, client, page):
    assert desk.desk.get(url(*page)).status_code == 200
    client.force_login(desk.lan)
    assert client.get(url(*page)).status_code == 403
    assert client.post(url(*page), {}).status_code == 403


def test_what_does_not_exist_is_not_found(desk):
    for page in (
        ("indicator", "XX99"),
        ("add_indicator", "magic"),
        ("catalogue", "nothing"),
        ("sheet", "nowhere"),
        ("end_row", "languages", Language.objects.first().pk),
    ):
        assert desk.desk.get(url(*page)).status_code == 404


def test_the_list_of_indicators_searches_without_marks_and_filters(desk):
    page = text(desk.desk.get(url("indicators"), {"q": "ocop len san"}))
    assert "KT03" in page
    assert "TC08" not in page
    page = text(desk.desk.get(url("indicators"), {"standing": "ended"}))
    assert "CQ11" in page
    assert "KT03" not in page
    page = text(desk.desk.get(url("indicators"), {"pillar": "XH", "source": "counted"}))
    assert "XH04" in page
    assert "XH10" not in page


def test_the_list_of_indicators_is_an_excel_file_too(desk):
    response = desk.desk.get(url("indicators"), {"export": "xlsx", "standing": ""})
    book = load_workbook(io.BytesIO(response.content))
    codes = {cell.value for row in book.active.iter_rows() for cell in row}
    assert {"KT03", "CQ11"} <= codes


def test_the_card_says_how_a_ratio_is_counted_and_added_up(desk):
    page = text(desk.desk.get(url("indicator", "KT03")))
    for words in (
        "Không bao giờ lấy trung bình",
        "Mẫu số bằng 0",
        "Số sản phẩm OCOP còn hiệu lực công nhận",
        "Sổ sản phẩm, gian hàng: số sản phẩm OCOP còn hiệu lực công nhận",
        "trên sàn: đã kiểm tra",
        "3 sao, 4 sao, 5 sao",
        "Nhắc khi “OCOP đã lên sàn”",
        "II.2.3",
    ):
        assert words in page, words


def test_the_card_tells_the_history_of_a_source(desk):
    counter = actions.counter_like("activities", "people", {"kind": ["hop-dan"]})
    december = dt.date(2026, 12, 1)
    actions.switch_source(
        measure=Measure.objects.get(code="XH05"), counter=counter, since_on=december, by=desk.ha
    )
    page = text(desk.desk.get(url("indicator", "XH05")))
    assert "số người, loại: Họp dân" in page
    assert "01/12/2026" in page
    assert "30/11/2026" in page


# -- changing ---------------------------------------------------------------------------------


def words(**more):
    return {
        "name": "Số lượt hướng dẫn xem học bạ số",
        "short_name": "Lượt giúp xem học bạ",
        "definition": "Cộng số lượt của nội dung Học bạ số.",
        "pillar": "XH",
        "direction": "1",
        "since_on": "2026-11-01",
        **more,
    }


def test_an_indicator_with_its_content_comes_from_one_form(desk):
    sent = words(
        content_name="Xem học bạ số của con", content_short="Học bạ số", unit="lượt", icon="book"
    )
    response = desk.desk.post(url("add_indicator", "content"), sent)
    assert response.url == url("indicator", "XH17")
    found = Indicator.objects.get(code="XH17")
    assert Content.objects.get(code="hoc-ba-so").name == "Xem học bạ số của con"
    assert desk.desk.get(response.url).status_code == 200
    assert found.measure.sources.get().counter.filters == {"content": ["hoc-ba-so"]}


def test_the_same_form_sent_twice_adds_once(desk):
    sent = words(
        content_name="Xem học bạ số",
        content_short="Học bạ số",
        unit="lượt",
        icon="book",
        envelope="6d0b1b2e-7f1a-4c0e-9f52-5ad0d3a1c001",
    )
    first = desk.desk.post(url("add_indicator", "content"), sent)
    again = desk.desk.post(url("add_indicator", "content"), sent)
    assert first.url == again.url
    assert Indicator.objects.filter(code__in=["XH17", "XH18"]).count() == 1


def test_a_form_with_mistakes_says_what_and_where_and_adds_nothing(desk):
    response = desk.desk.post(url("add_indicator", "content"), words(code="KT03", icon="book"))
    assert "Nội dung trong nhật ký" in errors(response)
    sent = words(code="kt03", content_name="A", content_short="A", unit="lượt", icon="book")
    assert "Mã KT03 đã có" in errors(desk.desk.post(url("add_indicator", "content"), sent))
    assert not Content.objects.filter(name="A").exists()


def test_an_indicator_counted_from_the_log(desk):
    sent = words(counts="people", kinds=["hop-dan"], unit="lượt", code="xh30")
    desk.desk.post(url("add_indicator", "log"), sent)
    counter = Indicator.objects.get(code="XH30").measure.sources.get().counter
    assert (counter.counts, counter.filters) == ("people", {"kind": ["hop-dan"]})
    sent = words(counts="content", unit="lượt")
    assert "ít nhất một" in errors(desk.desk.post(url("add_indicator", "log"), sent))


def test_an_amount_of_money_entered_by_hand(desk):
    commune = str(desk.levels["commune"].pk)
    sent = words(level=commune, kind="flow", unit="đồng", is_money="on", required="on")
    desk.desk.post(url("add_indicator", "asked"), sent | {"pillar": "KT"})
    found = Indicator.objects.get(code="KT16").measure
    assert (found.factor, found.unit) == (1_000_000, "triệu đồng")


def test_a_ratio_of_two_figures(desk):
    of = {m.code: str(m.pk) for m in Measure.objects.all()}
    sent = words(pillar="KT", numerator=of["KT07"], denominator=of["DC02"])
    assert desk.desk.post(url("add_indicator", "ratio"), sent).url == url("indicator", "KT16")
    sent = words(pillar="KT", numerator=of["KT07"], denominator=of["KT07"])
    assert "khác" in errors(desk.desk.post(url("add_indicator", "ratio"), sent))


def test_words_of_an_indicator_are_corrected_and_it_is_ended(desk):
    sent = {**words(), "name": "Tên mới", "is_core": "on"}
    desk.desk.post(url("change_indicator", "KT15"), sent)
    found = Indicator.objects.get(code="KT15")
    assert (found.name, found.is_core) == ("Tên mới", True)
    end = {"until_on": "2026-12-01", "reason": "Không dùng nữa"}
    assert desk.desk.post(url("end_indicator", "KT15"), end).status_code == 302
    assert Indicator.objects.get(code="KT15").last_day == dt.date(2026, 11, 30)


def test_a_source_is_switched_by_form_from_the_next_period(desk):
    offered = text(desk.desk.get(url("switch_source", "XH04")))
    assert 'value="2026-12-01"' in offered
    assert 'value="2026-11-01"' not in offered
    assert "activities: " not in offered
    assert "hamlets_with_team" not in offered
    sent = {"source": "log", "since_on": "2026-12-01", "counts": "records", "kinds": ["su-kien"]}
    desk.desk.post(url("switch_source", "XH04"), sent)
    source = Measure.objects.get(code="XH04").sources.get(since_on=dt.date(2026, 12, 1))
    assert source.counter.filters == {"kind": ["su-kien"]}
    sent = {"source": "log", "since_on": "2026-11-01", "counts": "records"}
    assert "Áp dụng từ kỳ" in errors(desk.desk.post(url("switch_source", "XH04"), sent))


def test_a_sheet_is_put_in_order_by_form(desk):
    of = {m.code: m.pk for m in Measure.objects.all()}
    sent = {"since_on": "2026-12-01"}
    for code, place in (("TC08", "2"), ("XH10.num", "1")):
        sent |= {f"on-{of[code]}": "on", f"place-{of[code]}": place, f"must-{of[code]}": "on"}
    desk.desk.post(url("change_sheet", "hamlet"), sent)
    rows = queries.sheet_rows("hamlet", dt.date(2026, 12, 1))
    assert [(row.measure.code, row.required) for row in rows] == [
        ("XH10.num", True),
        ("TC08", False),
    ]
    page = text(desk.desk.get(url("sheet", "hamlet")))
    assert "01/12/2026" in page
    assert "Phiếu điều tra đã xong" in text(desk.desk.get(url("sheet", "hamlet"), {"later": "1"}))


def test_a_check_is_added_and_changed_by_form(desk):
    of = {m.code: str(m.pk) for m in Measure.objects.all()}
    sent = {
        "kind": "at_most",
        "left": of["KT06"],
        "right": of["KT07"],
        "factor": "1",
        "floor": "0",
        "message": "{left} nhiều hơn {right}",
    }
    desk.desk.post(url("add_check"), sent)
    check = Check.objects.get(left__code="KT06")
    desk.desk.post(url("change_check", check.pk), sent | {"factor": "3", "last_day": "31/12/2026"})
    check.refresh_from_db()
    assert (check.factor, check.until_on) == (3, dt.date(2027, 1, 1))
    wrong = desk.desk.post(url("change_check", check.pk), sent | {"message": "{who}"})
    assert "ngoặc nhọn" in errors(wrong)


def test_catalogue_rows_are_added_corrected_and_ended_by_form(desk):
    sent = {"name": "Báo cháy 114", "group": "An toàn", "since_on": "22/11/2026"}
    desk.desk.post(url("add_row", "platforms"), sent)
    row = queries_row("platforms", "bao-chay-114")
    page = url("change_row", "platforms", row.pk)
    assert desk.desk.get(page).status_code == 200
    desk.desk.post(page, {"name": "Báo cháy", "group": "An toàn", "address": ""})
    desk.desk.post(url("end_row", "platforms", row.pk), {"last_day": "31/12/2026"})
    row.refresh_from_db()
    assert (row.name, row.until_on) == ("Báo cháy", dt.date(2027, 1, 1))
    listed = text(desk.desk.get(url("catalogue", "platforms"), {"q": "bao chay"}))
    assert "Báo cháy" in listed
    late = desk.desk.post(url("end_row", "platforms", row.pk), {"last_day": "01/01/2020"})
    assert "Ngày cuối" in errors(late)


def queries_row(name, code):
    from cncd.team.programme.views.catalogues import CATALOGUES

    return CATALOGUES[name].model.objects.get(code=code)


def test_a_language_has_no_dates_and_takes_the_last_place(desk):
    desk.desk.post(url("add_row", "languages"), {"name": "tiếng Chăm"})
    assert Language.objects.last().name == "tiếng Chăm"


def test_periods_show_due_moments_and_one_can_be_moved_with_a_reason(desk):
    november = desk.periods[2]
    assert "23:59 30/11/2026" in text(desk.desk.get(url("period", november.pk)))
    page = url("move_due", november.pk, "commune")
    assert desk.desk.get(page).status_code == 200
    sent = {"day": "02/12/2026", "at_time": "17:00", "reason": "Bão số 9"}
    desk.desk.post(page, sent)
    shown = text(desk.desk.get(url("period", november.pk)))
    assert "17:00 02/12/2026" in shown
    assert "Bão số 9" in shown
    assert "Lý do" in errors(desk.desk.post(page, sent | {"reason": ""}))


def test_the_next_period_and_another_scheme_are_opened_by_form(desk):
    desk.desk.post(url("open_period"))
    assert queries.period_coded("2026-12")
    sent = {
        "since_on": "2027-01-01",
        "when": "-2",
        "at_time": "17:00",
        "lock_after_days": "5",
        "new_team_cutoff_days": "0",
    }
    desk.desk.post(url("change_rule", "hamlet"), sent)
    assert "17:00, 2 ngày trước ngày cuối kỳ" in text(desk.desk.get(url("due_rules")))
    desk.desk.post(url("use_scheme", "15-14"))
    assert queries.scheme_in_use() == PeriodScheme.objects.get(code="15-14")
    listed = text(desk.desk.get(url("periods")))
    assert "15/11" in listed
    assert "Tháng 11/2026<" not in listed


@pytest.mark.parametrize(
    ("page", "asked", "found"),
    [
        (("catalogue", "kinds"), "hop dan", "Họp dân có lồng ghép chuyển đổi số"),
        (("catalogue", "kinds"), "ngõ nhà", "Đến tận nhà hướng dẫn"),
        (("catalogue", "languages"), "khmer", "Khmer"),
        (("catalogue", "difficulties"), "kinh phi", "Kinh phí"),
        (("checks",), "da len san", "OCOP đã lên sàn"),
    ],
)
def test_short_catalogues_are_searched_by_vietnamese_words(desk, page_client, page, asked, found):
    client = page_client.as_(desk.ha)
    assert found in text(client.get(url(*page), {"q": asked}))
    assert found not in text(client.get(url(*page), {"q": f"{asked} zzz"}))
