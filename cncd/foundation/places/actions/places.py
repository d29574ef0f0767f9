"""Single places: begin, change, end."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.journal import actions as journal
from cncd.foundation.places import checks
from cncd.foundation.places.actions.drafts import (
    Draft,
    add_places,
    end_version,
    first_version,
    replace_version,
)
from cncd.foundation.places.actions.index import lock_tree, rebuild_index
from cncd.foundation.places.checks import Refused
from cncd.foundation.places.models import Place, PlaceKind, PlaceVersion

KEEP = object()  # "as it was", where None says "without"


@transaction.atomic
def create_place(
    *,
    kind: PlaceKind | str,
    code: str,
    name: str,
    parent: Place | None,
    since_on: dt.date,
    by,
    document=None,
    latitude: float | None = None,
    longitude: float | None = None,
    now=None,
) -> Place:
    """Adds a place that begins on a day under a place of a higher level, and ends when that ends.

    Raises Refused when the name or the code is taken, or when the parent does not last.
    """
    lock_tree()
    kind = checks.kind_named(kind)
    checks.require(by, kind.level, parent, since_on)
    checks.clean_position(latitude, longitude)
    draft = Draft(
        kind=kind,
        code=checks.clean_code(code),
        name=checks.clean_name(name),
        parent=parent,
        since_on=since_on,
        until_on=checks.end_of_parent(parent, kind.level, since_on, None),
        latitude=latitude,
        longitude=longitude,
        document=document,
    )
    checks.code_is_free(draft.code, kind.level, since_on, draft.until_on)
    checks.name_is_free(first_version(draft))
    [place] = add_places([draft])
    rebuild_index(places=[place.pk])
    _record("place.created", place, by, {}, described(first_version(draft)), now)
    return place


def _record(event: str, place: Place, by, before: dict, after: dict, now, reason: str = "") -> None:
    journal.record(
        event=event,
        subject=place,
        by=by,
        place=place,
        before=before,
        after=after,
        reason=reason,
        rows=[touched(place)],
        now=now,
    )


@transaction.atomic
def change_place(
    *,
    place: Place,
    on: dt.date,
    by,
    name: str | None = None,
    code: str | None = None,
    kind: PlaceKind | str | None = None,
    parent: Place | None = None,
    document=None,
    latitude: float | None = KEEP,
    longitude: float | None = KEEP,
    now=None,
) -> PlaceVersion:
    """Renames, recodes, retypes or moves a place from a day on; what is None stays as it was.

    A position is given as both latitude and longitude (both None: without). On the first day of a
    version it corrects that version. Raises Refused when a later change stands in the way, the name
    or code is taken, or the new parent does not last.
    """
    lock_tree()
    old = checks.open_to_change(place, on)
    checks.require(by, place.level, old.parent, on)
    if parent is not None and parent != old.parent:
        checks.require(by, place.level, parent, on)
    wanted = _wanted(old, name, code, kind, parent, latitude, longitude)
    if not wanted:
        raise Refused(_("Nothing is different from what is already recorded."))
    before = described(old)
    wanted |= {"document": document} if document else {}
    _check_wanted(old, on, wanted)
    new = replace_version(old, on, old.until_on, **wanted)
    rebuild_index(places=[place.pk])
    _record("place.changed", place, by, *_differing(before, described(new)), now)
    return new


def _differing(before: dict, after: dict) -> tuple[dict, dict]:
    """Both sides of what changed, and since when."""
    differs = {key for key in after if after[key] != before.get(key)} | {"since_on"}
    return {key: before[key] for key in differs if key in before}, {
        key: after[key] for key in differs
    }


def _wanted(old, name, code, kind, parent, latitude, longitude) -> dict:
    """What differs from the version, cleaned."""
    wanted = {}
    if name is not None:
        wanted["name"] = checks.clean_name(name)
    if code is not None:
        wanted["code"] = checks.clean_code(code)
    if kind is not None:
        wanted["kind"] = checks.kind_named(kind)
    if parent is not None:
        wanted["parent"] = parent
    if latitude is not KEEP:
        checks.clean_position(latitude, longitude)
        wanted |= {"latitude": latitude, "longitude": longitude, "is_approximate": False}
    return {field: value for field, value in wanted.items() if value != getattr(old, field)}


def _check_wanted(old: PlaceVersion, on: dt.date, wanted: dict) -> None:
    level = old.place.level
    if "kind" in wanted and wanted["kind"].level != level:
        raise Refused({"kind": _("A unit of another level is a new unit, not a change.")})
    if "parent" in wanted:
        end = checks.end_of_parent(wanted["parent"], level, on, old.until_on)
        if end != old.until_on:
            raise checks.ends_before(wanted["parent"], end)
    if "code" in wanted:
        checks.code_is_free(wanted["code"], level, on, old.until_on, but=old.place)
    if not wanted.keys() & {"name", "kind", "parent"}:
        return
    draft = Draft(
        kind=wanted.get("kind", old.kind),
        code="",
        name=wanted.get("name", old.name),
        parent=wanted.get("parent", old.parent),
        since_on=on,
        until_on=old.until_on,
        place=old.place,
    )
    checks.name_is_free(first_version(draft))


@transaction.atomic
def end_place(*, place: Place, on: dt.date, by, document=None, reason="", now=None) -> None:
    """Ends a place that nothing succeeds; the unit above answers for what it leaves behind.

    Raises Refused while units stand under it from that day on.
    """
    lock_tree()
    last = checks.open_to_change(place, on)
    checks.require(by, place.level, last.parent, on)
    if last.since_on >= on:
        raise Refused({"on": _("It begins on that very day. Undo its last change instead.")})
    left = standing_under(place, on)
    if left:
        raise Refused(
            _("%(count)s units still stand under it, among them %(names)s. Move them first.")
            % {"count": len(left), "names": ", ".join(str(child) for child in left[:3])}
        )
    end_version(last, on)
    rebuild_index(places=[place.pk])
    after = {"on": on.isoformat()} | _cited(document)
    _record("place.ended", place, by, {}, after, now, reason)


def standing_under(place: Place, day: dt.date) -> list[PlaceVersion]:
    """Versions of units that stand under the place on that day or come to do so later."""
    rows = PlaceVersion.objects.overlapping(day, None).filter(parent=place)
    return list(rows.select_related("kind", "place__level").order_by("sort_key", "since_on"))


def described(version: PlaceVersion) -> dict:
    """A version in plain words, for the journal."""
    found = {
        "name": version.full_name,
        "code": version.code,
        "parent": str(version.parent) if version.parent else None,
        "since_on": version.since_on.isoformat(),
        "until_on": version.until_on.isoformat() if version.until_on else None,
    } | _cited(version.document)
    if version.latitude is not None:
        found["position"] = f"{version.latitude:.5f}, {version.longitude:.5f}"
    return {key: value for key, value in found.items() if value is not None}


def _cited(document) -> dict:
    return {"document": str(document)} if document else {}


def touched(place: Place, **more) -> dict:
    """A row of a journal entry: reactions read the id, people the name."""
    return {"place": place.pk, "name": str(place), **more}
