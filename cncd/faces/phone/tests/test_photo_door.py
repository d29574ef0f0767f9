"""Photos through the outbox's door: each by itself, after the entry that it belongs to."""

import io
import json
import uuid
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cncd.foundation.envelopes.models import Envelope
from cncd.results.totals.models import TeamTotal
from cncd.work.activities.models import Activity

DOOR = reverse("envelopes:door")


def picture(colour="teal") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "JPEG")
    return SimpleUploadedFile("anh.jpg", file.getvalue(), "image/jpeg")


@pytest.fixture
def send(tu, cast):
    def send(client=tu, *, kind="activity.photo", **said):
        now = str(round(timezone.now().timestamp() * 1000))
        plain = {"id": str(uuid.uuid4()), "kind": kind, "content": "", "made_at": now}
        return client.post(DOOR, plain | {"sent_at": now} | said, headers={"X-Outbox": "1"})

    return send


@pytest.fixture
def entry(send, cast) -> str:
    """The envelope of an entry that was recorded."""
    content = urlencode({"day": "today", "people": "12", "kind": "huong-dan"})
    about = json.dumps({"team": cast.team.pk, "tile": "c-vneid"})
    pk = str(uuid.uuid4())
    answer = send(kind="activity.log", id=pk, content=content, about=about)
    assert answer.json()["state"] == "recorded"
    return pk


def test_a_photo_joins_the_entry_of_the_envelope_it_names_once(send, entry, cast):
    figures = list(TeamTotal.objects.values())
    same = {"id": str(uuid.uuid4()), "about": json.dumps({"entry": entry})}
    first = send(**same, photos=picture()).json()
    assert first["state"] == "recorded"
    assert send(**same, photos=picture()).json() == first
    assert send(**same, photos=picture("red")).status_code == 409
    found = Activity.objects.get()
    assert found.photos.count() == 1
    assert first["answer"]["page"] == reverse("phone:entry", args=[found.pk])
    assert list(TeamTotal.objects.values()) == figures


def test_a_photo_that_cannot_join_is_refused_in_words(send, entry, page_client, cast):
    about = json.dumps({"entry": entry})
    no_picture = SimpleUploadedFile("anh.jpg", b"khong phai anh")
    assert "chỉ nhận" in send(about=about, photos=no_picture).json()["told"]
    assert "Không có ảnh" in send(about=about).json()["told"]
    for unknown in ({"entry": str(uuid.uuid4())}, {"entry": "x"}, {"activity": "x"}, {}):
        refused = send(about=json.dumps(unknown), photos=picture())
        assert refused.status_code == 422
        assert "không có trên hệ thống" in refused.json()["told"]
    for _time in range(5):
        assert send(about=about, photos=picture()).json()["state"] == "recorded"
    assert "đủ 5 ảnh" in send(about=about, photos=picture()).json()["told"]
    assert Activity.objects.get().photos.count() == 5
    assert Envelope.objects.filter(kind="activity.photo").count() == 5


def test_nobody_adds_a_photo_to_an_entry_of_others(send, entry, page_client, cast):
    activity = json.dumps({"activity": str(Activity.objects.get().pk)})
    liem = page_client.as_(cast.liem)
    for about in (json.dumps({"entry": entry}), activity):
        assert send(liem, about=about, photos=picture()).status_code == 422
    assert not Activity.objects.get().photos.exists()
