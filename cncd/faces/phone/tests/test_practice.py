"""Practising: checked like real work, shown like real work, and nothing at all is left of it."""

import io
import json
import uuid
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from cncd.foundation.envelopes.models import Envelope
from cncd.work.activities.models import Activity

pytestmark = pytest.mark.django_db(transaction=True)
ASIDE = {"sessions.session", "people.visit"}


def everything() -> dict:
    """How many rows each table has, and which files lie on disk."""
    rows = {m._meta.label_lower: m.objects.count() for m in apps.get_models() if m._meta.managed}
    files = {str(path) for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}
    return {name: n for name, n in rows.items() if name not in ASIDE} | {"files": files}


def photo() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "JPEG")
    return SimpleUploadedFile("anh.jpg", content.getvalue(), "image/jpeg")


@pytest.fixture
def practising(tu, settings, tmp_path):
    """The leader's phone, practising."""
    settings.MEDIA_ROOT = tmp_path
    assert tu.post("/m/practice/").status_code == 302
    return tu


def test_every_page_says_so_until_it_is_over(practising, cast):
    for address in ("/m/", "/m/log/", "/m/log/c-vneid/", "/m/report/", "/m/book/"):
        page = practising.get(address).content.decode()
        assert "ĐANG TẬP – không lưu" in page
        assert 'data-training="ĐANG TẬP"' in page
    practising.post("/m/practice/end/")
    assert "ĐANG TẬP" not in practising.get("/m/").content.decode()


def test_an_entry_is_checked_shown_and_gone_with_its_photo(practising):
    before = everything()
    wrong = practising.post(
        "/m/log/c-vneid/", {"kind": "huong-dan", "people": "3", "elderly": "9", "day": "today"}
    )
    assert "ĐANG TẬP" in wrong.content.decode()
    assert "60" in wrong.content.decode()
    sent = {
        "kind": "huong-dan",
        "people": "7",
        "day": "today",
        "photos": photo(),
        "envelope": str(uuid.uuid4()),
    }
    saved = practising.post("/m/log/c-vneid/", sent)
    assert saved.status_code == 200
    for words in ("Đã lưu", "7 người, VNeID 7", "ĐANG TẬP – không lưu"):
        assert words in saved.content.decode()
    assert everything() == before
    assert "VNeID 7" not in practising.get("/m/book/").content.decode()


def test_a_correction_and_a_withdrawal_change_nothing(practising, log):
    found = log(people=5)
    before = everything()
    practising.post(f"/m/book/{found.pk}/withdraw/", {"reason": "tập"})
    assert everything() == before
    assert Activity.objects.standing().get().people == 5


def test_a_report_is_saved_and_sent_and_not_a_row_is_left(practising, cast):
    address = f"/reports/write/{cast.team.pk}/2026-11/"
    before = everything()
    draft = practising.post(address, {"v.KT01": "3"})
    assert "Đã lưu bản nháp" in draft.content.decode()
    sent = practising.post(address, {"nothing_happened": "on", "send": "1"})
    assert sent.status_code == 200
    for words in ("ĐANG TẬP – không lưu", "Báo cáo đã đến nơi"):
        assert words in sent.content.decode()
    typed = practising.post(f"{address}keep/", {"v.KT01": "3"})
    assert (typed.status_code, json.loads(typed.content)["said"][:8]) == (409, "Đang tập")
    assert everything() == before
    practising.post("/m/practice/end/")
    assert practising.post(address, {"nothing_happened": "on", "send": "1"}).status_code == 302
    assert everything() != before


def envelope(cast, people="6", **more) -> dict:
    now = int(timezone.now().timestamp() * 1000)
    content = urlencode({"kind": "huong-dan", "people": people, "day": "today"})
    about = json.dumps({"team": cast.team.pk, "tile": "c-zalo"})
    plain = {"id": str(uuid.uuid4()), "kind": "activity.log", "about": about, "content": content}
    return plain | {"made_at": now, "sent_at": now} | more


def test_an_envelope_made_for_practice_is_answered_and_leaves_nothing(tu, cast):
    before = everything()
    head = {"HTTP_X_OUTBOX": "1"}
    answer = json.loads(tu.post("/envelopes/", envelope(cast, training="1"), **head).content)
    assert answer["state"] == "trained"
    assert answer["answer"]["told"] == "6 người, Zalo 6"
    refused = tu.post("/envelopes/", envelope(cast, "0", training="1"), **head)
    assert refused.status_code == 422
    together = [envelope(cast, training=1), envelope(cast)]
    body = {"sent_at": together[0]["sent_at"], "envelopes": together}
    answers = tu.post("/envelopes/", json.dumps(body), content_type="application/json", **head)
    assert [a["state"] for a in json.loads(answers.content)["answers"]] == ["trained", "recorded"]
    after = everything()
    assert after["envelopes.envelope"] == before["envelopes.envelope"] + 1
    assert after["activities.activity"] == before["activities.activity"] + 1


def test_what_waited_from_before_is_recorded_while_somebody_practises(practising, cast):
    answer = practising.post("/envelopes/", envelope(cast), HTTP_X_OUTBOX="1")
    assert json.loads(answer.content)["state"] == "recorded"
    assert Envelope.objects.count() == Activity.objects.count() == 1


def test_what_cannot_be_practised_is_refused_and_not_done(page_client, cast, programme):
    """An officer who belongs to a team as well, and has begun to practise on the phone."""
    client = page_client.as_(cast.lan)
    session = client.session
    session["practice"] = True
    session.save()
    before = everything()
    answer = client.post("/logsheets/lines/", {"pasted": "x"})
    assert answer.status_code == 409
    assert "Thôi tập" in answer.content.decode()
    assert client.post("/people/new/", {"full_name": "Ai Đó"}).status_code in (404, 405, 409)
    assert everything() == before
