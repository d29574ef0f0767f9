"""What the phone's outbox sends for this room, through the forms and actions of its pages."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.envelopes.arriving import Arrived, Refused
from cncd.foundation.envelopes.models import Envelope
from cncd.foundation.kit.ids import uuid_of
from cncd.team.teams.queries import team_named
from cncd.work.difficulties import entering
from cncd.work.difficulties.forms import HelpedForm, RaiseForm
from cncd.work.difficulties.models import Raising


def raised(arrived: Arrived) -> dict:
    """A difficulty, as of the moment it was written: about {"team"}.

    Who belonged to the team that day may still bring it. Raises Refused, PermissionDenied.
    """
    team = team_named(arrived.about.get("team"))
    if team is None:
        raise Refused(_("There is no such team."))
    day = timezone.localdate(arrived.made_at)
    form = RaiseForm(arrived.fields, arrived.files, day=day)
    if not form.is_valid():
        raise Refused.by_form(form)
    about = {"by": arrived.sender, "made_at": arrived.made_at}
    try:
        raising = entering.write_down(form, team=team, **about)
    except ValidationError as error:
        raise Refused.by_error(form, error) from error
    return _answer(raising)


def helped(arrived: Arrived) -> dict:
    """Whether an answer helped: about {"raising"}, or {"entry"}, the envelope it was raised by.

    Raises Refused, PermissionDenied.
    """
    pk = arrived.about.get("raising")
    if entry := arrived.about.get("entry"):
        sent = Envelope.objects.filter(pk=uuid_of(entry), sender=arrived.sender).first()
        pk = sent and sent.answer.get("raising")
    raising = Raising.objects.select_related("case").filter(pk=uuid_of(pk)).first()
    if raising is None:
        raise Refused(_("There is no such difficulty."))
    form = HelpedForm(arrived.fields)
    about = {"by": arrived.sender, "made_at": arrived.made_at}
    found = form.is_valid() and entering.speak(form, raising, **about)
    if not found:
        raise Refused.by_form(form, reverse("difficulties:mine"))
    return _answer(found)


def _answer(raising: Raising) -> dict:
    page = f"{reverse('difficulties:mine')}#r-{raising.pk}"
    return {"raising": str(raising.pk), "told": raising.text[:120], "page": page}
