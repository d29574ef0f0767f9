"""A file of hamlets, already checked row by row, written at once."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.journal import actions as journal
from cncd.foundation.places import checks
from cncd.foundation.places.actions.drafts import (
    Draft,
    add_places,
    first_version,
    replace_version,
)
from cncd.foundation.places.actions.index import lock_tree, rebuild_index
from cncd.foundation.places.actions.loads import check_codes, check_names
from cncd.foundation.places.checks import Refused
from cncd.foundation.places.hamlets import HamletLine


@transaction.atomic
def import_hamlets(*, lines: Iterable[HamletLine], by, now=None) -> dict[str, int]:
    """Adds the hamlets that are new and changes those that differ; one journal entry lists them.

    Returns how many were new and changed. Raises Refused when a name or code has been taken since
    the file was checked, PermissionDenied outside one's reach; then nothing is written.
    """
    lock_tree()
    lines = [line for line in lines if line.differs]
    for line in {line.commune.pk: line for line in lines}.values():
        checks.require(by, line.kind.level, line.commune, line.since_on)
    changed = [line for line in lines if line.known is not None]
    for line in changed:
        _change(line)
    drafts = [_draft(line) for line in lines if line.known is None]
    check_codes(drafts)
    check_names(drafts)
    added = add_places(drafts)
    places = [*added, *(line.known.place for line in changed)]
    if places:
        rebuild_index(places=[place.pk for place in places])
        _record(lines, drafts, changed, by, now)
    return {"new": len(added), "changed": len(changed)}


def _draft(line: HamletLine) -> Draft:
    return Draft(
        kind=line.kind,
        code=line.code,
        name=line.name,
        parent=line.commune,
        since_on=line.since_on,
        until_on=line.until_on,
    )


def _change(line: HamletLine) -> None:
    old = checks.open_to_change(line.known.place, line.since_on)
    if old.pk != line.known.pk:
        raise Refused(
            _("%(place)s has changed in the meantime. Upload the file again.")
            % {"place": line.known.full_name}
        )
    draft = _draft(line)
    draft.place = old.place
    checks.name_is_free(first_version(draft))
    level = old.place.level
    checks.code_is_free(line.code, level, line.since_on, old.until_on, but=old.place)
    replace_version(old, line.since_on, old.until_on, **line.changes)


def _record(lines, drafts: list[Draft], changed: list[HamletLine], by, now) -> None:
    commune = lines[0].commune
    rows = [
        {"place": draft.place.pk, "name": f"{draft.kind.name} {draft.name}", "part": "new"}
        for draft in drafts
    ]
    rows += [
        {"place": line.known.place_id, "name": f"{line.kind.name} {line.name}", "part": "changed"}
        for line in changed
    ]
    journal.record(
        event="hamlets.imported",
        subject=commune,
        by=by,
        place=commune,
        after={
            "new": len(drafts),
            "changed": len(changed),
            "communes": len({line.commune.pk for line in lines}),
        },
        rows=rows,
        now=now,
    )
