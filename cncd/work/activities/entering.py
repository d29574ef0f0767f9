"""The way from a filled-in form to an action, the same for every door."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.envelopes.actions import DifferentContent, once
from cncd.foundation.files.actions import store_file
from cncd.foundation.kit import refusing
from cncd.work.activities.actions import (
    ActivityDoubtful,
    ChangedMeanwhile,
    attach_photo,
    edit_activity,
    log_activity,
    withdraw_activity,
)
from cncd.work.activities.history import Clash
from cncd.work.activities.models import Activity
from cncd.work.difficulties.actions import Said, raise_difficulty
from cncd.work.difficulties.models import Raising


def enter(form, *, by) -> Activity | None:
    """Writes down what a valid form says, once however often it is sent; None when refused.

    What is wrong then stands at the fields of the form.
    """

    def run() -> dict:
        return {"activity": str(write_down(form, by=by).pk)}

    try:
        answer = once(**form.envelope_of(kind="activity.log", sender=by), run=run)
    except DifferentContent:
        form.add_error(None, _("This was saved already. To change it, open it among your entries."))
        return None
    except ValidationError as error:
        add_refusal(form, error)
        return None
    return Activity.objects.select_related("kind", "team").get(pk=answer["activity"])


def write_down(form, *, by, made_at=None) -> Activity:
    """Writes down what a valid form says, as of the moment it was made; raises what is refused.

    A difficulty told of beside it is raised, and goes its own way.
    """
    with transaction.atomic(savepoint=False):
        activity = log_activity(
            team=form.team,
            done=form.done(_stored(form, by)),
            by=by,
            confirmed=form.cleaned_data["confirmed"],
            made_at=made_at,
        )
        if text := form.cleaned_data.get("difficulty"):
            said = Said(text, source=Raising.Source.LOG, source_id=str(activity.pk))
            where = {"team": form.team, "place": activity.place}
            raise_difficulty(said=said, by=by, made_at=made_at, **where)
    return activity


def add_photo(activity: Activity, upload, *, by, made_at=None) -> Activity:
    """Adds a picture that came after its entry; raises what is refused, FileRefused among it."""
    file = store_file(upload=upload, by=by, allow=("image",))
    return attach_photo(activity=activity, file=file, by=by, made_at=made_at)


def change(form, activity: Activity, *, by, made_at=None) -> Activity | None:
    """Puts an entry right as a valid form says; None when refused, with errors at the fields."""
    try:
        return edit_activity(
            activity=activity,
            done=form.done((*form.photos_kept, *_stored(form, by))),
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            confirmed=form.cleaned_data["confirmed"],
            by=by,
            made_at=made_at,
        )
    except ValidationError as error:
        add_refusal(form, error)
        return None


def take_back(form, activity: Activity, *, by, made_at=None) -> Activity | None:
    """Withdraws an entry as a valid form says; None when refused, with errors at the fields."""
    said = form.cleaned_data
    try:
        return withdraw_activity(
            activity=activity,
            by=by,
            reason=said["reason"],
            version=said["version"],
            made_at=made_at,
        )
    except ValidationError as error:
        add_refusal(form, error)
        return None


def add_refusal(form, error: ValidationError) -> None:
    """Shows what an action refused; where somebody was quicker, what stands now beside it."""
    form.is_doubtful = isinstance(error, ActivityDoubtful)
    if isinstance(error, ChangedMeanwhile) and error.done:
        # Both are shown; sent once more, the person's own holds, over the version just shown.
        form.clash = Clash.between(error.activity, error.done)
        form.data = form.data.copy()
        form.data["version"] = str(form.clash.version)
    refusing.add_refusal(form, error)


def _stored(form, by) -> tuple[str, ...]:
    """Ids of the uploaded pictures; the field has checked, shrunk and freed them of their place."""
    return tuple(str(store_file(upload=ready, by=by).pk) for ready in form.cleaned_data["photos"])
