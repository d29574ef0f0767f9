"""Mailboxes and chats: nothing goes there before they are confirmed, nothing after they ended."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cncd.faces.notices.actions import (
    NotAnAddress,
    TooManyCodes,
    WrongCode,
    confirm_address,
    enter_address,
    make_code,
)
from cncd.faces.notices.delivering import deliver_waiting, send_code
from cncd.faces.notices.models import Address, Delivery, Try
from cncd.faces.notices.tests.conftest import NOON, reach, tell
from cncd.foundation.journal.models import Entry, PersonalValue

MINE = "tu@gmail.test"
PAGE = "/notices/to/email/"


def test_a_person_enters_a_mailbox_and_confirms_it_by_the_code_that_came(
    cast, clock, mailroom, page_client
):
    client = page_client.as_(cast.tu)
    page = client.post(PAGE, {"text": MINE}, follow=True).content.decode()
    assert "t…@gmail.test" in page
    assert MINE not in page
    assert mailroom.to(MINE) == []  # nobody waits for a mail server: a job sends it
    send_code(Address.objects.get().pk, "vi")
    tell(cast.tu)
    deliver_waiting()
    assert len(mailroom.to(MINE)) == 1  # the code alone
    assert "http" not in mailroom.to(MINE)[0].get_body(("plain",)).get_content()
    answer = client.post(PAGE, {"code": "000000"}).content.decode()
    assert "Mã chưa đúng" in answer
    client.post(PAGE, {"code": mailroom.code(MINE)})
    tell(cast.tu, "2")
    deliver_waiting()
    assert len(mailroom.to(MINE)) == 2


def test_a_letter_is_plain_and_html_with_one_link_and_a_way_to_end_it(
    cast, clock, mailroom, client
):
    reach(cast.tu, "email", MINE)
    [notice] = tell(cast.tu)
    deliver_waiting()
    [letter] = mailroom.to(MINE)
    assert letter["Subject"] == "Có 2 số cần xem lại"
    assert letter["From"].addresses[0].addr_spec == "cncd@soctrang.test"
    assert letter["Message-ID"] == f"<delivery-{Delivery.objects.get().pk}@soctrang.test>"
    for kind in ("plain", "html"):
        text = letter.get_body((kind,)).get_content()
        assert "Bấm vào sửa." in text
        assert text.count("http") == 1
        assert f"/notices/{notice.pk}/" in text
    assert b"\r\nList-Unsubscribe: <http://localhost:8000/notices/stop/" in mailroom.raw
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = letter["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    assert "Ngừng gửi" in client.get(stop).content.decode()
    assert Address.objects.exists()
    assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert not Address.objects.exists()
    assert client.get(stop).status_code == 200
    assert client.get("/notices/stop/not-ours/").status_code == 200


def test_the_address_is_kept_encrypted_and_the_journal_tells_little_of_it(cast, clock, mailroom):
    address = reach(cast.tu, "email", MINE)
    assert MINE not in address.sealed
    assert "tu@" not in str(list(Entry.objects.values_list("after", flat=True)))
    assert MINE not in str(list(PersonalValue.objects.values()))


def test_a_code_holds_for_a_quarter_of_an_hour_and_five_tries(cast, clock, mailroom):
    address = enter_address(channel="email", text=MINE, by=cast.tu, now=NOON)
    code = make_code(address=address, now=NOON)
    late = NOON + dt.timedelta(minutes=16)
    with pytest.raises(WrongCode):
        confirm_address(address=address, code=code, by=cast.tu, now=late)
    for _try in range(4):
        with pytest.raises(WrongCode):
            confirm_address(address=address, code="x", by=cast.tu, now=NOON)
    with pytest.raises(WrongCode):
        confirm_address(address=address, code=code, by=cast.tu, now=NOON)


def test_nobody_has_us_fill_a_strangers_mailbox_with_codes(cast, clock, mailroom):
    for _time in range(6):
        enter_address(channel="email", text=MINE, by=cast.tu)
    with pytest.raises(TooManyCodes):
        enter_address(channel="email", text=MINE, by=cast.tu)


@pytest.mark.parametrize(
    "text", ["", "tu", "a@b", "a@b.vn, c@d.vn", "a@b.vn\nBcc: c@d.vn", "@b.vn"]
)
def test_what_is_no_mailbox_is_refused(cast, clock, mailroom, text):
    with pytest.raises(NotAnAddress):
        enter_address(channel="email", text=text, by=cast.tu)


def test_a_mailbox_that_is_no_more_is_not_written_to_again_and_its_owner_sees_it(
    cast, clock, mailroom, page_client
):
    reach(cast.tu, "email", MINE)
    mailroom.refuses[MINE] = f"550 5.1.1 <{MINE}> no such user"
    tell(cast.tu)
    deliver_waiting()
    assert Delivery.objects.get().state == "gone"
    assert Try.objects.get().status == 550
    assert MINE not in Try.objects.get().told
    tell(cast.tu, "2")
    assert Delivery.objects.count() == 1
    page = page_client.as_(cast.tu).get("/notices/settings/").content.decode()
    assert "bị trả lại" in page


def test_a_server_that_is_busy_or_down_is_tried_again(cast, clock, mailroom, settings):
    reach(cast.tu, "email", MINE)
    mailroom.refuses[MINE] = "451 4.3.0 try later"
    tell(cast.tu)
    for minutes in (0, 0.5, 1, 6):
        clock.move_to(NOON + dt.timedelta(minutes=minutes))
        deliver_waiting()
    assert [row.status for row in Try.objects.all()] == [451] * 3
    mailroom.refuses.clear()
    clock.move_to(NOON + dt.timedelta(hours=1))
    deliver_waiting()
    assert Delivery.objects.get().state == "sent"
    assert len(mailroom.to(MINE)) == 1


def test_without_a_mail_server_nobody_is_asked_for_a_mailbox(cast, settings, page_client):
    settings.MAIL = None
    client = page_client.as_(cast.tu)
    assert "/notices/to/email/" not in client.get("/notices/settings/").content.decode()
    assert client.get(PAGE).status_code == 404


def test_many_letters_go_over_few_lines(cast, clock, mailroom):
    reach(cast.tu, "email", MINE)
    for number in range(40):
        tell(cast.tu, str(number))
    deliver_waiting()
    assert len(mailroom.to(MINE)) == 40
    assert mailroom.lines <= 8


def test_a_chat_hears_through_apprise_once_its_code_was_typed(cast, clock, chat, page_client):
    client, page = page_client.as_(cast.tu), "/notices/to/service/"
    client.post(page, {"text": f"json://{chat.host}/nhom"})
    send_code(Address.objects.get().pk, "vi")
    [(path, said)] = chat.heard
    assert path == "/nhom"
    client.post(page, {"code": said["title"][:6]})
    assert Address.objects.get().is_in_use
    [notice] = tell(cast.tu)
    deliver_waiting()
    said = chat.heard[-1][1]
    assert said["title"] == "Có 2 số cần xem lại"
    assert said["message"].endswith(notice.get_absolute_url())
    assert chat.host not in client.get(page).content.decode()


def test_a_chat_that_cannot_be_reached_is_said_on_its_page_and_not_used(
    cast, clock, chat, page_client
):
    chat.answer = 403
    client = page_client.as_(cast.tu)
    client.post("/notices/to/service/", {"text": f"json://{chat.host}/x"})
    address = Address.objects.get()
    send_code(address.pk, "vi")
    page = client.get("/notices/to/service/").content.decode()
    assert "không gửi mã đến đó được" in page
    assert not Address.objects.in_use().exists()
    client.post("/notices/to/service/", {"text": f"json://{chat.host}/y"})
    send_code(address.pk, "vi")  # the job of the one before comes late: nothing happens
    assert Address.objects.get().stopped_at is None


def test_an_office_hears_once_what_several_of_its_officers_are_told(cast, clock, chat):
    reach(cast.lan, "service", f"json://{chat.host}/xa", place=cast.nhon_my)
    for user in (cast.lan, cast.hung):
        tell(user, kind="teams.missing")
    deliver_waiting()
    assert [path for path, _said in chat.heard] == ["/xa"]
    assert Delivery.objects.get(channel="service").place == cast.nhon_my


def test_nobody_enters_an_address_for_an_office_of_somebody_else(cast, clock, chat, page_client):
    said = {"channel": "service", "text": f"json://{chat.host}/x"}
    for user in (cast.tu, cast.dung):
        with pytest.raises(PermissionDenied):
            enter_address(**said, by=user, place=cast.nhon_my)
    page = f"/notices/to/service/{cast.nhon_my.pk}/"
    assert page_client.as_(cast.tu).get(page).status_code == 404
    address = reach(cast.lan, "service", said["text"], place=cast.nhon_my)
    end = f"/notices/address/{address.pk}/end/"
    assert page_client.as_(cast.tu).post(end).status_code == 404
    assert Address.objects.exists()
