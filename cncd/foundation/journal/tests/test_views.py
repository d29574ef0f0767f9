"""The journal is read by officers, each within reach."""

import datetime as dt
import io

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from openpyxl import load_workbook

from cncd.foundation.journal.actions import record
from cncd.foundation.journal.models import Entry

NOON = dt.datetime(2026, 11, 10, 5, tzinfo=dt.UTC)


@pytest.fixture
def client(page_client):
    """Every page opened here is examined as well."""
    return page_client


@pytest.fixture
def entries(cast):
    """One change in Nhơn Mỹ, one in Xuân Hòa, one of no place by the province."""
    Entry.objects.all().delete()
    cast.entry = record(
        event="team.formed",
        subject=cast.team,
        by=cast.lan,
        place=cast.my_phuoc,
        team=cast.team,
        after={"number": "12/QĐ-UBND", "members": 9},
        personal={"joined": ("", "Sơn Văn Tư")},
        reason="Theo kế hoạch",
        rows=[{"team": cast.team.pk, "name": "Tổ thứ nhất"}],
        now=NOON,
    )
    record(
        event="place.changed", subject=cast.xuan_hoa, by=cast.dung, place=cast.xuan_hoa, now=NOON
    )
    later = NOON + dt.timedelta(days=5)
    record(event="file.stored", subject=cast.team, by=cast.ha, now=later)
    return cast


def page(client, user, address="/journal/") -> str:
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def actors(client, user, address="/journal/") -> set[str]:
    client.force_login(user)
    found = client.get(address).context["list"].page.object_list
    return {entry.actor_name for entry in found}


def test_each_sees_the_entries_of_their_reach_and_their_own(client, entries):
    lan, dung, ha = str(entries.lan), str(entries.dung), str(entries.ha)
    everywhere = "/journal/?where="
    assert actors(client, entries.lan, everywhere) == {lan}
    assert actors(client, entries.dung, everywhere) == {dung}
    assert actors(client, entries.minh, everywhere) == {lan, dung}
    assert actors(client, entries.ha, everywhere) == {lan, dung, ha}
    assert actors(client, entries.son, everywhere) == set()
    assert actors(client, entries.outsider, everywhere) == set()


def test_teams_do_not_read_the_journal(client, entries):
    client.force_login(entries.tu)
    assert client.get("/journal/").status_code == 403


def test_the_unit_in_sight_narrows_it(client, entries):
    unit = f"/journal/?u={entries.nhon_my.pk}"
    assert actors(client, entries.ha, unit) == {str(entries.lan)}


def test_it_is_one_sentence_with_what_changed_and_why(client, entries):
    text = page(client, entries.lan)
    assert "12/QĐ-UBND" in text
    assert "Theo kế hoạch" in text
    assert "12:00 10/11/2026" in text
    assert "team.formed" not in text
    assert "digest" not in text


def test_names_of_people_are_shown_to_those_who_may_see_people(client, entries):
    assert "Sơn Văn Tư" in page(client, entries.lan)
    assert "Sơn Văn Tư" not in page(client, entries.xem)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=lan", {"lan"}),
        ("q=NGUYEN+thi", {"lan"}),
        ("q=ke+hoach", {"lan"}),
        ("q=vo+ich", set()),
        ("room=teams", {"lan"}),
        ("since=12/11/2026&until=", {"ha"}),
        ("since=10/11/2026&until=10/11/2026", {"lan", "dung"}),
    ],
)
def test_search_group_and_days_narrow_it(client, entries, query, found):
    names = {str(getattr(entries, who)) for who in found}
    assert actors(client, entries.ha, f"/journal/?where=&{query}") == names


def test_a_person_narrows_it(client, entries):
    address = f"/journal/?where=&actor={entries.dung.pk}"
    assert actors(client, entries.ha, address) == {str(entries.dung)}


def test_days_in_the_wrong_order_are_told(client, entries):
    text = page(client, entries.ha, "/journal/?since=12/11/2026&until=10/11/2026")
    assert "Ngày này trước ngày bắt đầu" in text


def test_one_record_has_its_own_history(client, entries):
    text = page(client, entries.lan, f"/journal/?about=teams.team:{entries.team.pk}")
    assert "Lịch sử: Tổ CNCĐ ấp Mỹ Phước" in text
    assert "12/QĐ-UBND" in text


@pytest.mark.parametrize("about", ["teams.team:abc", "x", "no.such:1", ":", "teams.team:"])
def test_a_history_of_nothing_is_empty(client, entries, about):
    assert actors(client, entries.lan, f"/journal/?about={about}") <= {str(entries.lan)}


def test_a_batch_opens_to_its_rows(client, entries):
    address = f"/journal/{entries.entry.pk}/"
    assert address in page(client, entries.lan)
    assert "Tổ thứ nhất" in page(client, entries.lan, address)
    client.force_login(entries.dung)
    assert client.get(address).status_code == 404


def test_many_entries_take_as_many_queries_as_few(client, entries, django_assert_max_num_queries):
    client.force_login(entries.ha)
    for number in range(19):
        record(
            event="team.formed",
            subject=entries.team,
            by=entries.lan,
            place=entries.my_phuoc,
            personal={"joined": ("", f"Người {number}")},
        )
    with django_assert_max_num_queries(32):
        client.get("/journal/")


def test_it_goes_to_excel_as_sentences(client, entries):
    client.force_login(entries.lan)
    response = client.get("/journal/?export=xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).active
    texts = [str(cell.value) for row in sheet for cell in row]
    assert any("12/QĐ-UBND" in text and "Sơn Văn Tư" in text for text in texts)


def test_the_history_of_a_record_stands_on_its_page(entries):
    request = RequestFactory().get("/")
    request.user = entries.tu
    template = Template("{% load journal %}{% history team %}")
    text = template.render(Context({"request": request, "team": entries.team}))
    assert "12/QĐ-UBND" in text
    assert "Tệp" not in text or "đã tải lên" in text
    assert "Sơn Văn Tư" in text or "không hiển thị" in text
    assert "/journal/" not in text  # a team does not open the journal itself
    nothing = template.render(Context({"request": request, "team": entries.team_dau_giong}))
    assert "Chưa ghi nhận thay đổi nào" in nothing
