"""The one door for entries made elsewhere: a phone's outbox, sent when there is a network again."""

import datetime as dt
import logging
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cncd.foundation.envelopes.actions import DifferentContent, once
from cncd.foundation.envelopes.arriving import (
    Arrived,
    Malformed,
    Refused,
    read_envelope,
    read_list,
    refused_in_words,
)
from cncd.foundation.envelopes.models import Envelope
from cncd.foundation.kit.reading import forget, reading_once
from cncd.foundation.kit.undoing import undone
from cncd.foundation.people.access import allow

LATEST = dt.timedelta(days=90)  # after an entry was made; a phone may lie in a drawer that long
OWN_HEADER = "X-Outbox"  # a page of another site can't send it: that is the guard against forgery
SENDER = "X-Sender"  # whose entries they are, as the phone knows: another may be signed in by now
MOST_BYTES = 500_000  # of a list; what has files comes alone, as a form
CODES = {"recorded": 200, "trained": 200, "malformed": 400}
CODES |= {"different": 409, "refused": 422, "failed": 503}

logger = logging.getLogger("cncd.envelopes")


@csrf_exempt
@require_POST
@allow("account.own")
def door(request):
    """Takes an entry, or up to 50, however often they are sent: recorded, or refused and why.

    A form with files is one envelope and gets one answer, with its status: 200 {"state":
    "recorded", "answer"}: the first answer, for the same id and content; 409 "different": this id
    came with other content; 422 {"state": "refused", "told", "faults": [[field, label, message]],
    "asks", "page", "choice"}; 400 "malformed"; 503 "failed": try again; 200 "trained": checked for
    practice (`training`), nothing is stored. JSON {"sent_at",
    "envelopes": [...]} gets {"answers": [...]}, one for each in its order, each with "id" and
    "status". 401: whoever wrote these entries is not the one who is signed in.
    """
    if OWN_HEADER not in request.headers:
        raise PermissionDenied
    if request.headers.get(SENDER, me := str(request.user.pk)) != me:
        return JsonResponse(told("signed_out", _("Sign in to send what waits.")), status=401)
    if request.content_type != "application/json":
        said = answered(request.POST, request.FILES, request.user)
        return JsonResponse(said, status=CODES[said["state"]])
    try:
        if len(request.body) > MOST_BYTES:
            raise Malformed(_("Too many entries came at once."))
        envelopes = read_list(request.body)
    except Malformed as error:
        return JsonResponse(told("malformed", " ".join(error.messages)), status=400)
    return JsonResponse({"answers": answered_together(envelopes, request.user)})


def answered_together(envelopes: list[dict], sender) -> list[dict]:
    """What becomes of each, in their order: every one in a transaction of its own.

    What they have in common is read once; what follows from them all, like sums, is made once.
    """
    answers = []
    with import_string(settings.ENVELOPES_TOGETHER)(), reading_once():
        for said in envelopes:
            answer = answered(said, MultiValueDict(), sender)
            if answer["state"] != "recorded":
                forget()
            about = {"id": said.get("id"), "status": CODES[answer["state"]]}
            answers.append(about | answer)
    return answers


def answered(said, files, sender) -> dict:
    """The answer to one envelope, whatever it holds."""
    try:
        arrived = read_envelope(said, files, sender, timezone.now())
        if arrived.is_practice:
            return {"state": "trained", "answer": practised(arrived)}
        return {"state": "recorded", "answer": taken(arrived)}
    except Malformed as error:
        return told("malformed", " ".join(error.messages))
    except (Refused, PermissionDenied, ValidationError) as error:
        return refused_in_words(error).as_told()
    except Exception:
        # One that we stumble over must not keep back those that came with it.
        logger.exception("An envelope of kind %r was not entered", said.get("kind"))
        return told("failed", _("The server could not take this now; it will be tried again."))


def practised(arrived: Arrived) -> dict:
    """What recording it would answer: checked like any other, then undone with its receipt."""
    with undone():
        return taken(arrived)


def taken(arrived: Arrived) -> dict:
    """Enters what arrived, once, in a transaction of its own; returns the answer that is kept.

    Raises Refused, also for a changed form of what was recorded, and what the action raises.
    """
    path = import_string(settings.ENVELOPES).get(arrived.kind)
    if path is None:
        raise Refused(_("The server does not know this kind of entry. Open the page anew."))

    def enter() -> dict:
        if timezone.now() - arrived.made_at > LATEST:
            raise Refused(_("This entry is more than 90 days old. Enter it anew with its day."))
        return import_string(path)(arrived)

    about = {"id": arrived.id, "kind": arrived.kind, "sender": arrived.sender}
    about |= {"made_at": arrived.made_at, "skew": arrived.skew, "content": arrived.content}
    try:
        return once(**about, run=enter)
    except DifferentContent as error:
        raise differing(arrived, error.known) from error


def differing(arrived: Arrived, known: Envelope) -> Refused:
    """What is said of a changed form of something recorded: both, for its own sender."""
    told = _("An earlier form of this entry was recorded already. Open it in the book.")
    refused = Refused(told, state="different")
    if (known.sender_id, known.kind) == (arrived.sender.pk, arrived.kind):
        refused.page = known.answer.get("page", "")
        if compare := import_string(settings.ENVELOPES_CHANGED).get(arrived.kind):
            with suppress(Refused, PermissionDenied, ValidationError):  # no right to change it now
                refused.choice = import_string(compare)(arrived, known.answer)
    return refused


def told(state: str, text: str) -> dict:
    return {"state": state, "told": text}
