"""The way from a filled-in form to an action, the same for the desk and the phone."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cncd.foundation.envelopes.actions import DifferentContent, once
from cncd.foundation.kit import refusing
from cncd.foundation.kit.forms import today
from cncd.work.channels.actions import ChangedMeanwhile, change_channel, register_channel
from cncd.work.channels.history import Clash
from cncd.work.channels.models import Channel


def enter(form, *, by) -> Channel | None:
    """Writes down what a valid form says, once however often it is sent; None when refused."""

    def run() -> dict:
        said = form.said()
        said.setdefault("opened_on", today())
        found = register_channel(place=form.place, team=form.team, by=by, **said)
        return {"channel": str(found.pk)}

    try:
        answer = once(**form.envelope_of(kind="channel.register", sender=by), run=run)
    except DifferentContent:
        form.add_error(None, _("This was saved already. To change it, open it in the list."))
        return None
    except ValidationError as error:
        add_refusal(form, error)
        return None
    return Channel.objects.get(pk=answer["channel"])


def change(form, channel: Channel, *, by) -> Channel | None:
    """Puts a group right as a valid form says; None when refused, with errors at the fields."""
    said = form.said()
    version = form.cleaned_data["version"]
    try:
        return change_channel(channel=channel, by=by, version=version, **said)
    except ValidationError as error:
        add_refusal(form, error)
        return None


def add_refusal(form, error: ValidationError) -> None:
    """Shows what an action refused; where somebody was quicker, what stands now beside it."""
    if isinstance(error, ChangedMeanwhile):
        # Both are shown; sent once more, the person's own holds, over the version just shown.
        form.clash = Clash.between(error.channel, error.content)
        form.data = form.data.copy()
        form.data["version"] = str(error.channel.version)
    refusing.add_refusal(form, error)
