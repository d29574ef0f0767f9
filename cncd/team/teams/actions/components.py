"""The components a team is made of: rows an administrator adds and words (II.1.1)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import fold
from cncd.team.teams.models import Component

CODE_LENGTH = 30


class NameTaken(ValidationError):
    """Another component bears that name."""

    def __init__(self):
        super().__init__({"name": _("There is a component of that name already.")})


@transaction.atomic
def add_component(*, name: str, order: int | None = None, by, now=None) -> Component:
    """Adds a component that rosters may name, last in the list unless told; NameTaken if known."""
    _allowed(by)
    _name_is_free(name)
    last = Component.objects.order_by("-order").first()
    if order is None:
        order = last.order + 1 if last else 0
    added = Component.objects.create(code=_code_for(name), name=name, order=order)
    record(event="component.added", subject=added, by=by, after={"name": name}, now=now)
    return added


@transaction.atomic
def change_component(
    *, component: Component, name: str, order: int | None = None, by, now=None
) -> Component:
    """Corrects a component's name or its place in the list; rosters keep it. NameTaken if known."""
    _allowed(by)
    component = Component.objects.select_for_update().get(pk=component.pk)
    _name_is_free(name, but=component)
    said = {"name": name, "order": component.order if order is None else order}
    changed = {key: value for key, value in said.items() if getattr(component, key) != value}
    if not changed:
        return component
    before = {key: getattr(component, key) for key in changed}
    for key, value in changed.items():
        setattr(component, key, value)
    component.save(update_fields=list(changed))
    record(
        event="component.changed", subject=component, by=by, before=before, after=changed, now=now
    )
    return component


def _allowed(by) -> None:
    if by is not None and not by.can("programme.change"):
        raise PermissionDenied("programme.change")


def _name_is_free(name: str, but: Component | None = None) -> None:
    others = Component.objects.exclude(pk=but and but.pk).values_list("name", flat=True)
    if fold(name) in {fold(each) for each in others}:
        raise NameTaken


def _code_for(name: str) -> str:
    """A code nobody has, made from the name: "Hội Người cao tuổi" is "hoi-nguoi-cao-tuoi"."""
    letters = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(name))
    stem = "-".join(letters.split())[: CODE_LENGTH - 3].strip("-") or "moi"
    taken = set(Component.objects.filter(code__startswith=stem).values_list("code", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(code for code in numbered if code not in taken)
