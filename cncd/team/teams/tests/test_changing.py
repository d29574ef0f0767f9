"""Forming, consolidating and dissolving a team through its pages."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cncd.foundation.documents.models import Document
from cncd.foundation.people.models import Person
from cncd.team.teams.models import Team
from cncd.team.teams.queries import members_on
from cncd.team.teams.tests.rosters import ON
from cncd.team.teams.tests.sending import DECISION, TWO, confirmed, formation, sent, standing, text
from tests.cast import TODAY, person, place

pytestmark = pytest.mark.usefixtures("today")


def test_a_team_is_formed_through_the_page_with_its_decision_and_file(lan, empty):
    assert "Ấp Mỹ Lợi" in text(lan.get("/teams/form/", {"place": empty.pk}))
    scan = SimpleUploadedFile("qd.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    data = formation(empty, rows=[row | {"component": ""} for row in TWO])
    shown = lan.post("/teams/form/", data | {"decision-file": scan})
    assert "Chưa thành viên nào có tài khoản" in text(shown)
    kept = re.search(r'name="decision-kept" value="([0-9a-f-]+)"', shown.content.decode())[1]
    button = re.search(r'name="confirmed" value="([0-9a-f]+)"', shown.content.decode())[1]
    assert not Team.objects.filter(coverages__place=empty).exists()
    answer = lan.post("/teams/form/", data | {"decision-kept": kept, "confirmed": button})
    team = Team.objects.get(coverages__place=empty)
    assert answer.url == f"/teams/{team.pk}/"
    assert team.formed_by.number == "21/QĐ-UBND"
    assert team.formed_by.file.name == "qd.pdf"
    assert [str(row.person) for row in members_on(team, ON)] == ["Thạch Sáu", "Lý Ánh"]
    assert "qd.pdf" in text(lan.get(answer.url))


def test_a_change_after_the_look_asks_for_another_look(lan, empty):
    data = formation(empty)
    shown = lan.post("/teams/form/", data)
    button = re.search(r'name="confirmed" value="([0-9a-f]+)"', shown.content.decode())[1]
    other = data | {"name": "Tổ khác", "confirmed": button}
    assert 'name="confirmed"' in lan.post("/teams/form/", other).content.decode()
    assert not Team.objects.filter(coverages__place=empty).exists()


def test_the_same_page_sent_twice_forms_one_team(lan, empty):
    page = lan.get("/teams/form/").content.decode()
    envelope = re.search(r'name="envelope" value="([0-9a-f-]+)"', page)[1]
    data = formation(empty, envelope=envelope)
    first = confirmed(lan, "/teams/form/", data)
    button = first.wsgi_request.POST["confirmed"]
    second = lan.post("/teams/form/", data | {"confirmed": button})
    assert first.url == second.url
    assert Team.objects.filter(coverages__place=empty).count() == 1


def test_eleven_members_are_refused_on_the_page_and_nothing_is_written(lan, empty):
    people = Person.objects.count()
    rows = [{"full_name": f"Người Thứ {n}"} for n in range(11)]
    page = text(lan.post("/teams/form/", formation(empty, rows=rows)))
    assert "Tổ sẽ có 11 người; tối đa chỉ 10 người" in page
    assert not Team.objects.filter(coverages__place=empty).exists()
    assert Person.objects.count() == people
    assert not Document.objects.filter(number="21/QĐ-UBND").exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"decision-number": ""}, "Số, ký hiệu"),
        ({"decision-issued_on": "20/10/2027"}, "2027"),
        ({"since_on": "mai"}, "22/11/2026"),
        ({"since_on": "01/11/2062"}, "hơn một năm"),
        ({"members-0-contact_phone": "123"}, "số điện thoại"),
    ],
)
def test_bad_input_is_answered_at_its_field(lan, empty, wrong, words):
    answer = lan.post("/teams/form/", formation(empty) | wrong)
    assert answer.status_code == 200
    assert words.casefold() in answer.content.decode().casefold()
    assert not Team.objects.filter(coverages__place=empty).exists()


def test_a_hamlet_of_another_commune_cannot_be_chosen(lan, cast, empty):
    data = formation(empty) | {"places": [empty.pk, cast.hoa_loc.pk]}
    assert "places" in lan.post("/teams/form/", data).context["page"].head.errors


def test_a_number_given_to_another_decision_is_refused_and_the_same_decision_is_cited(
    lan, cast, empty
):
    confirmed(lan, "/teams/form/", formation(empty))
    other = place(cast, "ap", "31552.004", "Mỹ Lộc", cast.nhon_my, cast.ke_sach, cast.soc_trang)
    rows = [{"full_name": "Trà Nghĩa", "position": "leader"}]
    taken = formation(other, rows=rows) | {"decision-issued_on": "21/10/2026"}
    assert "number" in lan.post("/teams/form/", taken).context["page"].decision.errors
    confirmed(lan, "/teams/form/", formation(other, rows=rows))
    assert Team.objects.get(coverages__place=other).formed_by.teams_formed.count() == 2


def test_a_known_name_asks_who_is_meant(lan, cast, empty):
    person("Thạch Sáu", home=cast.my_hoa)
    page = lan.post("/teams/form/", formation(empty))
    assert "Đây là ai?" in text(page)
    known = Person.objects.get(full_name="Thạch Sáu")
    chosen = formation(empty) | {"members-0-person": known.pk}
    confirmed(lan, "/teams/form/", chosen)
    team = Team.objects.get(coverages__place=empty)
    assert team.memberships.get(position="leader").person == known
    assert Person.objects.filter(full_name="Thạch Sáu").count() == 1


def test_somebody_else_of_the_same_name_can_be_added(lan, cast, empty):
    person("Thạch Sáu", home=cast.my_hoa)
    confirmed(lan, "/teams/form/", formation(empty) | {"members-0-person": "new"})
    assert Person.objects.filter(full_name="Thạch Sáu").count() == 2


def test_one_more_line_works_with_and_without_javascript(lan, empty):
    page = lan.post("/teams/form/", formation(empty) | {"add": "1"}).content.decode()
    assert 'name="members-2-full_name"' in page
    assert "Thạch Sáu" in page
    row = lan.get("/teams/form/row/", {"members-TOTAL_FORMS": "2"}).content.decode()
    assert 'name="members-2-full_name"' in row
    assert 'value="3"' in row
    lan.get("/teams/form/row/", {"members-TOTAL_FORMS": "x"})
    who = lan.get("/teams/form/who/", {"members-0-full_name": "kim thi bay"}).content.decode()
    assert "Kim Thị Bảy" in who


def test_only_commune_officers_open_the_form(page_client, cast):
    for other in (cast.minh, cast.tu, cast.xem):
        assert page_client.as_(other).get("/teams/form/").status_code == 403
    assert page_client.as_(cast.hung).get("/teams/form/").status_code == 200


def test_a_consolidation_is_shown_before_it_is_saved(lan, cast):
    nhan = cast.team.memberships.get(person=cast.nhan.person)
    cuong = cast.team.memberships.get(person=cast.cuong.person)
    changed = {
        f"m{nhan.pk}": {"leave": "on"},
        f"m{cuong.pk}": {"position": "deputy", "hamlet_post": "union"},
    }
    data = (
        sent([{"full_name": "Thạch Sáu"}], on="01/11/2026", places=[cast.my_phuoc.pk])
        | DECISION
        | standing(cast.team, **changed)
    )
    address = f"/teams/{cast.team.pk}/consolidate/"
    shown = text(lan.post(address, data))
    for words in ("Số thành viên: trước 4, sau 4.", "Thạch Sáu (Tổ viên)",
                  "Thạch Thị Nhàn (Tổ phó)", "Tổ viên → Tổ phó"):  # fmt: skip
        assert words in shown
    assert cast.team.memberships.count() == 4
    assert confirmed(lan, address, data).url == f"/teams/{cast.team.pk}/"
    names = [str(row.person) for row in members_on(cast.team, TODAY)]
    assert names == ["Sơn Văn Tư", "Lý Văn Cường", "Kim Thị Bảy", "Thạch Sáu"]


def test_an_untouched_consolidation_says_so(lan, cast):
    data = sent([], on="01/11/2026", places=[cast.my_phuoc.pk]) | DECISION | standing(cast.team)
    page = text(lan.post(f"/teams/{cast.team.pk}/consolidate/", data))
    assert "Chưa có thay đổi nào" in page


def test_a_team_is_dissolved_through_the_page(lan, cast):
    address = f"/teams/{cast.team_my_hoa.pk}/dissolve/"
    assert lan.get(address).status_code == 200
    lan.post(address, DECISION | {"on": "01/11/2026", "reason": "sáp nhập ấp"})
    cast.team_my_hoa.refresh_from_db()
    assert cast.team_my_hoa.last_day == dt.date(2026, 10, 31)
    assert "Đã giải thể" in text(lan.get(f"/teams/{cast.team_my_hoa.pk}/"))
    again = text(lan.post(address, DECISION | {"on": "05/11/2026"}))
    assert "Tổ đã giải thể từ ngày 01/11/2026" in again
