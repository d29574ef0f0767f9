"""What a person keeps for himself: saved views and reading preferences."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.people.models import SavedView, User

KEPT = 50  # views one person may keep


class ViewRefused(ValidationError):
    """A view that cannot be kept: its name is taken, or there are too many."""


@transaction.atomic
def save_view(*, name: str, address: str, by: User, now=None) -> SavedView:
    """Keeps an address (path and query) under a name; raises ViewRefused."""
    mine = SavedView.objects.filter(user=by)
    if mine.filter(name=name).exists():
        raise ViewRefused({"name": _("You already have a view of this name. Choose another name.")})
    if mine.count() >= KEPT:
        raise ViewRefused(
            _("You keep %(count)s views already. Delete one first.") % {"count": KEPT}
        )
    view = SavedView.objects.create(user=by, name=name, address=address)
    record(event="view.saved", subject=view, by=by, after={"name": name}, now=now)
    return view


@transaction.atomic
def rename_view(*, view: SavedView, name: str, by: User, now=None) -> None:
    """Gives a saved view another name; raises ViewRefused when the person has one of that name."""
    if SavedView.objects.filter(user=view.user, name=name).exclude(pk=view.pk).exists():
        raise ViewRefused({"name": _("You already have a view of this name. Choose another name.")})
    before = {"name": view.name}
    view.name = name
    view.save(update_fields=["name"])
    record(event="view.renamed", subject=view, by=by, before=before, after={"name": name}, now=now)


@transaction.atomic
def delete_view(*, view: SavedView, by: User, now=None) -> None:
    """Forgets a saved view."""
    record(event="view.deleted", subject=view, by=by, before={"name": view.name}, now=now)
    view.delete()


@transaction.atomic
def change_preferences(
    *, by: User, large_text: bool | None = None, language: str | None = None, now=None
) -> None:
    """Sets how this person likes to read: size of the text, language; None leaves it as it is."""
    wanted = {"large_text": large_text, "language": language}
    after = {k: v for k, v in wanted.items() if v is not None and v != getattr(by, k)}
    if not after:
        return
    before = {key: getattr(by, key) for key in after}
    for key, value in after.items():
        setattr(by, key, value)
    by.save(update_fields=list(after))
    record(event="preferences.changed", subject=by, by=by, before=before, after=after, now=now)
