"""Taking back the latest change of a place, while nothing else rests on it."""

import datetime as dt

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from cncd.foundation.journal import actions as journal
from cncd.foundation.places import checks
from cncd.foundation.places.actions.index import lock_tree, rebuild_index
from cncd.foundation.places.actions.places import described, touched
from cncd.foundation.places.checks import Refused, shown
from cncd.foundation.places.models import Place, PlaceVersion, Succession


@transaction.atomic
def undo_change(*, place: Place, by, reason: str = "", now=None) -> None:
    """Takes back the latest change of a place: its end, its last version, or its beginning.

    Raises Refused when it came with a succession, or when something rests on it.
    """
    lock_tree()
    last = last_version(place)
    checks.require(by, place.level, last.parent or place, last.since_on)
    _not_by_succession(place, last)
    previous = place.versions.filter(until_on=last.since_on).select_related("kind").first()
    before, name = described(last), str(place)
    if _was_ended(last):
        reopen(last)
        after = described(last)
    elif previous:
        after = described(restore(last, previous))
    else:
        after = {}
        forget([place])
    rebuild_index(places=[place.pk] if place.pk else [])
    _record("place.restored", place, last.parent, by, name, before, after, reason, now)


@transaction.atomic
def undo_succession(*, succession: Succession, by, reason: str = "", now=None) -> None:
    """Takes back a whole succession: what ended goes on, what moved returns, and the units that
    began with it are removed. Raises Refused when later changes or records rest on it.
    """
    lock_tree()
    group = together(succession)
    olds = {each.old for each in group}
    news = {each.new for each in group}
    for place in olds | news:
        checks.require(by, place.level, place, succession.on)
    _nothing_later(olds | news, group)
    moved = moved_by(group)
    before = {"old": [str(each) for each in olds], "new": [str(each) for each in news]}
    rows = [touched(place) for place in [*olds, *news, *(v.place for v in moved)]]
    Succession.objects.filter(pk__in=[each.pk for each in group]).delete()
    for version in moved:
        previous = version.place.versions.filter(until_on=version.since_on).first()
        restore(version, previous, check=False)
    begun = [new for new in news if not new.versions.filter(since_on__lt=succession.on).exists()]
    forget([new for new in begun if not new.predecessors.exists()])
    whole = {each.old for each in group if each.kind != Succession.Kind.TRANSFER}
    for old in sorted(whole, key=lambda each: each.level.rank):
        reopen(last_version(old))
    for version in moved:
        _bounded_by_parent(version.place)
    left = [place.pk for place in [*olds, *news, *(v.place for v in moved)] if place.pk]
    rebuild_index(places=left)
    first = next(iter(olds))
    journal.record(
        event="place.restored",
        subject=first,
        by=by,
        place=first,
        before=before | {"on": succession.on.isoformat()},
        reason=reason,
        rows=rows,
        now=now,
    )


def together(succession: Succession) -> list[Succession]:
    """The successions of one day that share units with this one, directly or through others."""
    rows = list(
        Succession.objects.filter(on=succession.on).select_related("old__level", "new__level")
    )
    group, places = [], {succession.old_id, succession.new_id}
    while True:
        found = [r for r in rows if r not in group and {r.old_id, r.new_id} & places]
        if not found:
            return group
        group += found
        places |= {place for row in found for place in (row.old_id, row.new_id)}


def moved_by(group: list[Succession]) -> list[PlaceVersion]:
    """The versions that began because their parent passed into another."""
    pairs = {(each.old_id, each.new_id) for each in group}
    rows = PlaceVersion.objects.filter(
        parent__in=[new for _old, new in pairs], since_on=group[0].on
    ).select_related("place__level", "kind")
    before = {
        version.place_id: version.parent_id
        for version in PlaceVersion.objects.filter(
            place__in=[row.place_id for row in rows], until_on=group[0].on
        )
    }
    return [row for row in rows if (before.get(row.place_id), row.parent_id) in pairs]


