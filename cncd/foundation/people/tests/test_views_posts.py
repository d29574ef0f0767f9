"""The pages about posts, substitutes, delegations and agencies, as officers use them."""

import datetime as dt

import pytest
import time_machine

from cncd.foundation.people import actions
from cncd.foundation.people.models import Agency, Delegation, Posting
from tests.cast import TODAY

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def minh(cast, page_client):
    return page_client.as_(cast.minh)


@pytest.fixture
def ha(cast, page_client):
    return page_client.as_(cast.ha)


@pytest.fixture
def hoa(cast):
    return actions.add_person(full_name="Sơn Thị Hoa", home=cast.nhon_my, by=cast.lan)


def text(response) -> str:
    return response.content.decode()


def posting_of(user) -> Posting:
    return Posting.objects.get(person=user.person)


def post_form(cast, **changes):
    return {
        "role": "commune_officer",
        "place": cast.nhon_my.pk,
        "since_on": "22/11/2026",
        "until_on": "31/12/2026",
    } | changes


def role_pk(cast, code):
    return cast.roles[code].pk


def test_posting_with_the_decision_it_rests_on(cast, minh, hoa):
    form = post_form(cast, role=role_pk(cast, "commune_officer")) | {
        "paper-number": "12/QĐ-UBND",
        "paper-issued_on": "20/11/2026",
        "paper-issuer": "UBND huyện Kế Sách",
    }
    response = minh.post(f"/people/{hoa.pk}/post/", form)
    assert response.status_code == 302, text(response)
    posting = Posting.objects.get(person=hoa)
    assert posting.until_on == dt.date(2027, 1, 1), "31/12 is the last day"
    assert posting.document.number == "12/QĐ-UBND"
    assert "31/12/2026" in text(minh.get(f"/people/{hoa.pk}/"))


def test_a_half_filled_decision_is_asked_to_be_completed(cast, minh, hoa):
    form = post_form(cast, role=role_pk(cast, "commune_officer")) | {"paper-number": "12/QĐ-UBND"}
    assert minh.post(f"/people/{hoa.pk}/post/", form).status_code == 200
    assert not Posting.objects.filter(person=hoa).exists()


def test_an_overlapping_post_is_explained_on_the_form(cast, minh):
    form = post_form(cast, role=role_pk(cast, "commune_officer"))
    page = text(minh.post(f"/people/{cast.lan.person_id}/post/", form))
    assert "đang giữ nhiệm vụ Cán bộ cấp xã tại Xã Nhơn Mỹ từ ngày 01/01/2022" in page


def test_a_role_of_another_level_is_explained_on_the_form(cast, minh, hoa):
    page = text(
        minh.post(
            f"/people/{hoa.pk}/post/", post_form(cast, role=role_pk(cast, "district_officer"))
        )
    )
    assert "thuộc cấp huyện" in page


def test_roles_above_are_not_offered(cast, minh, hoa):
    page = text(minh.get(f"/people/{hoa.pk}/post/"))
    assert "Cán bộ cấp huyện" in page
    assert "Cán bộ cấp tỉnh" not in page
    assert "Quản trị" not in page


def test_handing_over_shows_what_passes(cast, minh, hoa):
    posting = posting_of(cast.lan)
    actions.substitute(
        posting=posting,
        person=cast.dung.person,
        since_on=TODAY,
        until_on=TODAY + 9 * DAY,
        by=cast.minh,
    )
    address = f"/postings/{posting.pk}/hand-over/"
    page = text(minh.get(address))
    for words in (
        "Những gì chuyển cho người kế nhiệm",
        "Lê Thị Dung thay từ ngày 22/11/2026",
        "Thành lập, kiện toàn",
        "Sơn Thị Hoa",
    ):
        assert words in page
    minh.post(address, {"successor": hoa.pk, "on": "23/11/2026", "carry_substitutes": "on"})
    assert Posting.objects.get(person=hoa).since_on == dt.date(2026, 11, 23)


