"""A phone in tests: puts envelopes through the real door, as its outbox does."""

import datetime as dt
import json
import uuid
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

HOUR = dt.timedelta(hours=1)


class Phone:
    """Somebody's phone; `ago` is when what it sends was made, `id` that of the envelope."""

    def __init__(self, client):
        self.client = client

    def send(self, kind: str, about: dict, fields: dict, *, ago=HOUR, id=None, **more) -> dict:
        """What the server answers to one envelope; `more` it says besides, like training."""
        now = timezone.now()
        envelope = {
            "id": str(id or uuid.uuid4()),
            "kind": kind,
            "about": json.dumps(about),
            "content": urlencode(fields, doseq=True),
            "made_at": milliseconds(now - ago),
            "sent_at": milliseconds(now),
        } | more
        headers = {"X-Outbox": "1"}
        return self.client.post(reverse("envelopes:door"), envelope, headers=headers).json()


def milliseconds(moment: dt.datetime) -> str:
    return str(round(moment.timestamp() * 1000))


def decided(fields: dict, answer: dict) -> dict:
    """The fields as they are sent again after somebody chose their own."""
    choice = answer["choice"]
    return ({} if choice["kind"] else fields) | choice["again"]