def last_version(place: Place) -> PlaceVersion:
    return place.versions.select_related("kind", "parent", "place__level").get(is_last=True)


def reopen(last: PlaceVersion) -> None:
    """An ended place goes on, as long as its parent does."""
    level = last.place.level
    last.until_on = checks.end_of_parent(last.parent, level, last.since_on, None)
    checks.code_is_free(last.code, level, last.since_on, last.until_on, but=last.place)
    last.save(update_fields=["until_on"])


def restore(last: PlaceVersion, previous: PlaceVersion, *, check: bool = True) -> PlaceVersion:
    """The version before takes the place of the last one."""
    until = last.until_on
    PlaceVersion.objects.filter(pk=last.pk).delete()
    previous.until_on, previous.is_last = until, last.is_last
    if check:
        level = last.place.level
        if checks.end_of_parent(previous.parent, level, previous.since_on, until) != until:
            raise checks.ends_before(previous.parent, last_version(previous.parent).until_on)
        checks.code_is_free(previous.code, level, previous.since_on, until, but=last.place)
    previous.save(update_fields=["until_on", "is_last"])
    return previous


def forget(places: list[Place]) -> None:
    """Removes places that never should have been; raises Refused when records rest on one."""
    for place in places:
        name = str(place)
        try:
            with transaction.atomic():
                Place.objects.get(pk=place.pk).delete()
        except ProtectedError as error:
            held = {obj._meta.verbose_name for obj in error.protected_objects}
            raise Refused(
                _("Records rest on %(place)s already (%(kinds)s), so it stays.")
                % {"place": name, "kinds": ", ".join(sorted(map(str, held)))}
            ) from None
        place.pk = None


def _bounded_by_parent(place: Place) -> None:
    """A unit that returned ends with the parent it returned to, when that one ends."""
    last = last_version(place)
    end = last_version(last.parent).until_on
    if end is not None and (last.until_on is None or last.until_on > end):
        last.until_on = end
        last.save(update_fields=["until_on"])


def _was_ended(last: PlaceVersion) -> bool:
    """Whether the place ended by itself, not together with what it stands under."""
    if last.until_on is None:
        return False
    end = last_version(last.parent).until_on if last.parent else None
    return end is None or last.until_on < end


def _not_by_succession(place: Place, last: PlaceVersion) -> None:
    mine = Succession.objects.filter(Q(old=place) | Q(new=place), on__gte=last.since_on)
    parents = place.versions.filter(until_on=last.since_on).values("parent")
    came = Succession.objects.filter(old__in=parents, new=last.parent, on=last.since_on)
    found = (mine | came).first()
    if found:
        raise Refused(
            _("It is part of the reorganisation of %(day)s. Undo that one as a whole.")
            % {"day": shown(found.on)}
        )


def _nothing_later(places: set[Place], group: list[Succession]) -> None:
    on: dt.date = group[0].on
    later = (
        Succession.objects.filter(Q(old__in=places) | Q(new__in=places), on__gte=on)
        .exclude(pk__in=[each.pk for each in group])
        .first()
    )
    moved = [version.place_id for version in moved_by(group)]
    changed = (
        PlaceVersion.objects.filter(place__in=[*places, *moved], since_on__gt=on)
        .select_related("kind")
        .first()
    )
    if later or changed:
        what = str(changed) if changed else f"{later.old} → {later.new}"
        raise Refused(
            _("%(what)s changed again on %(day)s. Undo that one first.")
            % {"what": what, "day": shown(changed.since_on if changed else later.on)}
        )


def _record(event, place, parent, by, name, before, after, reason, now) -> None:
    subject = place if place.pk else parent
    journal.record(
        event=event,
        subject=subject,
        by=by,
        place=subject,
        before=before | {"name": name},
        after=after,
        reason=reason,
        rows=[touched(subject)],
        now=now,
    )
