"""What a notice is about, in plain values, the same whoever tells it."""

from cncd.results.reports.models import Report


def about(report: Report) -> str:
    if report.team_id:
        return about_team(report.team_id, report.period)
    return about_place(report.place_id, report.period)


def about_team(team_id: int, period) -> str:
    return f"team {team_id}, {period.code}"


def about_place(place_id: int, period) -> str:
    return f"report of place {place_id}, {period.code}"
