"""Levels of administration and types of unit: rows, whose words an administrator keeps."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.journal import actions as journal
from cncd.foundation.kit.text import fold
from cncd.foundation.places.checks import Refused
from cncd.foundation.places.models import Level, PlaceKind


@transaction.atomic
def change_level(*, level: Level, name: str, name_en: str, by, now=None) -> Level:
    """Changes what a level is called in Vietnamese and in English; its rank and code stay."""
    _allowed(by)
    level = Level.objects.select_for_update().get(pk=level.pk)
    _change(level, {"name": name, "name_en": name_en}, event="level.changed", by=by, now=now)
    return level


@transaction.atomic
def add_kind(*, name: str, short_name: str, level: Level, by, now=None) -> PlaceKind:
    """Adds a type of unit (xã, đặc khu…) to a level; raises Refused when the name is taken."""
    _allowed(by)
    _name_is_free(name, level)
    kind = PlaceKind.objects.create(
        code=_code_for(name, level), name=name, short_name=short_name, level=level
    )
    after = {"name": name, "short_name": short_name, "level": level.name}
    journal.record(event="place_kind.added", subject=kind, by=by, after=after, now=now)
    return kind


@transaction.atomic
def change_kind(*, kind: PlaceKind, name: str, short_name: str, by, now=None) -> PlaceKind:
    """Corrects how a type of unit is written, for all units of that type and all days.

    A unit that becomes of another type from a day on is changed by itself, with its decision.
    Raises Refused when the name is taken or when units already bear it in their search keys.
    """
    _allowed(by)
    kind = PlaceKind.objects.select_for_update().get(pk=kind.pk)
    _name_is_free(name, kind.level, but=kind)
    if fold(name) != fold(kind.name) and kind.placeversion_set.exists():
        message = _("Units are of this type already. Add a new type, and change the units to it.")
        raise Refused({"name": message})
    words = {"name": name, "short_name": short_name}
    _change(kind, words, event="place_kind.changed", by=by, now=now)
    return kind


def _change(row, words: dict, *, event: str, by, now) -> None:
    """Writes the words that differ, with one entry when any does."""
    changed = {name: words[name] for name in words if getattr(row, name) != words[name]}
    if not changed:
        return
    before = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    journal.record(event=event, subject=row, by=by, before=before, after=changed, now=now)


def _allowed(by) -> None:
    if by is not None and not by.can("places.change"):
        raise PermissionDenied("places.change")


def _name_is_free(name: str, level: Level, but: PlaceKind | None = None) -> None:
    others = PlaceKind.objects.filter(level=level).exclude(pk=but and but.pk)
    if fold(name) in {fold(each) for each in others.values_list("name", flat=True)}:
        raise Refused({"name": _("This level has a type of that name already.")})


def _code_for(name: str, level: Level) -> str:
    """A code nobody has: "Đặc khu" is "dac_khu", then "dac_khu_commune"."""
    code = "_".join("".join(c if c.isalnum() else " " for c in fold(name)).split())[:20]
    taken = PlaceKind.objects.filter(code=code).exists()
    return f"{code}_{level.code}"[:30] if taken or not code else code
