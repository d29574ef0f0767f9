"""The door for entries from outside: whatever comes twice is done once."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.envelopes.models import Envelope

# A receipt outlives what may still be entered (views.LATEST) by far: who asks again is answered.
KEPT = dt.timedelta(days=180)


class DifferentContent(ValidationError):
    """This id came before with other content, or from somebody else; nothing was done."""

    def __init__(self, known: Envelope | None = None):
        self.known = known
        super().__init__(
            _("This form was already sent with other content. Open it anew to send another one.")
        )


def once(
    *,
    id: UUID,
    kind: str,
    content: dict,
    sender,
    made_at: dt.datetime,
    run: Callable[[], dict],
    skew: dt.timedelta = dt.timedelta(0),
    now: dt.datetime | None = None,
) -> dict:
    """Runs `run` and keeps its answer; the same id and content again gets that answer at once.

    `run` stands in the same transaction: when it raises, nothing is kept and the sender may try
    again. Of two that come together one waits for the other's answer. Raises DifferentContent.
    """
    digest = digest_of(kind, content, sender)
    envelope = Envelope(id=id, kind=kind, digest=digest, sender=sender, made_at=made_at, skew=skew)
    envelope.received_at = now or timezone.now()
    try:
        with transaction.atomic():
            # The unique key makes us wait until another one with this id has finished.
            envelope.save(force_insert=True)
            envelope.answer = json.loads(canonical(run() or {}))
            envelope.save(update_fields=["answer"])
            return envelope.answer
    except IntegrityError:
        known = Envelope.objects.filter(pk=id).first()
        if known is None:  # it was the work itself that failed
            raise
    if known.digest != digest:
        raise DifferentContent(known)
    return known.answer


def forget_old_envelopes(*, now: dt.datetime | None = None) -> int:
    """Deletes envelopes received more than 180 days ago; returns how many.

    They are receipts, not records: what they brought stays, so there is no journal entry.
    """
    limit = (now or timezone.now()) - KEPT
    return Envelope.objects.filter(received_at__lt=limit).delete()[0]


def digest_of(kind: str, content: dict, sender) -> str:
    """Stands for what was sent, by whom: key order and spacing do not matter."""
    whole = {"kind": kind, "content": content, "sender": sender.pk if sender else None}
    return hashlib.sha256(canonical(whole).encode()).hexdigest()


def canonical(value) -> str:
    """The one JSON text of a value; days and ids as text, other things refused."""
    return json.dumps(
        value, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
