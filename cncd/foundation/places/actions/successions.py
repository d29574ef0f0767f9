"""Merging, splitting, passing on a part, abolishing: what ends is joined with what begins."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

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
from cncd.foundation.places.actions.places import standing_under, touched
from cncd.foundation.places.actions.shares import (
    Kind,
    check_shares,
    check_successor,
    version_to_end,
)
from cncd.foundation.places.checks import Refused, shown
from cncd.foundation.places.models import Place, PlaceVersion, Succession

NAMED_AT_MOST = 5


@dataclass
class Changed:
    """What a succession did: for the index, the journal and the page that asked."""

    made: list[Succession] = field(default_factory=list)
    olds: list[Place] = field(default_factory=list)
    news: list[Place] = field(default_factory=list)
    moved: list[Place] = field(default_factory=list)

    @property
    def places(self) -> list[Place]:
        return list(dict.fromkeys([*self.olds, *self.news, *self.moved]))

    def rows(self) -> list[dict]:
        """For a journal entry: every place touched, and its part in it."""
        parts = (("old", self.olds), ("new", self.news), ("moved", self.moved))
        return [touched(place, part=part) for part, places in parts for place in places]


@transaction.atomic
def succeed_places(
    *,
    kind: str,
    shares: Iterable[tuple[Place, "Place | Draft", float | Decimal]],
    on: dt.date,
    by,
    document=None,
    children: dict | None = None,
    now=None,
) -> list[Succession]:
    """Passes places into others from a day: merge, split, transfer of a part, abolition of a level.

    `shares` are (old, new, share of the old) rows; a new place that begins that day is a Draft and
    may take over a code. Unless only a part is transferred, the old place ends and its shares sum
    to 1. Units under it go to its one successor, or where `children` says. Raises Refused, naming
    what cannot stay where it is.
    """
    lock_tree()
    rows = [(old, new, Decimal(str(share))) for old, new, share in shares]
    changed = pass_on(kind, rows, on=on, by=by, document=document, children=children or {})
    rebuild_index(places=[place.pk for place in changed.places])
    subject = changed.olds[0] if kind == Kind.SPLIT else changed.news[0]
    journal.record(
        event="place.succeeded",
        subject=subject,
        by=by,
        place=subject,
        before={"old": [str(old) for old in changed.olds]},
        after={
            "new": [str(new) for new in changed.news],
            "kind": str(kind),
            "on": on.isoformat(),
        }
        | ({"document": str(document)} if document else {}),
        rows=changed.rows(),
        now=now,
    )
    return changed.made


def pass_on(kind, rows, *, on, by, document, children) -> Changed:
    """The succession itself; the index and the journal are the caller's."""
    check_shares(kind, rows)
    for old, new, _share in rows:
        check_successor(kind, old, new, on)
        checks.require(by, old.level, old, on)
        if isinstance(new, Draft):
            checks.require(by, new.kind.level, new.parent, on)
        else:
            checks.require(by, new.level, new, on)
    changed = Changed(olds=list(dict.fromkeys(old for old, _new, _share in rows)))
    lasts = {old: version_to_end(kind, old, on) for old in changed.olds}
    held = {old: _held_by(kind, lasts[old], on, children) for old in changed.olds}
    if kind != Kind.TRANSFER:
        for last in lasts.values():
            if last.until_on != on:
                end_version(last, on)
    # Only now is a code free that a new unit takes over from one that ended.
    _begin([new for _old, new, _share in rows if isinstance(new, Draft)], on, document)
    changed.news = list(dict.fromkeys(_place(new) for _old, new, _share in rows))
    for old, versions in held.items():
        successors = [_place(new) for each, new, _share in rows if each == old]
        changed.moved += _move_all(old, versions, successors, on, children)
    changed.made = Succession.objects.bulk_create(
        Succession(old=old, new=_place(new), kind=kind, on=on, share=share, document=document)
        for old, new, share in rows
    )
    return changed


def _place(new: "Place | Draft") -> Place:
    return new.place if isinstance(new, Draft) else new


def _begin(drafts: list[Draft], on: dt.date, document) -> None:
    """Writes the units that begin with the succession."""
    for draft in {id(each): each for each in drafts}.values():
        draft.code, draft.name = checks.clean_code(draft.code), checks.clean_name(draft.name)
        draft.since_on, draft.document = on, document
        draft.until_on = checks.end_of_parent(draft.parent, draft.kind.level, on, None)
        checks.code_is_free(draft.code, draft.kind.level, on, draft.until_on)
        checks.name_is_free(first_version(draft))
        add_places([draft])


# -- what stands under an old place -------------------------------------------------------------


def _held_by(kind: str, last: PlaceVersion, on: dt.date, children: dict) -> list[PlaceVersion]:
    """The versions of units that have to go elsewhere when the place passes on."""
    if kind == Kind.TRANSFER:
        return [version for version in standing_under(last.place, on) if version.place in children]
    return [*standing_under(last.place, on), *_closed_with(last, on)]


def _closed_with(last: PlaceVersion, on: dt.date) -> list[PlaceVersion]:
    """Units whose last day was known to be that of the old place, and which go on after it."""
    if last.until_on != on:
        return []
    rows = PlaceVersion.objects.filter(parent=last.place, until_on=on, is_last=True)
    passed_on = Succession.objects.filter(on=on).exclude(kind=Kind.TRANSFER).values("old")
    return list(rows.exclude(place__in=passed_on).select_related("kind", "place__level"))


def _move_all(old: Place, versions, successors: list[Place], on: dt.date, children) -> list[Place]:
    only = successors[0] if len(successors) == 1 else None
    wanted = {v.place: _place(children.get(v.place, only)) for v in versions}
    lost = [
        child
        for child, new in wanted.items()
        if new not in successors or new.level.rank >= child.level.rank
    ]
    if lost:
        names = ", ".join(str(child) for child in lost[:NAMED_AT_MOST])
        raise Refused(
            {
                "children": _(
                    "%(count)s units stand under %(old)s: %(names)s. Say where each goes."
                )
                % {"count": len(lost), "old": old, "names": names}
            }
        )
    for version in versions:
        _move(version, wanted[version.place], on)
    return list(wanted)


def _move(version: PlaceVersion, parent: Place, on: dt.date) -> None:
    if version.since_on >= on:
        raise Refused(
            _("%(place)s has a change on %(day)s. Undo that one first.")
            % {"place": version.full_name, "day": shown(version.since_on)}
        )
    level = version.place.level
    until = None if version.until_on == on else version.until_on
    until = checks.end_of_parent(parent, level, on, until)
    moved = replace_version(version, on, until, parent=parent)
    checks.code_is_free(moved.code, level, on, until, but=version.place)
