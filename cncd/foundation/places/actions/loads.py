"""Many places at once: the published trees, and whatever else comes as a list."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.journal import actions as journal
from cncd.foundation.kit.text import spelling
from cncd.foundation.places import checks
from cncd.foundation.places.actions.drafts import Draft, add_places
from cncd.foundation.places.actions.index import lock_tree, rebuild_index
from cncd.foundation.places.checks import Refused, shown
from cncd.foundation.places.levels import ensure_levels
from cncd.foundation.places.loading import TREES, Unit, read_units
from cncd.foundation.places.models import Place, PlaceVersion
from cncd.foundation.places.passings import unchanged_in_2025
from cncd.foundation.places.rules import HAMLET

BEGINNING = dt.date(2022, 1, 1)  # of the 2022 tree, as far as this program looks back
REFORM = dt.date(2025, 7, 1)  # districts end, provinces and communes are merged
LISTED = 1_000  # places an entry lists one by one; above that, only the highest


@transaction.atomic
def load_places(*, drafts: Iterable[Draft], by, source: str = "", now=None) -> list[Place]:
    """Adds many places at once, parents before children; one journal entry lists them.

    Raises Refused, naming the first, when a code or a sibling's name is taken.
    """
    lock_tree()
    drafts = list(drafts)
    for top in {
        id(each.parent): each for each in drafts if not isinstance(each.parent, Draft)
    }.values():
        checks.require(by, top.kind.level, top.parent, top.since_on)
    check_codes(drafts)
    check_names(drafts)
    places = add_places(drafts)
    if places:
        rebuild_index(places=[place.pk for place in places])
        _record(drafts, by, source, now)
    return places


@transaction.atomic
def load_tree(
    *,
    tree: str,
    by,
    province: str | None = None,
    open_ended: bool = False,
    now=None,
) -> list[Place]:
    """Loads the units of 2022, or those in force since 1/7/2025, of one province (code) or of all.

    Units of 2022 end on 1/7/2025 unless `open_ended` (the demo's choice). Units already there are
    left as they are; where a unit of 2022 goes on unchanged, it gets a new version. Raises Refused
    when the trees would overlap, DataMissing when the data is not installed.
    """
    lock_tree()
    if tree not in TREES:
        raise Refused(_("There is no tree “%(tree)s”; choose 2022 or 2025.") % {"tree": tree})
    units = read_units(tree, province)
    if not units:
        raise Refused(_("No province has the code “%(code)s” in this tree.") % {"code": province})
    since, until = (BEGINNING, None if open_ended else REFORM) if tree == "2022" else (REFORM, None)
    ensure_levels()
    drafts = _drafts_of(units, since, until)
    return load_places(drafts=drafts, by=by, source=tree, now=now)


def _drafts_of(units: list[Unit], since: dt.date, until: dt.date | None) -> list[Draft]:
    """Drafts of the units that are not there yet."""
    kinds = ensure_levels()
    by_code: dict[str, Draft | Place] = _already_there({unit.code for unit in units}, since, until)
    goes_on = unchanged_in_2025() if since == REFORM else {}
    drafts = []
    for unit in units:
        if unit.code in by_code:
            continue
        latitude, longitude = unit.position or (None, None)
        draft = by_code[unit.code] = Draft(
            kind=kinds[unit.kind],
            code=unit.code,
            name=unit.name,
            parent=by_code[unit.parent] if unit.parent else None,
            since_on=since,
            until_on=until,
            latitude=latitude,
            longitude=longitude,
            is_approximate=unit.is_approximate,
            place=_continued(unit.code, since) if unit.code in goes_on else None,
        )
        drafts.append(draft)
    return drafts


def _already_there(codes: set[str], since: dt.date, until: dt.date | None) -> dict[str, Place]:
    """Units of the tree that were loaded before; raises Refused when another tree is in the way."""
    rows = PlaceVersion.objects.overlapping(since, until).select_related("place__level", "kind")
    found = {}
    first = ("-since_on", "place__level__rank", "code")
    for version in rows.exclude(place__level__code=HAMLET).order_by(*first):
        if version.code not in codes:
            continue
        if version.since_on < since:
            raise Refused(
                _("%(place)s (code %(code)s) holds on %(day)s already: the trees would overlap.")
                % {"place": version, "code": version.code, "day": shown(since)}
            )
        found[version.code] = version.place
    return found


def _continued(code: str, on: dt.date) -> Place | None:
    """The place that bore the code until that day; its last version is no longer the last."""
    version = PlaceVersion.objects.filter(code=code, until_on=on, is_last=True).first()
    if version is None:
        return None
    version.is_last = False
    version.save(update_fields=["is_last"])
    return version.place


def check_codes(drafts: list[Draft]) -> None:
    twice = [
        key for key, n in Counter((d.kind.level.code, d.code) for d in drafts).items() if n > 1
    ]
    if twice:
        raise Refused(_("Code %(code)s stands there twice.") % {"code": twice[0][1]})
    spans = {(d.since_on, d.until_on) for d in drafts}
    codes = {(d.kind.level_id, d.code): d for d in drafts}
    for since, until in spans:
        rows = PlaceVersion.objects.overlapping(since, until).values_list(
            "place__level", "code", "place"
        )
        for level, code, place in rows:
            draft = codes.get((level, code))
            if draft and (draft.place is None or draft.place.pk != place):
                checks.code_is_free(code, draft.kind.level, since, until, but=draft.place)


def check_names(drafts: list[Draft]) -> None:
    """No two siblings of one type share a name, among the drafts or with those already there."""
    seen = set()
    for draft in drafts:
        parent = draft.parent.place if isinstance(draft.parent, Draft) else draft.parent
        under = parent.pk if parent else id(draft.parent)
        if parent and (under, None) not in seen:
            seen |= {(under, None), *_names_under(parent, draft)}
        name = (under, draft.kind.pk, spelling(draft.name))
        if name in seen:
            raise Refused(
                {
                    "name": _("There is already %(place)s (code %(code)s) under the same unit.")
                    % {"place": f"{draft.kind.name} {draft.name}", "code": draft.code}
                }
            )
        seen.add(name)


def _names_under(parent: Place, draft: Draft) -> set[tuple[int, int, str]]:
    rows = PlaceVersion.objects.overlapping(draft.since_on, draft.until_on).filter(parent=parent)
    return {(parent.pk, kind, spelling(name)) for kind, name in rows.values_list("kind", "name")}


def _record(drafts: list[Draft], by, source: str, now) -> None:
    listed = drafts
    if len(drafts) > LISTED:
        highest = min(draft.kind.level.rank for draft in drafts)
        listed = [draft for draft in drafts if draft.kind.level.rank == highest]
    first = drafts[0].place
    counts = Counter(draft.kind.level.name for draft in drafts)
    names = {draft.place.pk: f"{draft.kind.name} {draft.name}" for draft in listed}
    journal.record(
        event="places.loaded",
        subject=first,
        by=by,
        place=first,
        after={
            "count": len(drafts),
            "levels": ", ".join(f"{n} {level}" for level, n in counts.items()),
            "since_on": drafts[0].since_on.isoformat(),
        }
        | ({"source": source} if source else {}),
        rows=[{"place": place, "name": name} for place, name in names.items()],
        now=now,
    )
