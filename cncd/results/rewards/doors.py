"""What the phone's outbox sends for this room, through the form and action of its page."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from cncd.foundation.envelopes.arriving import Arrived, Refused
from cncd.foundation.kit.ids import uuid_of
from cncd.results.rewards.actions import answer_sign
from cncd.results.rewards.forms import AnswerForm
from cncd.results.rewards.models import Sign


def answered(arrived: Arrived) -> dict:
    """A team's answer to a question: about {"sign"}. Raises Refused, PermissionDenied."""
    seen = Sign.objects.visible_to(arrived.sender)
    sign = seen.filter(pk=uuid_of(arrived.about.get("sign"))).first()
    if sign is None:
        raise PermissionDenied("rewards.view")
    page = reverse("rewards:asked", args=[sign.team_id])
    form = AnswerForm(arrived.fields)
    if not form.is_valid():
        raise Refused.by_form(form, page)
    try:
        answer_sign(sign=sign, by=arrived.sender, **form.cleaned_data)
    except ValidationError as error:
        raise Refused.by_error(form, error) from error
    return {"sign": str(sign.pk), "told": str(sign), "page": f"{page}#s-{sign.pk}"}