def test_a_successor_is_searched_for(cast, minh, hoa):
    address = f"/postings/{posting_of(cast.lan).pk}/hand-over/"
    assert "Lê Thị Dung" not in text(minh.get(address)).split('<form class="form-page"')[1]
    assert (
        "Lê Thị Dung" in text(minh.get(address, {"q": "dung"})).split('<form class="form-page"')[1]
    )


def test_naming_and_ending_a_substitute(cast, minh, hoa):
    posting = posting_of(cast.lan)
    minh.post(
        f"/postings/{posting.pk}/substitute/",
        {"person": hoa.pk, "since_on": "22/11/2026", "until_on": "30/11/2026"},
    )
    row = posting.substitutions.get()
    assert row.until_on == dt.date(2026, 12, 1)
    minh.post(f"/substitutions/{row.pk}/end/", {"until_on": "25/11/2026"})
    row.refresh_from_db()
    assert row.until_on == dt.date(2026, 11, 26)


def test_ending_a_post(cast, minh):
    posting = posting_of(cast.lan)
    page = minh.post(f"/postings/{posting.pk}/end/", {"until_on": "01/01/2020"})
    assert "ngày cuối không được trước" in text(page)
    minh.post(f"/postings/{posting.pk}/end/", {"until_on": "30/11/2026", "reason": "nghỉ hưu"})
    posting.refresh_from_db()
    assert posting.until_on == dt.date(2026, 12, 1)


def test_posts_elsewhere_are_not_found(cast, minh):
    elsewhere = posting_of(cast.son)
    for address in ("end", "hand-over", "substitute"):
        assert minh.get(f"/postings/{elsewhere.pk}/{address}/").status_code == 404


# -- agencies -----------------------------------------------------------------------------------


def test_founding_renaming_and_succeeding(cast, ha):
    branch = cast.ubnd_nhon_my.branch_id
    for name in ("Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ"):
        ha.post(
            "/agencies/add/",
            {"name": name, "branch": branch, "place": cast.soc_trang.pk, "since_on": "01/01/2022"},
        )
    old, new = Agency.objects.exclude(pk=cast.ubnd_nhon_my.pk).order_by("pk")
    ha.post(f"/agencies/{new.pk}/rename/", {"name": "Sở KH&CN", "on": "01/03/2025"})
    ha.post(
        f"/agencies/{old.pk}/succeed/", {"new": new.pk, "on": "01/03/2025", "move_postings": "on"}
    )
    page = text(ha.get(f"/agencies/{new.pk}/"))
    for words in ("Sở KH&amp;CN", "Kế thừa từ", "Sở Thông tin và Truyền thông", "28/02/2025"):
        assert words in page
    listed = text(ha.get("/agencies/"))
    assert "Sở KH&amp;CN" in listed
    assert "Sở Thông tin và Truyền thông" not in listed, "it has ended"
    assert "Sở Thông tin và Truyền thông" in text(ha.get("/agencies/?state=ended"))


def test_a_taken_name_is_explained(cast, ha):
    form = {
        "name": "Ủy ban nhân dân xã Nhơn Mỹ",
        "branch": cast.ubnd_nhon_my.branch_id,
        "place": cast.nhon_my.pk,
        "since_on": "22/11/2026",
    }
    assert "đã có cơ quan tên" in text(ha.post("/agencies/add/", form))


def test_delegating_between_agencies(cast, minh):
    branch = cast.ubnd_nhon_my.branch
    board, office = (
        actions.create_agency(
            name=name, branch=branch, place=cast.ke_sach, since_on=TODAY, by=cast.ha
        )
        for name in ("UBND huyện Kế Sách", "Phòng VH&TT")
    )
    form = {
        "giver": board.pk,
        "taker": office.pk,
        "role": role_pk(cast, "district_officer"),
        "place": cast.ke_sach.pk,
        "since_on": "22/11/2026",
    }
    minh.post("/delegations/add/", form)
    row = Delegation.objects.get()
    assert "Phòng VH&amp;TT" in text(minh.get("/delegations/"))
    minh.post(f"/delegations/{row.pk}/end/", {"until_on": "30/11/2026"})
    row.refresh_from_db()
    assert row.until_on == dt.date(2026, 12, 1)
