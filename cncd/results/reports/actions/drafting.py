"""Writing a report down, any day of the month."""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.results.reports import queries
from cncd.results.reports.actions.errors import Closed, Stale, naming
from cncd.results.reports.actions.periods import check_period
from cncd.results.reports.models import Report, ReportedDifficulty, ReportVersion
from cncd.results.reports.rules import Entry
from cncd.team.teams.models import Team


@dataclass(frozen=True)
class Content:
    """What a person puts into a report; `explanations` are reasons by the key of a warning."""

    entries: dict[str, Entry] = field(default_factory=dict)
    narrative: str = ""
    proposals: str = ""
    next_month: str = ""
    difficulties: tuple[tuple[int, str], ...] = ()  # (category id, text)
    nothing_happened: bool = False
    explanations: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def save_draft(
    *, period, content: Content, by, team=None, place=None, edition=None, made_at=None, now=None
):
    """Keeps what has been typed so far and returns the draft version; nothing is counted by it.

    `made_at` is when it was typed (now): the right to is that of then. Raises PermissionDenied,
    OtherPeriod, Closed or Stale (another edition than the caller saw).
    """
    now = now or timezone.now()
    made_at = min(made_at or now, now)
    where = {"team": team, "place": place, "edition": edition}
    report = opened(period=period, by=by, made_at=made_at, now=now, **where)
    draft, is_new = draft_of(report)
    fill(draft, content)
    draft.figures = {
        code: {"value": e.value} | ({"reason": e.reason} if e.reason else {})
        for code, e in content.entries.items()
    }
    draft.sent_by, draft.made_at = by, made_at  # so far: who wrote last, and when
    draft.warnings = [{"key": k, "reason": r} for k, r in content.explanations.items()]
    draft.save()
    keep_difficulties([(draft, content)])
    touch(report)
    if is_new:  # later keystrokes of the same draft are not news
        record(event="report.drafted", **about(report), by=by, now=now)
    return draft


def opened(*, period, by, now, team=None, place=None, edition=None, made_at=None) -> Report:
    """The report, locked for writing; made when it is the first touch. Checks right and period."""
    if team is not None:
        found = opened_of_teams(
            period=period, teams=[team], by=by, made_at=made_at, now=now, editions={team: edition}
        )
        return found[team]
    check_right(by, "reports.confirm", place=place)
    check_period(period, now, place=place)
    due_at = queries.due_moment(period, place.level.code, place=place)
    made = Report(place=place, period=period, level=place.level, due_at=due_at)
    report = locked_rows([made])[None, place.pk]
    report.place, report.period = place, period
    refuse_stale(report, edition)
    return report


def opened_of_teams(*, period, teams, by, now, editions=None, made_at=None) -> dict[Team, Report]:
    """The teams' reports as `opened` gives them, in a few queries; an error carries `team`."""
    check_teams(by, "reports.send", teams, period, now, made_at)
    level, dues = queries.team_level(period), queries.due_moments(period, teams)
    made = [Report(team=t, period=period, level=level, due_at=dues[t.pk]) for t in teams]
    locked = locked_rows(made)
    found = {team: locked[team.pk, None] for team in teams}
    for team, report in found.items():
        report.team, report.period = team, period
        with naming(team):
            refuse_stale(report, (editions or {}).get(team))
    return found


def locked_rows(made: list[Report]) -> dict[tuple, Report]:
    """The rows of these reports, written where missing, locked in one order.

    Two batches can so never block each other for ever.
    """
    rows = Report.objects.select_for_update(of=("self",)).select_related("sent").order_by("pk")
    rows = rows.filter(period=made[0].period) if made else rows.none()
    teams, places = [r.team_id for r in made if r.team_id], [r.place_id for r in made if r.place_id]
    rows = rows.filter(team__in=teams) if teams else rows.filter(place__in=places)
    found = {(row.team_id, row.place_id): row for row in rows}
    missing = [report for report in made if (report.team_id, report.place_id) not in found]
    if missing:
        Report.objects.bulk_create(missing, ignore_conflicts=True)
        found = {(row.team_id, row.place_id): row for row in rows.all()}
    return found


def refuse_stale(report: Report, edition: int | None) -> None:
    """Raises Stale for another edition than the caller saw, Closed when the report is locked."""
    if edition is not None and edition != report.edition:
        raise Stale
    if report.state == Report.State.LOCKED:
        raise Closed


def check_teams(by, permission: str, teams, period, now, made_at=None) -> None:
    """Raises PermissionDenied or OtherPeriod unless the person might write for each of the teams.

    The right is that of `made_at` (now).
    """
    day = timezone.localdate(made_at or now)
    held = Team.objects.visible_to(by, permission, day).filter(pk__in=[team.pk for team in teams])
    held = set(held.values_list("pk", flat=True))
    for team in teams:
        with naming(team):
            if team.pk not in held:
                raise PermissionDenied(permission)
            check_period(period, now, team=team)


def check_right(by, permission: str, *, team=None, place=None) -> None:
    """Raises PermissionDenied unless the person holds the permission over this team or place."""
    if team is not None:
        held = Team.objects.visible_to(by, permission).filter(pk=team.pk).exists()
    else:
        held = by.can(permission, place=place)
    if not held:
        raise PermissionDenied(permission)


def draft_of(report: Report) -> tuple[ReportVersion, bool]:
    """The version being written, and whether it was just made."""
    draft = report.versions.filter(sent_at=None).first()
    if draft:
        return draft, False
    last = report.versions.order_by("-number").first()
    draft = ReportVersion(report=report, number=last.number + 1 if last else 1)
    draft.save()
    return draft, True


def fill(version: ReportVersion, content: Content) -> None:
    """Puts the words of the content into the version."""
    version.narrative, version.proposals = content.narrative, content.proposals
    version.next_month = content.next_month
    version.nothing_happened = content.nothing_happened


def keep_difficulties(written: list[tuple[ReportVersion, Content]]) -> None:
    """Replaces the difficulties of these versions by those of their contents."""
    versions = [version for version, _content in written]
    ReportedDifficulty.objects.filter(version__in=versions).delete()
    ReportedDifficulty.objects.bulk_create(
        ReportedDifficulty(version=version, category_id=category, text=text, order=order)
        for version, content in written
        for order, (category, text) in enumerate(content.difficulties)
    )


def touch(report: Report) -> None:
    """Marks a change, so that a page opened before it is refused."""
    report.edition += 1
    report.save()


def about(report: Report) -> dict:
    """The journal's view of a report: its subject and where it happened."""
    return {"subject": report, "team": report.team_id, "place": queries.unit_id(report)}
