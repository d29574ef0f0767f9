"""What a report says is difficult is raised when it is sent, and counts in it (II.2.8, TC16)."""

from django.utils import timezone

from cncd.work.difficulties.actions import (
    PastDifficulty,
    keep_past_difficulties,
    raise_reported,
)
from cncd.work.difficulties.models import Raising


def raise_said(contents: dict, *, by, made_at, now) -> None:
    """Raises the difficulties of reports about to be frozen, {report: Content}; sent again it
    doubles none, and takes back what is left out. One query when nothing is said.

    They count on the day they were made, the period's last at most.
    """
    before = Raising.objects.standing().filter(
        source=Raising.Source.REPORT, source_id__in=[str(report.pk) for report in contents]
    )
    held = set(before.values_list("source_id", flat=True))
    for report, content in contents.items():
        if content.difficulties or str(report.pk) in held:
            raise_reported(
                team=report.team,
                report=str(report.pk),
                said=list(content.difficulties),
                by=by,
                on=min(timezone.localdate(made_at), report.period.last_day),
                made_at=made_at,
                now=now,
            )


def keep_said(lines: dict, *, now) -> None:
    """The difficulties of past reports of teams, {report: PastReport}, and what was answered."""
    found = [
        PastDifficulty(
            report.team, str(report.pk), category, text, line.author, line.made_at,
            min(timezone.localdate(line.made_at), report.period.last_day),
            line.answer, line.reviewer, line.accepted_at,
        )
        for report, line in lines.items()
        if report.team_id
        for category, text in line.content.difficulties
    ]  # fmt: skip
    keep_past_difficulties(lines=found, now=now)
