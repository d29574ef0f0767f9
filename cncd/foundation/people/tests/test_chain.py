"""The page of coordination: the chain on a day, through whom, and where nobody is (II.2.9)."""

import datetime as dt

from cncd.foundation.people import actions
from cncd.foundation.people.models import Branch, Posting
from tests.cast import BEGINNING, TODAY, person

DAY = dt.timedelta(days=1)


def delegated(cast):
    branch = Branch.objects.get(code="ubnd")
    board, office = (
        actions.create_agency(
            name=name, branch=branch, place=cast.ke_sach, since_on=BEGINNING, by=None
        )
        for name in ("UBND huyện Kế Sách", "Phòng VH&TT Kế Sách")
    )
    phong = person("Trần Thị Phòng", "phong")
    actions.post_person(
        person=phong, role="reader", place=cast.ke_sach, since_on=BEGINNING, agency=office, by=None
    )
    actions.delegate(
        giver=board, taker=office, role="district_officer", place=cast.ke_sach,
        since_on=TODAY - 10 * DAY, until_on=TODAY + 10 * DAY, by=None,
    )  # fmt: skip


def test_the_chain_of_a_commune_names_the_agency_while_the_delegation_holds(page_client, cast):
    delegated(cast)
    lan = page_client.as_(cast.lan)
    now = lan.get("/coordination/").text
    assert "Phòng VH&amp;TT Kế Sách (được Huyện Kế Sách ủy quyền) hướng dẫn, từ 12/11/2026" in now
    assert "Trần Thị Phòng" in now
    after = lan.get("/coordination/?d=02/12/2026").text
    assert "do Huyện Kế Sách hướng dẫn, từ 01/01/2022" in after
    assert "Trần Thị Phòng" not in after


def test_a_unit_with_nobody_is_a_finding_with_a_way_to_post_somebody(page_client, cast):
    minh = page_client.as_(cast.minh)
    assert "chưa có người" not in minh.get("/coordination/").text
    actions.end_posting(
        posting=Posting.objects.get(person=cast.dung.person), until_on=TODAY, by=None
    )
    page = minh.get("/coordination/?d=22/11/2026").text
    assert "chưa có người" in page
    assert f"/people/?u={cast.xuan_hoa.pk}" in page
    assert (
        "Nguyễn Thị Lan"
        not in minh.get("/coordination/?d=22/11/2026&state=gap#x")
        .text.split("Các đơn vị bên dưới")[1]
        .split("Bản chữ")[0]
    )


def test_a_day_that_is_none_is_said_at_the_field_and_today_is_shown(page_client, cast):
    page = page_client.as_(cast.lan).get("/coordination/?d=32/13/2026").text
    assert "22/11/2026" in page  # the example in the error
    assert "Nguyễn Thị Lan" in page


def test_the_page_of_the_province_takes_a_fixed_number_of_queries(
    page_client, cast, django_assert_max_num_queries
):
    delegated(cast)
    ha = page_client.as_(cast.ha)
    with django_assert_max_num_queries(40):
        ha.get("/coordination/")
