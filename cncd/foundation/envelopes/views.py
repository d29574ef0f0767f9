"""The one door for entries made elsewhere: a phone's outbox, sent when there is a network again."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cncd.foundation.envelopes.actions import KEPT, DifferentContent, once
from cncd.foundation.envelopes.arriving import (
    Arrived,
    Malformed,
    Refused,
    read_envelope,
    refused_in_words,
)
from cncd.foundation.people.access import allow

OWN_HEADER = "X-Outbox"  # a page of another site can't send it: that is the guard against forgery


@csrf_exempt
@require_POST
@allow("account.own")
def door(request):
    """Takes one entry, however often it is sent: recorded, or refused and why.

    200 {"state": "recorded", "answer"}: the first answer, for the same id and content.
    409 {"state": "different"}: this id came with other content. 422 {"state": "refused", "told",
    "faults": [[field, label, message]], "asks", "page"}. 400 {"state": "malformed"}.
    """
    if OWN_HEADER not in request.headers:
        raise PermissionDenied
    try:
        arrived = read_envelope(request.POST, request.FILES, request.user, timezone.now())
        answer = taken(arrived)
    except Malformed as error:
        return said(400, "malformed", " ".join(error.messages))
    except DifferentContent:
        told = _("An earlier form of this entry was recorded already. Open it in the book.")
        return said(409, "different", told)
    except (Refused, PermissionDenied, ValidationError) as error:
        refused = refused_in_words(error)
        more = {"faults": refused.faults, "asks": refused.asks, "page": refused.page}
        return said(422, "refused", refused.told, **more)
    return JsonResponse({"state": "recorded", "answer": answer})


def taken(arrived: Arrived) -> dict:
    """Enters what arrived, once, in a transaction of its own; returns the answer that is kept.

    Raises Refused, DifferentContent, and what the action raises.
    """
    path = import_string(settings.ENVELOPES).get(arrived.kind)
    if path is None:
        raise Refused(_("The server does not know this kind of entry. Open the page anew."))
    if timezone.now() - arrived.made_at > KEPT:
        raise Refused(_("This entry is more than 90 days old. Enter it anew with its day."))
    enter = import_string(path)
    about = {"id": arrived.id, "kind": arrived.kind, "sender": arrived.sender}
    about |= {"made_at": arrived.made_at, "skew": arrived.skew, "content": arrived.content}
    return once(**about, run=lambda: enter(arrived))


def said(status: int, state: str, told: str, **more) -> JsonResponse:
    return JsonResponse({"state": state, "told": told, **more}, status=status)
