"""What is true of reports without a database or a clock."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from cncd.foundation.kit.counting import NONE, Counted, Value
from cncd.team.programme.rules import LARGEST


class Status(StrEnum):
    """A cell of the reports grid; shown by shape and word, never by colour alone."""

    ON_TIME = "on_time"  # sent on time, waiting to be accepted
    LATE = "late"  # sent late, waiting to be accepted
    MISSING = "missing"  # past due, never sent
    RETURNED = "returned"
    ACCEPTED = "accepted"
    NOT_YET = "not_yet"  # not due yet, nothing sent
    NOT_DUE = "not_due"  # this unit owes no report for the period
    IMPORTED = "imported"


def must_report(
    since_on: dt.date,
    until_on: dt.date | None,
    first_day: dt.date,
    last_day: dt.date,
    cutoff_days: int = 0,
) -> bool:
    """Whether a team in force over [since_on, until_on) owes the report of the period.

    In force on the last day (formed at least `cutoff_days` before it); a team dissolved within the
    period owes a closing report.
    """
    if since_on > last_day - dt.timedelta(days=cutoff_days):
        return False
    return until_on is None or until_on > first_day


def acting_day(until_on: dt.date | None, last_day: dt.date) -> dt.date:
    """The day whose tree the figures follow: the period's last, or the team's own last day."""
    return last_day if until_on is None else min(last_day, until_on - dt.timedelta(days=1))


def is_on_time(made_at: dt.datetime | None, due_at: dt.datetime | None) -> bool | None:
    """Whether a report made then kept its due moment; None while not sent, or when none is due."""
    return None if made_at is None or due_at is None else made_at <= due_at


def status(
    *,
    state: str | None,
    is_due: bool,
    made_at: dt.datetime | None,
    due_at: dt.datetime | None,
    now: dt.datetime,
) -> Status:
    """The grid's word for one report. `state` is None when there is no report at all."""
    if state in ("accepted", "locked"):
        return Status.ACCEPTED if made_at else Status.IMPORTED
    if state == "returned":
        return Status.RETURNED
    if state == "sent":
        late = made_at and due_at and made_at > due_at
        return Status.LATE if late else Status.ON_TIME
    if not is_due:
        return Status.NOT_DUE
    return Status.MISSING if due_at and now > due_at else Status.NOT_YET


@dataclass(frozen=True)
class Line:
    """One row of the sheet: a measure, counted (with the room's answer) or asked."""

    code: str
    name: str
    counted: Counted | None = None  # None: asked by hand
    required: bool = True
    zero_is_none: bool = False  # a flow may be declared "không phát sinh"
    room: str = ""  # which room counted it
    short_name: str = ""
    unit: str = ""
    factor: int = 1  # stored units in one shown unit
    most: int = LARGEST  # stored; what is above is a slip of the finger
    hint: str = ""
    part_of: bool = False  # "trong đó": a part of the line above
    yes_no: bool = False  # 1 or 0, said as "Có" or "Chưa"

    @property
    def is_stock(self) -> bool:
        """Whether the figure says what stands at the end of the period."""
        return not self.zero_is_none


@dataclass(frozen=True)
class Entry:
    """What a person typed for a measure; the reason is asked only when it changes a count."""

    value: Value
    reason: str = ""


@dataclass
class Composition:
    """The figures of a report as they would be frozen now, and what still stands in the way."""

    figures: dict[str, dict] = field(default_factory=dict)
    records: list[tuple[str, str, int]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)  # codes to state
    unexplained: list[str] = field(default_factory=list)  # counts changed without a reason

    @property
    def values(self) -> dict[str, Value]:
        return {code: figure["value"] for code, figure in self.figures.items()}


def compose(
    lines: list[Line],
    entries: dict[str, Entry],
    *,
    nothing_happened: bool = False,
    kept: dict[str, dict] | None = None,
    kept_records: list | None = None,
) -> Composition:
    """Puts counts and entries together.

    A count stands unless an entry changes it, and then keeps both. An asked figure stands as typed;
    left blank it is absent, and missing when required. With `nothing_happened`, blank asked figures
    and zero flow counts become "không phát sinh". `kept` figures (of the version before, when only
    returned figures are open) are taken over unchanged, with the records they counted.
    """
    made = Composition()
    places: dict[tuple, int] = {}
    for line in lines:
        if kept is not None and line.code in kept:
            figure = dict(kept[line.code])
            if "from" in figure:
                figure["from"] = _refer(made, places, [kept_records[i] for i in figure["from"]])
        else:
            figure = _figure(line, entries.get(line.code), nothing_happened, made, places)
        if figure is not None:
            made.figures[line.code] = figure
        elif line.required:
            made.missing.append(line.code)
    return made


def _figure(
    line: Line, entry: Entry | None, nothing: bool, made: Composition, places
) -> dict | None:
    if line.counted is None:
        if entry is not None:
            return {"value": entry.value}
        return {"value": NONE} if nothing else None
    computed = line.counted.value
    if nothing and computed == 0 and line.zero_is_none:
        computed = NONE
    figure = {"value": computed, "computed": computed}
    figure["from"] = _refer(made, places, line.counted.records)
    if entry is not None and entry.value != computed:
        figure |= {"value": entry.value, "reason": entry.reason}
        if not entry.reason.strip():
            made.unexplained.append(line.code)
    return figure


def _refer(made: Composition, places: dict[tuple, int], records) -> list[int]:
    """Indexes of the records in the version's list, which holds each record once."""
    found = []
    for record in map(tuple, records):
        if record not in places:
            places[record] = len(made.records)
            made.records.append(record)
        found.append(places[record])
    return found


def changes(before: dict[str, dict], after: dict[str, dict]) -> dict[str, list]:
    """{code: [value before, value after]} where they differ; None stands for "not reported"."""
    codes = before.keys() | after.keys()
    old = {code: before.get(code, {}).get("value") for code in codes}
    new = {code: after.get(code, {}).get("value") for code in codes}
    return {code: [old[code], new[code]] for code in sorted(codes) if old[code] != new[code]}
