"""A commune's month as the rules for signs look at it; a fixed number of queries."""

import datetime as dt
from collections import defaultdict

from django.db.models import Count
from django.utils import timezone

from cncd.foundation.places.models import Place
from cncd.foundation.places.queries import setting_rows
from cncd.results.reports.models import Report, ReportVersion
from cncd.results.rewards.models import Looked
from cncd.results.rewards.options import SIGNS
from cncd.results.rewards.rules.signs import Log, Month, Thresholds
from cncd.team.programme.models import Measure, Period, Source
from cncd.team.teams.models import Membership, Team
from cncd.work.activities.models import Activity
from cncd.work.evaluations.grounds import households_of

ONE_BY_ONE = {"huong-dan", "tan-nha", "truc-mot-cua"}  # kinds of work with one person at a time
REACHED = "TC09"
BACK = dt.timedelta(days=45)  # what was sent longer ago is looked at no more


def limits_at(place: Place, day: dt.date) -> Thresholds:
    """The thresholds as stated for the unit on that day."""
    rows = setting_rows(place, day, [f"signs.{name}" for name, *_rest in SIGNS])
    return Thresholds(**{key.partition(".")[2]: row.value for key, row in rows.items()})


def not_yet_looked_at(now: dt.datetime):
    """Sent reports of teams whose counting version nobody looked at; not what was imported."""
    return (
        Report.objects.of_teams()
        .counting()
        .filter(sent__sent_at__gt=now - BACK)
        .exclude(sent__origin=ReportVersion.Origin.IMPORTED)
        .exclude(sent__in=Looked.objects.values("version"))
    )


def months_of_commune(place: Place, period: Period) -> dict[int, Month]:
    """Team id → its month as sent, beside the one before and the teams that had sent earlier."""
    teams = Team.objects.within([place.pk], period.last_day)
    ids = list(teams.order_by("pk").values_list("pk", flat=True).distinct())
    codes = flows(period)
    now, before = _sent(ids, period), _sent(ids, _before(period))
    figures = {pk: _figures(version, codes) for pk, version in now.items()}
    logs, homes = _logs(ids, period), households_of(ids, period.last_day)
    held = Membership.objects.on(period.last_day).filter(team__in=ids).order_by()
    members = dict(held.values_list("team").annotate(n=Count("pk")))
    return {
        pk: Month(
            figures=figures[pk],
            last=_figures(before[pk], codes) if pk in before else {},
            neighbours={
                other: figures[other]
                for other, sent in now.items()
                if other != pk and _made(sent) < _made(version)
            },
            logs=tuple(logs[pk]),
            reached=_number(version.figures.get(REACHED, {}).get("value")),
            households=homes.get(pk),
            members=members.get(pk, 0),
            sent_at=_local(_made(version)),
        )
        for pk, version in now.items()
        if not version.nothing_happened
    }


def flows(period: Period) -> set[str]:
    """Codes of what teams did in the month itself: counted from logs or stated, never a stock."""
    rows = Source.objects.on(period.first_day).filter(
        measure__kind=Measure.Kind.FLOW, measure__split_of=None, measure__yes_no=False
    )
    lowest = rows.order_by("-measure__level__rank").values("measure__level")[:1]
    rows = rows.filter(measure__level=lowest).values_list("measure__code", "counter__room")
    return {code for code, room in rows if room in (None, "activities")}


def _before(period: Period) -> Period | None:
    rows = Period.objects.filter(scheme=period.scheme, last_day__lt=period.first_day)
    return rows.order_by("-last_day").first()


def _sent(teams: list[int], period: Period | None) -> dict[int, ReportVersion]:
    if period is None:
        return {}
    rows = Report.objects.filter(team__in=teams, period=period).counting()
    return {row.team_id: row.sent for row in rows.select_related("sent")}


def _made(version: ReportVersion) -> dt.datetime:
    return version.made_at or version.sent_at


def _figures(version: ReportVersion, codes: set[str]) -> dict[str, int]:
    found = {code: _number(version.figures[code].get("value"))
             for code in codes & version.figures.keys()}  # fmt: skip
    return {code: value for code, value in sorted(found.items()) if value is not None}


def _number(value) -> int | None:
    return value if isinstance(value, int) else None


def _logs(teams: list[int], period: Period) -> dict[int, list[Log]]:
    rows = Activity.objects.standing().filter(team__in=teams, is_summary=False)
    rows = rows.between(period.first_day, period.last_day)
    found = defaultdict(list)
    for row in rows.annotate(hands=Count("participants")).values(
        *("team", "happened_on", "made_at", "people", "hands"),
        *("kind__code", "on_behalf", "sheet_code"),
    ):
        found[row["team"]].append(
            Log(
                row["happened_on"],
                _local(row["made_at"]),
                row["people"],
                row["hands"],
                row["kind__code"] not in ONE_BY_ONE,
                row["on_behalf"] or bool(row["sheet_code"]),
            )
        )
    return found


def _local(moment: dt.datetime) -> dt.datetime:
    return timezone.make_naive(moment)
