"""“Số này từ đâu?”: what stands behind one figure, as it was counted."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from cncd.foundation.kit import figures
from cncd.foundation.places import queries as places_room
from cncd.results.reports.models import ReportVersion
from cncd.results.reports.rules import Line
from cncd.results.reports.wording import said
from cncd.team.programme import queries as programme
from cncd.team.programme import wording as programme_words
from cncd.team.programme.models import Indicator, Measure
from cncd.team.programme.rules import show
from cncd.team.teams.models import Membership, Team
from cncd.work.activities import queries as activities_room
from cncd.work.broadcasts import queries as broadcasts_room
from cncd.work.channels import queries as channels_room
from cncd.work.difficulties import queries as difficulties_room
from cncd.work.directives import queries as directives_room
from cncd.work.households import queries as households_room
from cncd.work.money import queries as money_room
from cncd.work.registers import queries as registers_room
from cncd.work.training import queries as training_room


@dataclass(frozen=True)
class Trace:
    """One record behind a figure; `amount` is what it added, in the unit of the measure."""

    title: str
    detail: str
    amount: str = ""
    kind: str = ""  # of the record, when it has a page of its own
    key: object = None
    changed: bool = False  # edited or withdrawn since it was counted


@dataclass(frozen=True)
class Behind:
    """Everything the page of one figure says."""

    measure: Measure
    value: object
    computed: object = None
    reason: str = ""
    is_counted: bool = False
    how: str = ""  # where the figure comes from, in words
    traces: tuple[Trace, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    @property
    def shown(self) -> str:
        return said(self.measure, self.value)

    @property
    def shown_computed(self) -> str:
        return said(self.measure, self.computed)

    @property
    def was_changed(self) -> bool:
        """Whether a person stated another number than was counted."""
        return self.is_counted and self.value != self.computed


def of_line(line: Line, period) -> Behind:
    """What the figure counts right now."""
    measure = Measure.objects.get(code=line.code)
    if line.counted is None:
        return _behind(measure, period, None)
    value, records, _kept = line.counted
    return _behind(measure, period, value, records, computed=value, is_counted=True)


def of_version(version: ReportVersion, measure: Measure, period) -> Behind:
    """What the figure counted when the version was sent, for ever."""
    figure = version.figures.get(measure.code, {})
    return _behind(
        measure,
        period,
        figure.get("value"),
        [version.records[index] for index in figure.get("from", ())],
        computed=figure.get("computed"),
        reason=figure.get("reason", ""),
        is_counted="computed" in figure,
    )


def of_records(measure: Measure, value, records, day) -> Behind:
    """What a figure counted that day from these records, outside any report."""
    source = programme.sources_on(day).get(measure.pk)
    how = _how(source, programme_words.names_of_codes(), True)
    traces = _traces(records, measure, source, day)
    return Behind(measure, value, value, is_counted=True, how=how, traces=traces)


def _behind(measure: Measure, period, value, records=(), **said) -> Behind:
    source = programme.sources_on(period.first_day).get(measure.pk)
    names = programme_words.names_of_codes()
    sides = ("measure_id", "numerator_id", "denominator_id")
    return Behind(
        measure,
        value,
        how=_how(source, names, said.get("is_counted", False)),
        traces=_traces(records, measure, source, period.last_day),
        indicators=tuple(
            indicator
            for indicator in programme.indicators_on(period.first_day)
            if measure.pk in [getattr(indicator, side) for side in sides]
        ),
        **said,
    )


def _how(source, names, is_counted: bool) -> str:
    """Where the figure comes from, in words; a room may have had nothing to count it from."""
    if source is None:
        return ""
    words = programme_words.source_in_words(source, names)
    if source.counter is None or is_counted:
        return words
    return _("%(words)s. Nothing was kept there yet, so it was entered by hand.") % {"words": words}


def _traces(records, measure: Measure, source, day) -> tuple[Trace, ...]:
    """The records in words, room by room."""
    by_room: dict[object, list] = {}
    for record in records:
        by_room.setdefault(TELL[record[0]], []).append(tuple(record))
    return tuple(
        trace for tell, rows in by_room.items() for trace in tell(rows, measure, source, day)
    )


def _activities(rows, measure: Measure, source, day) -> list[Trace]:
    stood = activities_room.explain(rows, source.counter if source else None)
    return [
        Trace(
            title=f"{figures.day(each.done.happened_on)} · {each.kind}",
            detail=" · ".join(filter(None, [each.contents, each.done.venue, each.by])),
            amount="" if each.amount is None else show(each.amount, measure.factor, measure.unit),
            kind="activity",
            key=each.activity.pk,
            changed=each.has_changed,
        )
        for each in stood
    ]


def _memberships(rows, measure: Measure, source, day) -> list[Trace]:
    versions = {int(pk): version for _room, pk, version in rows}
    members = Membership.objects.filter(pk__in=versions).select_related("person", "component")
    return [
        Trace(
            title=str(member.person),
            detail=" · ".join(filter(None, [member.get_position_display(), _since(member)])),
            changed=member.version != versions[member.pk],
        )
        for member in members
    ]


def _since(row) -> str:
    return figures.day(row.since_on)


def _teams(rows, measure: Measure, source, day) -> list[Trace]:
    teams = Team.objects.filter(pk__in=[int(pk) for _room, pk, _version in rows])
    return [
        Trace(
            title=team.name,
            detail=str(team.formed_by),
            kind="team",
            key=team.pk,
        )
        for team in teams.select_related("formed_by")
    ]


def _places(rows, measure: Measure, source, day) -> list[Trace]:
    named = places_room.names([int(pk) for _room, pk, _version in rows], timezone.localdate())
    return [
        Trace(title=name.full_name, detail=name.code)
        for name in sorted(named.values(), key=lambda name: name.sort_key)
    ]


def _registers(rows, measure: Measure, source, day) -> list[Trace]:
    return [
        Trace(each.title, each.detail, kind=each.kind, key=each.key, changed=each.has_changed)
        for each in registers_room.explain(rows, day)
    ]


def _household_counts(rows, measure: Measure, source, day) -> list[Trace]:
    word = source.counter.counts if source and source.counter else ""
    return [
        Trace(
            title=f"{each.hamlet} · {each.count.year}",
            detail=each.count.source,
            amount=show(getattr(each.count, word, None), measure.factor, measure.unit),
            changed=each.count.replaced_by_id is not None,
        )
        for each in households_room.explain(rows)
    ]


def _channels(rows, measure: Measure, source, day) -> list[Trace]:
    return [
        Trace(
            title=channel.name,
            detail=" · ".join(filter(None, [str(channel.platform), str(channel.team or "")])),
            kind="channel",
            key=channel.pk,
            changed=has_changed,
        )
        for channel, has_changed in channels_room.told(rows)
    ]


def _directives(rows, measure: Measure, source, day) -> list[Trace]:
    def words(row):
        return row.ask.text, " · ".join([figures.day(row.due_on), str(row.get_status_display())])

    return _of_units(directives_room.told(rows), "obligation", words)


def _difficulties(rows, measure: Measure, source, day) -> list[Trace]:
    found = difficulties_room.told(rows)
    return _of_units(found, "case", lambda case: (str(case), str(case.category)))


def _training(rows, measure: Measure, source, day) -> list[Trace]:
    learners = bool(source and source.counter and source.counter.counts == "learners")
    return [
        Trace(
            title=each.title,
            detail=each.detail,
            kind=each.kind,
            key=each.key,
            amount="" if each.amount is None else show(each.amount, 1, measure.unit),
            changed=each.has_changed,
        )
        for each in training_room.explain(rows, learners=learners)
    ]


def _broadcasts(rows, measure: Measure, source, day) -> list[Trace]:
    found = broadcasts_room.told(rows)
    return _of_units(
        found, "broadcast", lambda row: (row.title, f"{row.medium} · {row.days_in_words}")
    )


def _spending(rows, measure: Measure, source, day) -> list[Trace]:
    def words(row):
        amount = show(row.amount, measure.factor, measure.unit)
        return row.what, f"{figures.day(row.spent_on)} · {row.purpose} · {row.source}", amount

    return _of_units(money_room.told(rows), "spending", words)


def _of_units(found, kind: str, words) -> list[Trace]:
    """Records of one kind; `words` are title, detail and amount."""
    return [Trace(*words(row), kind=kind, key=row.pk, changed=changed) for row, changed in found]


def _above(path: str):
    """What a room above says of its records; its rows are already the words of a Trace."""

    def tell(rows, measure: Measure, source, day) -> list[Trace]:
        return [Trace(**told) for told in import_string(path)(rows)]

    return tell


TELL = {
    **{kind: _above(path) for kind, path in settings.EXPLAINED_ABOVE.items()},
    **dict.fromkeys(
        ("products", "listings", "shops", "owners", "accounts", "commitments"), _registers
    ),
    "household_counts": _household_counts,
    "channels": _channels,
    "directives": _directives,
    **dict.fromkeys(("raisings", "cases"), _difficulties),
    "broadcasts": _broadcasts,
    "spending": _spending,
    **dict.fromkeys(("attendances", "completions", "sessions"), _training),
    "activities": _activities,
    "memberships": _memberships,
    "teams": _teams,
    "places": _places,
}
