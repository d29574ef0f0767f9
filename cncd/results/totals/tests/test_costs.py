"""What a result cost: money of the same units and months, or the reason why it cannot be said."""

import datetime as dt

import pytest
from django.utils import timezone

from cncd.results.totals.costs import costs_of, months_of
from cncd.results.totals.models import PlaceTotal
from cncd.team.programme.models import Period
from cncd.work.money.tests.conftest import c, november, put, said  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db
OCTOBER = dt.date(2026, 10, 5)


@pytest.fixture
def result(c):  # noqa: F811
    """result(place, code, number): what was accepted of October."""

    def made(place, code, number):
        period = Period.objects.get(code="2026-10")
        row, _made = PlaceTotal.objects.get_or_create(
            place=place, period=period,
            defaults={"level": place.level, "updated_at": timezone.now()},
        )  # fmt: skip
        row.figures = row.figures | {code: [number, 0, 0, 1, 0]}
        row.save()

    return made


def cost(place, code):
    [found] = costs_of([place.pk], months_of(2026, dt.date(2026, 11, 22)), [code])
    return found


def test_money_of_the_unit_and_below_over_what_was_reported_for_the_same_months(
    c,  # noqa: F811
    put,  # noqa: F811
    result,
):
    put(OCTOBER, amount=3_000_000)
    put(OCTOBER, amount=2_000_000, place=c.ke_sach, by=c.minh, purpose=c.equipment)
    put(amount=9_000_000)  # November still runs: neither its money nor its results
    result(c.ke_sach, "TC08", 1_000)
    result(c.ke_sach, "TC11", 7)
    helped, trained = cost(c.ke_sach, "TC08"), cost(c.ke_sach, "TC11")
    assert (helped.spent, helped.number, helped.per_result) == (5_000_000, 1_000, 5_000)
    assert (helped.over.stated, helped.over.asked) == (1, 2)  # of September nothing was reported
    assert helped.books == (2, 3)  # the district and one of its two communes
    assert (trained.spent, trained.per_result) == (3_000_000, 428_571)  # training money alone


def test_where_it_cannot_be_said_the_reason_stands(c, put, result):  # noqa: F811
    assert cost(c.nhon_my, "TC08").why == "chưa ghi khoản chi nào"
    put(OCTOBER)
    assert cost(c.nhon_my, "TC08").why == "chưa có kết quả báo cáo"
    result(c.nhon_my, "TC08", 0)
    assert cost(c.nhon_my, "TC08").why == "chưa có kết quả nào"
    assert cost(c.nhon_my, "TC08").per_result is None


def test_the_page_opens_both_sides_and_the_rows_are_those_counted(
    c,  # noqa: F811
    put,  # noqa: F811
    result,
    page_client,
    django_assert_max_num_queries,
):
    put(OCTOBER, what="Khoản tháng mười")
    put(what="Khoản tháng mười một")
    result(c.ke_sach, "TC08", 100)
    minh = page_client.as_(c.minh)
    with django_assert_max_num_queries(34):
        page = minh.get("/money/results/").content.decode()
    assert "12.500" in page
    rows = f"/money/spending/?u={c.ke_sach.pk}&amp;year=2026&amp;level=all&amp;until=2026-10-31"
    assert rows in page
    assert f"/totals/unit/?u={c.ke_sach.pk}" in page
    opened = minh.get(rows.replace("&amp;", "&")).content.decode()
    assert "Khoản tháng mười" in opened
    assert "Khoản tháng mười một" not in opened
    assert "Xã Nhơn Mỹ" in minh.get("/money/results/", {"code": "TC08"}).content.decode()
    assert page_client.as_(c.tu).get("/money/results/").status_code == 403
