"""Past months, from old Excel reports; marked as imported and never judged on time or late."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.results.reports import rules
from cncd.results.reports.actions.drafting import check_right
from cncd.results.reports.actions.errors import ReportError, naming
from cncd.results.reports.actions.periods import check_period
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
    kept = []
    for team, figures in sorted(values.items(), key=lambda item: item[0].pk):
        with naming(team):
            kept.append(_import(period, team, figures, by, now))
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


def _import(period, team, figures: dict, by, now) -> Report:
    check_right(by, "reports.import", team=team)
    check_period(period, now, team=team)
    report, is_new = Report.objects.select_for_update().get_or_create(
        team=team, period=period, defaults={"level": team_level()}
    )
    before = report.sent
    if not is_new and (before is None or before.origin != ReportVersion.Origin.IMPORTED):
        raise ReportError(
            _("%(team)s already has a report of %(period)s entered here; it is not overwritten.")
            % {"team": team, "period": period}
        )
    after = {code: {"value": value} for code, value in figures.items()}
    report.sent = ReportVersion.objects.create(
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
    report.save()
    return report
