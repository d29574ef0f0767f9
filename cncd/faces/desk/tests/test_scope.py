import datetime as dt

import pytest
import time_machine
from django.test import RequestFactory

from cncd.faces.desk.scope import Scope
from cncd.foundation.people.models import Posting
from cncd.foundation.places.actions import change_place
from cncd.foundation.places.models import Setting
from cncd.team.programme.models import Period, PeriodScheme
from cncd.team.teams.models import Membership
from tests.cast import BEGINNING, TODAY, team

pytestmark = [pytest.mark.urls("tests.gallery"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def months(cast):
    scheme = PeriodScheme.objects.create(code="month", name="Tháng", in_use=True)
    ends = {9: 30, 10: 31, 11: 30, 12: 31}
    return [
        Period.objects.create(
            scheme=scheme,
            code=f"2026-{n:02}",
            first_day=dt.date(2026, n, 1),
            last_day=dt.date(2026, n, end),
        )
        for n, end in ends.items()
    ]


def scope(user, query="", session=None):
    """What a page of this address is about, for this person."""
    request = RequestFactory().get(f"/x/?{query}")
    request.user, request.session = user, {} if session is None else session
    request._messages = []
    request._messages = type("Said", (list,), {"add": lambda self, *said: self.append(said)})()
    found = Scope(request)
    found.said = request._messages
    return found


def test_one_begins_with_ones_own_unit(cast):
    assert scope(cast.lan).unit_name == "Xã Nhơn Mỹ"
    assert scope(cast.minh).unit_name == "Huyện Kế Sách"
    assert scope(cast.ha).unit_name == "Tỉnh Sóc Trăng"


def test_a_link_opens_a_unit_within_reach(cast):
    assert scope(cast.ha, f"u={cast.nhon_my.pk}").place == cast.nhon_my
    assert scope(cast.minh, f"u={cast.nhon_my.pk}").place == cast.nhon_my


def test_a_unit_out_of_reach_gives_way_to_ones_own_with_a_word(cast):
    found = scope(cast.minh, f"u={cast.tran_de.pk}")
    assert found.place == cast.ke_sach
    assert len(found.said) == 1


@pytest.mark.parametrize("asked", ["0", "-1", "x", "9" * 30, "1; DROP", "٣"])
def test_nonsense_in_the_address_breaks_nothing(cast, months, asked):
    found = scope(cast.minh, f"u={asked}&k={asked}&t={asked}")
    assert found.place == cast.ke_sach
    assert found.period == months[2]


def test_the_unit_stays_from_page_to_page(cast):
    session = {}
    assert scope(cast.ha, f"u={cast.nhon_my.pk}", session).place == cast.nhon_my
    assert scope(cast.ha, "", session).place == cast.nhon_my


def test_a_remembered_unit_is_forgotten_when_it_is_out_of_reach(cast):
    session = {"scope.u": cast.tran_de.pk}
    found = scope(cast.minh, "", session)
    assert found.place == cast.ke_sach
    assert not found.said


def test_the_trail_shows_what_is_above_and_opens_what_is_ones_own(cast):
    trail = scope(cast.minh, f"u={cast.nhon_my.pk}").trail
    assert [place.name for place in trail] == ["Sóc Trăng", "Kế Sách", "Nhơn Mỹ"]
    assert [place.open for place in trail] == [False, True, True]


def test_who_holds_no_place_but_everything_begins_at_the_top(cast):
    user = cast.outsider
    user.person.postings.all().delete()
    user.is_superuser = True
    assert scope(user).place in (cast.soc_trang, cast.bac_lieu)
    assert all(place.open for place in scope(user, f"u={cast.nhon_my.pk}").trail)


def test_a_team_member_has_a_team_and_no_unit(cast):
    found = scope(cast.tu)
    assert found.place is None
    assert found.trail == []
    assert found.team == cast.team
    assert found.commune.name == "Nhơn Mỹ"


def test_who_serves_two_teams_may_change_between_them(cast):
    both = team(cast, "X1", "Tổ thứ hai", cast.hoa_loc, (cast.tu.person, "member"))
    session = {}
    assert set(scope(cast.tu).teams) == {cast.team, both}
    assert scope(cast.tu, f"t={both.pk}", session).team == both
    assert scope(cast.tu, "", session).team == both
    assert scope(cast.tu, "", session).commune.name == "Xuân Hòa"


def test_a_form_names_the_team_it_was_opened_for(cast):
    both = team(cast, "X1", "Tổ thứ hai", cast.hoa_loc, (cast.tu.person, "member"))
    assert f"t={both.pk}" in scope(cast.tu, f"t={both.pk}").address
    assert "t=" not in scope(cast.minh).address


def test_nobody_opens_a_team_of_others(cast):
    assert scope(cast.tu, f"t={cast.team_dau_giong.pk}").team == cast.team


def test_who_left_the_team_has_none(cast):
    Membership.objects.filter(person=cast.tu.person).update(until_on=TODAY)
    assert scope(cast.tu).team is None
    assert scope(cast.tu).officer is None


def test_the_commune_officer_with_a_number_can_be_called(cast):
    assert scope(cast.tu).officer is None
    cast.lan.person.contact_phone = "0912345678"
    cast.lan.person.save()
    assert scope(cast.tu).officer.person == cast.lan.person
    Posting.objects.filter(person=cast.lan.person).update(until_on=TODAY)
    assert scope(cast.tu).officer is None


def test_the_period_is_todays_unless_another_is_asked_for(cast, months):
    assert scope(cast.lan).period == months[2]
    assert scope(cast.lan).day == TODAY
    october = scope(cast.lan, "k=2026-10")
    assert october.period == months[1]
    assert october.day == dt.date(2026, 10, 31)
    assert october.query == {"u": cast.nhon_my.pk, "k": "2026-10"}


def test_an_earlier_period_stays_but_now_is_never_kept(cast, months):
    session = {}
    assert scope(cast.lan, "k=2026-10", session).period == months[1]
    assert scope(cast.lan, "", session).period == months[1]
    assert scope(cast.lan, "k=2026-11", session).period == months[2]
    with time_machine.travel(dt.datetime(2026, 12, 2, tzinfo=dt.UTC)):
        assert scope(cast.lan, "", session).period == months[3]


def test_before_any_period_is_open_the_day_is_today(cast):
    found = scope(cast.lan)
    assert found.period is None
    assert found.day == TODAY
    assert found.query == {"u": cast.nhon_my.pk}


def test_names_are_those_of_the_period_not_of_today(cast, months):
    since = dt.date(2026, 11, 1)
    change_place(place=cast.nhon_my, on=since, by=cast.quan_tri, name="Nhơn Mỹ Mới")
    assert scope(cast.lan).unit_name == "Xã Nhơn Mỹ Mới"
    assert scope(cast.lan, "k=2026-10").unit_name == "Xã Nhơn Mỹ"


def test_a_page_warns_of_the_link_it_could_not_obey(page_client, cast, months):
    client = page_client.as_(cast.minh)
    html = client.get(f"/gallery/?u={cast.tran_de.pk}").content.decode()
    assert "nằm ngoài phạm vi của anh/chị" in html
    assert "Huyện Kế Sách" in html
    assert "Không có kỳ này" in client.get("/gallery/?k=1999-01").content.decode()


def test_the_frame_of_a_page_costs_few_queries(
    page_client, cast, months, django_assert_max_num_queries
):
    Setting.objects.create(key="demo.banner", value="Dữ liệu minh họa", since_on=BEGINNING)
    client = page_client.as_(cast.minh)
    client.get("/gallery/")
    with django_assert_max_num_queries(13):
        html = client.get("/gallery/").content.decode()
    assert "Dữ liệu minh họa" in html


def test_numbered_units_and_namesakes_keep_their_type_word_in_the_trail(cast):
    cast.nhon_my.versions.update(name="6", kind=cast.kinds["phuong"])
    cast.ke_sach.versions.update(name="Sóc Trăng", kind=cast.kinds["thanh_pho"])
    trail = scope(cast.ha, f"u={cast.my_phuoc.pk}").trail
    labels = [place.label for place in trail]
    assert labels == ["Sóc Trăng", "Thành phố Sóc Trăng", "Phường 6", "Mỹ Phước"]


def test_the_phone_names_a_numbered_commune_in_full(page_client, cast):
    cast.nhon_my.versions.update(name="6", kind=cast.kinds["phuong"])
    html = page_client.as_(cast.tu).get("/gallery/phone/").content.decode()
    assert " · <span>Phường 6</span>" in html
