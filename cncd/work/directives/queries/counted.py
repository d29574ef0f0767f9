"""What the room counts when a report or a total asks: what was due, and done in time (TC18)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from cncd.foundation.kit.counting import Counted
from cncd.work.directives.models import Extension, Obligation

DUE, IN_TIME = "due", "done_in_time"
STATUS = Obligation.Status
UNCOUNTED = (STATUS.EXEMPT, STATUS.PASSED)


def counted(teams, first_day: dt.date, last_day: dt.date, counters) -> dict[int, dict]:
    """Team id → counter id → figure, for counters of the room "directives".

    `due` is what the team was to have done by a day of these, `done_in_time` what of it was done
    no later than that. Exempt ones, those passed on, and those of a withdrawn directive do not
    count; an extended one counts in the period of its later day. Of a team that had nothing to do
    by then nothing is kept. Raises KeyError for another word. One query.
    """
    if unknown := {counter.counts for counter in counters} - {DUE, IN_TIME}:
        raise KeyError(", ".join(sorted(unknown)))
    ids = {getattr(team, "pk", team) for team in teams}
    asked = Obligation.objects.standing().filter(team__in=ids)
    rows = asked.filter(due_on__range=(first_day, last_day)).exclude(status__in=UNCOUNTED)
    found: dict = defaultdict(lambda: {DUE: [], IN_TIME: []})
    listed = rows.order_by("due_on", "pk").values_list("team", "pk", "due_on", "done_on")
    for team, pk, due_on, done_on in listed:
        in_time = done_on is not None and done_on <= due_on
        record = ("directives", str(pk), int(in_time))  # how it stood when it was counted
        found[team][DUE].append(record)
        if in_time:
            found[team][IN_TIME].append(record)
    empty = {DUE: [], IN_TIME: []}
    return {
        pk: {
            counter.pk: _figure(found.get(pk, empty)[counter.counts], kept=pk in found)
            for counter in counters
        }
        for pk in ids
    }


def _figure(records: list, *, kept: bool) -> Counted:
    return Counted(len(records), tuple(records), kept=kept)


def told(records: Iterable[tuple]) -> list[tuple[Obligation, bool]]:
    """The obligations that frozen records name, each with whether it stands otherwise since."""
    stood = {str(pk): bool(in_time) for _room, pk, in_time in records}
    rows = Obligation.objects.filter(pk__in=stood).select_related("ask", "directive")
    return [(row, _in_time(row) != stood[str(row.pk)]) for row in rows.order_by("due_on", "pk")]


def _in_time(row: Obligation) -> bool:
    return row.done_on is not None and not row.is_late


def touched_since(team: int, first_day: dt.date, last_day: dt.date, since: dt.datetime) -> int:
    """How many things that the team was to do in the days were given, answered, extended, or
    became exempt after the moment.
    """
    rows = Obligation.objects.filter(team=team, due_on__range=(first_day, last_day))
    late = Q(given_at__gt=since) | Q(exempted_at__gt=since) | Q(extensions__at__gt=since)
    late |= Q(answers__checked_at__gt=since) | Q(directive__ended_at__gt=since)
    done = Q(done_on__gte=since.date(), status=STATUS.DONE)
    return rows.filter(late | done).distinct().count()


def due_days(subject, ids: Iterable[int]) -> set[tuple[dt.date, int]]:
    """(day, team id) on which teams were or are to have done it: of these obligations, else of the
    directive or obligation that is the subject. Days before an extension are among them.
    """
    ids = list(ids)
    rows = Obligation.objects.exclude(team=None)
    if ids:
        rows = rows.filter(pk__in=ids)
    elif isinstance(subject, Obligation):
        rows = rows.filter(pk=subject.pk)
    else:
        rows = rows.filter(directive=subject.pk)
    before = Extension.objects.filter(obligation__in=rows.order_by())
    now, then = ("due_on", "team"), ("before_on", "obligation__team")
    return {*rows.order_by().values_list(*now), *before.values_list(*then)}
