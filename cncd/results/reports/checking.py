"""The checks of the programme, applied to reports: warn and ask for a reason, never block."""

from functools import cached_property

from cncd.results.reports import queries
from cncd.results.reports.models import Report
from cncd.team.programme import queries as programme
from cncd.team.programme.rules import check_figures

MONTHS = 3  # looked back on by checks for jumps


class Checker:
    """The checks in force and the months before, asked once, when needed, for one period."""

    def __init__(self, reports: list[Report]):
        self.reports = reports

    @cached_property
    def checks(self) -> list:
        return programme.checks_for(self.reports[0].period) if self.reports else []

    @cached_property
    def past(self) -> dict[tuple, list[dict]]:
        return queries.histories(self.reports, MONTHS)

    def warnings(self, report: Report, values: dict, explanations: dict[str, str]) -> list[dict]:
        """[{"key", "measure", "message", "reason"}] of the checks that these values fail."""
        months = self.past[report.team_id, report.place_id]
        past = {code: [month.get(code) for month in months] for code in values}
        found = []
        for finding in check_figures(self.checks, values, past):
            key = f"{finding.check}.{finding.measure}"
            reason = explanations.get(key, "").strip()
            found.append(
                {
                    "key": key,
                    "measure": finding.measure,
                    "message": finding.message,
                    "reason": reason,
                }
            )
        return found
