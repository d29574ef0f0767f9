"""A whole reorganisation from a list: every merger, split and abolition of a resolution at once."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.documents.actions import add_document
from cncd.foundation.documents.models import Document
from cncd.foundation.journal import actions as journal
from cncd.foundation.kit.text import fold, spelling
from cncd.foundation.places import checks, queries
from cncd.foundation.places.actions.drafts import Draft, replace_version
from cncd.foundation.places.actions.index import lock_tree, rebuild_index
from cncd.foundation.places.actions.successions import Changed, pass_on
from cncd.foundation.places.checks import Refused, shown
from cncd.foundation.places.models import Level, Place, PlaceKind, PlaceVersion, Succession
from cncd.foundation.places.passings import KEEP, Passed

MERGE, SPLIT = Succession.Kind.MERGE, Succession.Kind.SPLIT
DAY = dt.timedelta(days=1)
LISTED = 1_000


class RowRefused(Refused):
    """What is wrong with one row of the list; `number` is the row."""

    def __init__(self, number: int, error: Exception):
        self.number = number
        problem = " ".join(getattr(error, "messages", [])) or str(error)
        super().__init__(_("Row %(row)s: %(problem)s") % {"row": number, "problem": problem})


@transaction.atomic
def reorganise(*, lines: Iterable[Passed], by, now=None) -> Counter:
    """Carries out a list of reorganisations, day by day, the lowest level first; one journal entry.

    Returns how many units ended, began, moved and went on. Raises RowRefused for the first row that
    cannot be; then nothing is written.
    """
    lock_tree()
    lines, done = list(lines), Changed()
    documents: dict = {}
    for group in groups_of(lines):
        try:
            _add(done, _carry_out(group, by, documents, now))
        except (Refused, PermissionDenied) as error:
            raise RowRefused(group[0].number, _readable(error)) from error
    places = done.places
    if places:
        rebuild_index(places=[place.pk for place in places])
        _record(done, lines, documents, by, now)
    return Counter(ended=len(done.olds), new=len(done.news), moved=len(done.moved))


def trial(*, lines: Iterable[Passed], by) -> dict[int, str]:
    """What would go wrong, by row of the list; nothing is written."""
    wrong: dict[int, str] = {}
    with transaction.atomic():
        lock_tree()
        for group in groups_of(lines):
            try:
                with transaction.atomic():
                    _carry_out(group, by, None, None)
            except (Refused, PermissionDenied) as error:
                message = " ".join(_readable(error).messages)
                wrong |= {line.number: message for line in group}
        transaction.set_rollback(True)
    return wrong


def _readable(error: Exception) -> Refused:
    if isinstance(error, PermissionDenied):
        return Refused(_("This unit is outside your reach."))
    return error


def groups_of(lines: Iterable[Passed]) -> list[list[Passed]]:
    """Rows that are one change together, in the order they have to happen."""
    groups: dict[tuple, list[Passed]] = {}
    for line in lines:
        same = line.old_code if line.form in (SPLIT, KEEP) else line.new_code
        # Codes are as long as their level is low: communes end before their district does.
        level = len(line.old_code)
        groups.setdefault((line.on, -level, line.form != KEEP, line.form, same), []).append(line)
    return [groups[key] for key in sorted(groups)]


# -- one change ---------------------------------------------------------------------------------


def _carry_out(group: list[Passed], by, documents: dict | None, now) -> Changed:
    first = group[0]
    document = _document(first, documents, by, now)
    if first.form == KEEP:
        return _keep(first, by, document)
    olds = {line.old_code: _old(line) for line in group}
    news = {}
    for line in group:
        if line.new_code not in news:
            news[line.new_code] = _new(line, olds)
    rows = [(olds[line.old_code], news[line.new_code], line.share) for line in group]
    return pass_on(first.form, rows, on=first.on, by=by, document=document, children={})


def _old(line: Passed) -> Place:
    """The unit that bore the old code the day before; raises Refused when its name is another."""
    place = queries.at_code(line.old_code, line.on - DAY)
    if place is None:
        raise Refused(
            _("On %(day)s no unit has the code %(code)s.")
            % {"code": line.old_code, "day": shown(line.on - DAY)}
        )
    version = checks.in_force(place, line.on - DAY)
    if line.old_name:
        _same_name(line.old_code, line.old_name, version)
    return place


def _same_name(code: str, written: str, version: PlaceVersion) -> None:
    if spelling(written) not in (spelling(version.name), spelling(version.full_name)):
        raise Refused(
            _("Code %(code)s is %(place)s, not %(written)s.")
            % {"code": code, "place": version.full_name, "written": written}
        )


def _new(line: Passed, olds: dict[str, Place]) -> Place | Draft:
    """The unit that bears the new code that day, or the draft of one that begins."""
    bearers = PlaceVersion.objects.on(line.on).filter(code=line.new_code)
    ending = [old.pk for old in olds.values()]
    version = bearers.exclude(place__in=ending).select_related("place__level", "kind").first()
    if version:
        if line.new_name:
            _same_name(line.new_code, line.new_name, version)
        return version.place
    if not (line.new_name and line.new_kind):
        raise Refused(
            _("No unit has the code %(code)s on %(day)s. Give the name and type of the new one.")
            % {"code": line.new_code, "day": shown(line.on)}
        )
    return Draft(
        kind=_kind(line.new_kind, olds[line.old_code].level),
        code=line.new_code,
        name=line.new_name,
        parent=_parent(line),
        since_on=line.on,
    )


def _kind(name: str, level: Level) -> PlaceKind:
    """The type of that name at that level: a "Thành phố" may be of two."""
    for kind in PlaceKind.objects.filter(level=level).select_related("level"):
        if fold(kind.name) == fold(name):
            return kind
    raise Refused(
        _("There is no type of unit “%(kind)s” at the level “%(level)s”.")
        % {"kind": name, "level": level}
    )


def _parent(line: Passed) -> Place | None:
    if not line.parent_code:
        return None
    parent = queries.at_code(line.parent_code, line.on)
    if parent is None:
        raise Refused(
            _("On %(day)s no unit has the code %(code)s.")
            % {"code": line.parent_code, "day": shown(line.on)}
        )
    return parent


def _keep(line: Passed, by, document) -> Changed:
    """The same unit goes on from that day, under another unit or a new code, name or type."""
    place = _old(line)
    checks.require(by, place.level, place, line.on)
    version = checks.in_force(place, line.on - DAY)
    if checks.in_force(place, line.on) and version.until_on == line.on:
        return Changed()  # the tree that was loaded says so already
    twin = queries.at_code(line.new_code, line.on, place.level.code)
    if twin and twin != place:
        rows = [(place, twin, line.share)]
        return pass_on(MERGE, rows, on=line.on, by=by, document=document, children={})
    parent = _parent(line) or version.parent
    until = None if version.until_on == line.on else version.until_on
    until = checks.end_of_parent(parent, place.level, line.on, until)
    kind = _kind(line.new_kind, place.level) if line.new_kind else version.kind
    name = line.new_name or version.name
    checks.code_is_free(line.new_code, place.level, line.on, until, but=place)
    replace_version(
        version, line.on, until, parent=parent, code=line.new_code, name=name, kind=kind,
        document=document,
    )  # fmt: skip
    return Changed(moved=[place])


def _document(line: Passed, documents: dict | None, by, now) -> Document | None:
    """The resolution the row cites, kept once; a trial keeps none."""
    if line.document is None or documents is None:
        return None
    if line.document not in documents:
        number, issued_on, issuer = line.document
        documents[line.document] = add_document(
            kind=Document.Kind.RESOLUTION,
            number=number,
            issued_on=issued_on,
            issuer=issuer,
            by=by,
            now=now,
        )
    return documents[line.document]


def _add(done: Changed, more: Changed) -> None:
    for field in ("made", "olds", "news", "moved"):
        getattr(done, field).extend(getattr(more, field))


def _record(done: Changed, lines, documents: dict, by, now) -> None:
    rows = done.rows()
    subject = (done.news or done.moved)[0]
    journal.record(
        event="places.reorganised",
        subject=subject,
        by=by,
        place=subject,
        after={
            "ended": len(set(done.olds)),
            "new": len(set(done.news)),
            "moved": len(done.moved),
            "on": min(line.on for line in lines).isoformat(),
            "document": ", ".join(str(document) for document in documents.values()),
        },
        rows=rows if len(rows) <= LISTED else [row for row in rows if row["part"] != "moved"],
        now=now,
    )
