"""From a valid form to the action, the same for web page, phone and outbox."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cncd.foundation.envelopes.actions import DifferentContent, once
from cncd.foundation.files.actions import store_file
from cncd.foundation.kit.refusing import add_refusal
from cncd.work.difficulties.actions import raise_difficulty, say_helped
from cncd.work.difficulties.models import Raising

RAISING, HELPING = "difficulty.raise", "difficulty.helped"


def enter(form, *, by, team=None, place=None) -> Raising | None:
    """Raises what a valid form says, once however often it is sent; None when refused."""

    def run() -> dict:
        return {"raising": str(write_down(form, by=by, team=team, place=place).pk)}

    try:
        answer = once(**form.envelope_of(kind=RAISING, sender=by), run=run)
    except DifferentContent:
        form.add_error(None, _("This was sent already. Look at it among your difficulties."))
        return None
    except ValidationError as error:
        add_refusal(form, error)
        return None
    return Raising.objects.select_related("case").get(pk=answer["raising"])


def write_down(form, *, by, team=None, place=None, made_at=None) -> Raising:
    """Raises what a valid form says, as of the moment it was made; raises what is refused."""
    photo = next((store_file(upload=each, by=by) for each in form.cleaned_data["photos"]), None)
    said = form.said(photo)
    return raise_difficulty(said=said, team=team, place=place, by=by, made_at=made_at)


def speak(form, raising: Raising, *, by, made_at=None) -> Raising | None:
    """Says whether the answer helped, as a valid form does; None when refused."""
    said = form.cleaned_data
    about = {"helped": form.is_yes, "note": said["note"]}
    try:
        return say_helped(raising=raising, by=by, made_at=made_at, **about)
    except ValidationError as error:
        add_refusal(form, error)
        return None
