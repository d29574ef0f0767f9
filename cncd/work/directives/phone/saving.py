"""From the phone's form to the action: one way for the web page and the outbox."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.work.directives.actions.doing import acknowledge, send_answer
from cncd.work.directives.models import Obligation
from cncd.work.directives.phone.forms import ACKNOWLEDGE, AnswerForm


def save(kind: str, form: AnswerForm, found: Obligation, *, by, made_at=None) -> dict:
    """Acknowledges or answers, as of the moment it was made; gives what the sender is told.

    Raises PermissionDenied and what the actions refuse.
    """
    if kind == ACKNOWLEDGE:
        acknowledge(obligations=[found], by=by, made_at=made_at)
        told = _("You have taken it on: %(what)s") % {"what": found}
    else:
        send_answer(
            obligation=found,
            text=form.cleaned_data["text"],
            files=form.files_sent,
            by=by,
            made_at=made_at,
        )
        told = _("Answered: %(what)s") % {"what": found}
    page = reverse("phone:obligation", args=[found.pk])
    return {"obligation": found.pk, "told": told, "page": f"{page}?done={_mark(kind)}"}


def _mark(kind: str) -> str:
    return kind.partition(".")[2]
