"""What is asked of the team, on the phone: read, taken on, answered, also later by the door."""

import datetime as dt
import io
import json
import uuid
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cncd.team.programme.models import Content
from cncd.work.directives.actions import (
    Source,
    To,
    Wanted,
    draft_directive,
    issue_directive,
    return_answer,
)
from cncd.work.directives.models import Directive, Obligation
from tests.cast import TODAY
from tests.forms import fields

DOOR = reverse("envelopes:door")
HOUR = dt.timedelta(hours=1)


def words(page) -> str:
    return " ".join(page.content.decode().split())


@pytest.fixture
def asked(cast, programme):
    """ask(…): what the commune asks of its teams; gives what the team of Mỹ Phước owes."""

    def ask(text="Lập nhóm Zalo của ấp", due=8, **said) -> Obligation:
        usual = {"evidence": "answer", "due_on": TODAY + dt.timedelta(days=due)}
        directive = draft_directive(
            place=cast.nhon_my, title=text, to=To(Directive.Audience.TEAMS), by=cast.lan,
            source=Source(said_by="Chủ tịch UBND xã", said_on=TODAY),
            asks=(Wanted(text=text, **usual | said),), text="Làm theo hướng dẫn của huyện.",
        )  # fmt: skip
        issue_directive(directive=directive, by=cast.lan)
        return Obligation.objects.get(directive=directive, team=cast.team)

    return ask


@pytest.fixture
def send(page_client, cast):
    def send(kind, row, *, by=None, ago=HOUR, files=None, **fields_):
        now = timezone.now()
        envelope = {
            "id": fields_.pop("id", str(uuid.uuid4())),
            "kind": kind,
            "about": json.dumps({"obligation": row.pk}),
            "content": urlencode(fields_),
            "made_at": str(round((now - ago).timestamp() * 1000)),
            "sent_at": str(round(now.timestamp() * 1000)),
        }
        client = page_client.as_(by or cast.tu)
        return client.post(DOOR, envelope | (files or {}), headers={"X-Outbox": "1"})

    return send


def test_the_home_shows_what_is_asked_soonest_first_beside_the_report(tu, asked):
    asked("Việc để sau", due=20)
    row = asked("Việc gấp", due=2)
    page = words(tu.get("/m/"))
    assert page.index("Việc gấp") < page.index("Việc để sau")
    assert f'href="/m/asked/{row.pk}/"' in page
    assert f"/m/asked/{row.pk}/" in page.partition('data-later="')[2].partition('"')[0]
    assert f"/m/asked/{row.pk}/" not in page.partition('data-keep="')[2].partition('"')[0]


def test_a_member_reads_it_and_only_a_lead_acts(page_client, cast, asked):
    row = asked()
    page = words(page_client.as_(cast.cuong).get(f"/m/asked/{row.pk}/"))
    assert "Làm theo hướng dẫn của huyện." in page
    assert "Tổ trưởng sẽ nhận việc và trả lời" in page
    assert "Nhận việc</button>" not in page
    assert page_client.as_(cast.liem).get(f"/m/asked/{row.pk}/").status_code == 404
    assert "Lập nhóm Zalo" not in words(page_client.as_(cast.cuong).get("/m/"))


def test_it_is_taken_on_and_answered_by_the_plain_page_once(tu, asked, cast):
    row = asked()
    address = f"/m/asked/{row.pk}/"
    sent = fields(tu.get(address), "log")
    answer = tu.post(address, sent | {"do": "acknowledge"})
    assert answer["Location"] == f"{address}?done=acknowledge"
    row.refresh_from_db()
    assert (row.status, row.acknowledged_by) == ("acknowledged", cast.tu)
    sent = fields(tu.get(address), "log") | {"text": "Đã lập, 40 người", "do": "answer"}
    for _twice in range(2):
        assert tu.post(address, sent)["Location"] == f"{address}?done=answer"
    assert row.answers.count() == 1
    page = words(tu.get(address))
    assert "Chờ kiểm tra" in page
    assert "Gửi trả lời" not in page
    assert "Việc được giao" in words(tu.get("/m/asked/"))


def test_an_empty_answer_says_what_is_missing(tu, asked):
    row = asked(needs_file=True)
    address = f"/m/asked/{row.pk}/"
    sent = fields(tu.get(address), "log")
    page = words(tu.post(address, sent | {"text": "Xong", "do": "answer"}))
    assert "Việc này cần" in page
    assert not row.answers.exists()


def test_days_later_the_door_takes_it_as_of_the_moment_it_was_made(send, asked, cast):
    row = asked(due=0)
    old = 5 * HOUR
    assert send("obligation.acknowledge", row, ago=old).json()["state"] == "recorded"
    row.refresh_from_db()
    assert row.acknowledged_at == timezone.now() - old
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(picture, "JPEG")
    photo = SimpleUploadedFile("nhom.jpg", picture.getvalue(), "image/jpeg")
    said = send("obligation.answer", row, ago=old, text="Đã lập", files={"photos": photo}).json()
    assert said["state"] == "recorded"
    assert said["answer"]["page"] == f"/m/asked/{row.pk}/?done=answer"
    made = row.answers.get()
    assert (made.made_at, made.files.count()) == (timezone.now() - old, 1)


def test_the_same_envelope_is_one_answer_and_another_is_told_that_one_waits(send, asked):
    row, same = asked(), str(uuid.uuid4())
    first = send("obligation.answer", row, id=same, text="Đã lập").json()
    assert send("obligation.answer", row, id=same, text="Đã lập").json() == first
    second = send("obligation.answer", row, text="Lần nữa").json()
    assert second["state"] == "refused"
    assert row.answers.count() == 1


def test_the_door_refuses_a_stranger_and_what_was_taken_back(send, asked, cast):
    from cncd.work.directives.actions import withdraw_directive

    row = asked()
    assert send("obligation.answer", row, by=cast.liem, text="Hộ").json()["state"] == "refused"
    withdraw_directive(directive=row.directive, reason="Nhầm", by=cast.lan)
    told = send("obligation.answer", row, text="Đã lập").json()
    assert (told["state"], "thu hồi" in told["told"]) == ("refused", True)


def test_what_was_given_back_says_why_and_is_answered_again(tu, asked, send, cast):
    row = asked()
    send("obligation.answer", row, text="Đã lập")
    return_answer(answer=row.answers.get(), note="Thiếu ảnh nhóm", by=cast.lan)
    page = words(tu.get(f"/m/asked/{row.pk}/"))
    assert "Thiếu ảnh nhóm" in page
    assert "Gửi trả lời" in page


def test_what_is_shown_by_the_log_says_how_far_it_is_and_leads_there(tu, asked, log):
    row = asked(evidence="activities", amount=10, measure="people",
                content=Content.objects.get(code="vneid"), since_on=TODAY)  # fmt: skip
    log(people=6)
    page = words(tu.get(f"/m/asked/{row.pk}/"))
    assert "Đã làm được: 6 trên 10" in page
    assert "Gửi trả lời" not in page


def test_the_pages_ask_the_same_however_much_is_asked(tu, asked, django_assert_max_num_queries):
    rows = [asked(f"Việc {number}") for number in range(2)]
    counts = {}
    tu.get("/m/")  # what is remembered of the catalogues
    for many in (2, 12):
        for number in range(many - 2):
            asked(f"Thêm {number}")
        for address in ("/m/", "/m/asked/", f"/m/asked/{rows[0].pk}/"):
            with django_assert_max_num_queries(60) as seen:
                tu.get(address)
            counts.setdefault(address, []).append(len(seen))
    assert all(few == many for few, many in counts.values()), counts
