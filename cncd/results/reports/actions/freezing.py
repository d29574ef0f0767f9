"""Freezing figures into a version, for one report or for many in the same few queries."""

from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.kit.bulk import rewrite
from cncd.foundation.people import authority
from cncd.results.reports import rules
from cncd.results.reports.actions.drafting import Content, fill, keep_difficulties
from cncd.results.reports.actions.errors import FiguresChanged, Incomplete, NotOpen, naming
from cncd.results.reports.checking import Checker
from cncd.results.reports.models import FigureReturn, Report, ReportVersion

State = Report.State
WRITTEN = (  # of a draft that is sent
    "figures records nothing_happened narrative proposals next_month warnings changed origin"
    " made_at sent_at sent_by"
)


WRITTEN_HERE = "difficulties"  # the room whose count sending itself adds to


@dataclass
class Sending:
    """One report about to be frozen; the parts below are found on the way."""

    report: Report
    lines: list[rules.Line]
    content: Content
    seen: dict | None = None
    returned: frozenset[str] = frozenset()  # codes open for correction; empty: all are
    composition: rules.Composition | None = None
    warnings: list[dict] | None = None
    version: ReportVersion | None = None
    what: str = "sent"  # or resent, supplemented
    past: object | None = None  # a batches.PastReport: who did it and when, instead of "by" and now

    def __post_init__(self):
        self.before = self.report.sent

    @property
    def old(self) -> dict:
        """What each changed figure was; empty at the first sending."""
        return {c: old for c, (old, _new) in self.version.changed.items()} if self.before else {}

    @property
    def new(self) -> dict:
        return {c: new for c, (_old, new) in self.version.changed.items()} if self.before else {}


def freeze(sendings: list[Sending], by, made_at, now) -> list[Sending]:
    """Freezes and counts a new version of each; nothing is written unless all may be sent."""
    _find_returns(sendings)
    checker = Checker([sending.report for sending in sendings])
    for sending in sendings:
        with naming(sending.report.team):
            _compose(sending)
            found = sending.composition.values
            reasons = sending.content.explanations
            sending.warnings = checker.warnings(sending.report, found, reasons)
            _demand(sending)
    _write_versions(sendings, by, made_at, now)
    for sending in sendings:
        _move_on(sending, made_at, now)
    fields = "state sent accepted_at accepted_by lock_on first_made_at first_received_at edition"
    rewrite([s.report for s in sendings], fields.split())
    return sendings


def _find_returns(sendings: list[Sending]) -> None:
    returned = [s.report for s in sendings if s.report.state == State.RETURNED]
    rows = FigureReturn.objects.filter(report__in=returned, settled_by=None) if returned else ()
    codes = {}
    for row in rows.select_related("measure") if returned else ():
        codes.setdefault(row.report_id, set()).add(row.measure.code)
    for sending in sendings:
        sending.returned = frozenset(codes.get(sending.report.pk, ()))


def _compose(sending: Sending) -> None:
    """The composition; while figures are returned, all others are kept as they were sent."""
    content, before = sending.content, sending.before
    if sending.returned:
        kept = {c: f for c, f in before.figures.items() if c not in sending.returned}
        touched = [
            code
            for code, entry in content.entries.items()
            if code not in sending.returned and entry.value != kept.get(code, {}).get("value")
        ]
        if touched:
            raise NotOpen(touched)
        made = rules.compose(sending.lines, content.entries, kept=kept, kept_records=before.records)
    else:
        nothing = content.nothing_happened
        made = rules.compose(sending.lines, content.entries, nothing_happened=nothing)
    if sending.seen is not None:
        _compare(sending, sending.seen)
    sending.composition = made


def _compare(sending: Sending, seen: dict) -> None:
    """Raises FiguresChanged when a count that is about to be frozen is not the one on the page.

    Difficulties written in this very report are counted with it: of those no page knew.
    """
    now = {
        line.code: line.counted.value
        for line in sending.lines
        if line.counted is not None and line.room != WRITTEN_HERE
    }
    open_codes = now.keys() & (sending.returned or now.keys())
    different = {c: [seen[c], now[c]] for c in seen.keys() & open_codes if seen[c] != now[c]}
    if different:
        raise FiguresChanged(different)


def _demand(sending: Sending) -> None:
    """Raises Incomplete while a figure or a reason is missing."""
    composition = sending.composition
    if composition.missing:
        raise Incomplete(
            _("Some figures are still blank. Type a number, or choose “nothing arose”."),
            composition.missing,
        )
    if composition.unexplained:
        raise Incomplete(
            _("You changed a counted figure. Say why, beside it."), composition.unexplained
        )
    silent = [w["measure"] for w in sending.warnings if not w["reason"]]
    if silent:
        raise Incomplete(_("Some figures look unusual. Correct them or say why."), silent)


def _write_versions(sendings: list[Sending], by, made_at, now) -> None:
    reports = [sending.report for sending in sendings]
    versions = ReportVersion.objects.filter(report__in=reports)
    drafts = {v.report_id: v for v in versions.filter(sent_at=None)}
    last = dict(versions.order_by().values_list("report").annotate(Max("number")))
    own = _own_units(by, timezone.localdate(made_at))
    for sending in sendings:
        report, made = sending.report, sending.composition
        number = last.get(report.pk, 0) + 1
        version = drafts.get(report.pk) or ReportVersion(report=report, number=number)
        fill(version, sending.content)
        version.figures, version.records = made.figures, made.records
        version.warnings = sending.warnings
        old = sending.before.figures if sending.before else {}
        version.changed = rules.changes(old, made.figures)
        mine = (report.team_id, report.place_id) in own
        version.origin = ReportVersion.Origin.OWN if mine else ReportVersion.Origin.ON_BEHALF
        version.made_at, version.sent_at, version.sent_by = made_at, now, by
        sending.version = version
        if sending.past:
            sending.past.date_version(version)
    ReportVersion.objects.bulk_create([s.version for s in sendings if s.version.pk is None], 200)
    rewrite([s.version for s in sendings if s.report.pk in drafts], WRITTEN.split())
    keep_difficulties([(sending.version, sending.content) for sending in sendings])


def _own_units(by, day) -> set[tuple[int | None, int | None]]:
    """(team id, place id) for which the person spoke by office; for others it is "on behalf"."""
    teams = {(pk, None) for pk in authority.team_ids(by, "reports.send", day)}
    return teams | {(None, pk) for pk in authority.roots(by, "reports.confirm", day)}


def _move_on(sending: Sending, made_at, now) -> None:
    """The report now stands on its new version; what was returned is settled."""
    report = sending.report
    if report.state == State.RETURNED:
        FigureReturn.objects.filter(report=report, settled_by=None).update(
            settled_by=sending.version
        )
    if sending.before is not None:
        sending.what = "resent" if sending.returned else "supplemented"
    report.sent, report.state = sending.version, State.SENT
    report.accepted_at = report.accepted_by = report.lock_on = None
    if report.first_made_at is None:
        report.first_made_at, report.first_received_at = made_at, now
    report.edition += 1
    if sending.past:
        sending.past.date_report(report)
