"""Any record: taken out as a mistake, brought back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.work.registers import actions
from cncd.work.registers.contents import MODELS
from cncd.work.registers.forms import ReasonForm
from cncd.work.registers.views.doing import step
from cncd.work.registers.views.scope import changeable


@allow("registers.enter")
def withdraw(request, kind, pk):
    """Asks why, and takes the record out."""
    found = changeable(request, rows_of(kind), pk)
    return step(
        request,
        ReasonForm(request.POST or None, initial={"version": found.version}),
        lambda said: actions.withdraw_record(record=found, by=request.user, **said),
        title=_("Take out: %(name)s") % {"name": found},
        question=_("Only for what was written down by mistake. What has ended is not taken out."),
        consequences=[
            _("It counts no more, in no figure of a month that is not yet sent."),
            _("A report that was sent keeps what it counted."),
            _("It can be brought back at any time."),
        ],
        back=address(found, kind),
        said=_("Taken out of the register: %(name)s") % {"name": found},
        undo=reverse("registers:restore", args=[kind, pk]),
        submit=_("Take it out"),
        danger=True,
    )


@require_POST
@allow("registers.enter")
def restore(request, kind, pk):
    """Brings the record back."""
    found = changeable(request, rows_of(kind), pk)
    try:
        actions.restore_record(record=found, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        say_done(request, _("Brought back: %(name)s") % {"name": found})
    return redirect(address(found, kind))


def rows_of(kind: str):
    if kind not in MODELS:
        raise Http404
    return MODELS[kind].objects.all()


def address(found, kind: str) -> str:
    """The page that shows the record: its own, or that of its owner."""
    if kind in ("account", "commitment"):
        return reverse("registers:owner", args=[found.owner_id])
    return reverse(f"registers:{kind}", args=[found.pk])
