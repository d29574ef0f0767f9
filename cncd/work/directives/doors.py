"""What the phone's outbox brings about what was asked: taken on, answered."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cncd.foundation.envelopes.arriving import Arrived, Refused
from cncd.work.directives.models import Obligation
from cncd.work.directives.phone.forms import AnswerForm
from cncd.work.directives.phone.saving import save


def enter(arrived: Arrived) -> dict:
    """ "Đã nhận việc" or an answer, as of the moment it was made: about {"obligation"}.

    Kinds "obligation.acknowledge" and "obligation.answer". Raises Refused, PermissionDenied.
    """
    found = _named(arrived)
    form = AnswerForm(arrived.fields, arrived.files)
    if not form.is_valid():
        raise Refused.by_form(form)
    try:
        return save(arrived.kind, form, found, by=arrived.sender, made_at=arrived.made_at)
    except ValidationError as error:
        raise Refused.by_error(form, error) from error


def _named(arrived: Arrived) -> Obligation:
    pk = str(arrived.about.get("obligation", ""))
    rows = Obligation.objects.standing().select_related("ask", "directive", "team")
    found = rows.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None
    if found is None:
        raise Refused(_("This was taken back by whoever asked for it."))
    return found
