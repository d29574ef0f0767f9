"""Past months, from old Excel reports; marked as imported and never judged on time or late."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.bulk import BATCH, rewrite
from cncd.results.reports import rules
from cncd.results.reports.actions.drafting import check_teams, locked_rows
from cncd.results.reports.actions.errors import ReportError, naming
from cncd.results.reports.models import Report, ReportVersion
from cncd.results.reports.queries import team_level


@transaction.atomic
def import_reports(*, period, values: dict, by, now=None) -> list[Report]:
    """Keeps the figures of old reports, {team: {code: int | "none"}}, as accepted and imported.

    A team that already has a report of that period keeps it: importing again updates only reports
    that were themselves imported. One journal entry. Raises PermissionDenied, OtherPeriod or
    ReportError (with `team`) and then imports nothing.
    """
    now = now or timezone.now()
    teams = sorted(values, key=lambda team: team.pk)
    check_teams(by, "reports.import", teams, period, now)
    level = team_level(period)
    rows = locked_rows([Report(team=team, period=period, level=level) for team in teams])
    kept = []
    for team in teams:
        report = rows[team.pk, None]
        report.team = team
        with naming(team):
            kept.append(_replaced(report, values[team], by, now))
    ReportVersion.objects.bulk_create([report.sent for report in kept], BATCH)
    rewrite(kept, "sent state accepted_at accepted_by edition".split())
    if kept:
        record(
            event="reports.imported",
            subject=period,
            by=by,
            now=now,
            after={"count": len(kept)},
            rows=[{"report": r.pk, "team": r.team_id, "name": str(r.team)} for r in kept],
        )
    return kept


def _replaced(report: Report, figures: dict, by, now) -> Report:
    """The report standing on a new version; raises ReportError for one that was written here."""
    before = report.sent
    if report.edition and (before is None or before.origin != ReportVersion.Origin.IMPORTED):
        raise ReportError(
            _("%(team)s already has a report of %(period)s entered here; it is not overwritten.")
            % {"team": report.team, "period": report.period}
        )
    after = {code: {"value": value} for code, value in figures.items()}
    report.sent = ReportVersion(
        report=report,
        number=before.number + 1 if before else 1,
        origin=ReportVersion.Origin.IMPORTED,
        figures=after,
        changed=rules.changes(before.figures if before else {}, after),
        made_at=now,
        sent_at=now,
        sent_by=by,
    )
    report.state, report.accepted_at, report.accepted_by = Report.State.ACCEPTED, now, by
    report.edition += 1
    return report
