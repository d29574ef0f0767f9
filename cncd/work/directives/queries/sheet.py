"""Everything the desk's page of one obligation shows."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.kit import figures
from cncd.team.teams.models import Team
from cncd.work.activities.models import Activity
from cncd.work.directives.models import Answer, Ask, Directive, Obligation
from cncd.work.directives.queries.lines import Line, lines
from cncd.work.directives.queries.proofs import counting_activities
from cncd.work.directives.queries.rights import may_answer, may_check, may_give_at
from cncd.work.directives.wording import evidence_in_words

Evidence, Status = Ask.Evidence, Obligation.Status
MOST = 50


class Piece(NamedTuple):
    """One piece of evidence: its day, what it is, where it opens."""

    on: dt.date
    text: str
    address: str = ""


@dataclass
class Sheet:
    """`line` is the obligation with its names; `below` are the teams of a unit's part."""

    line: Line
    shown_by: str
    pieces: list[Piece]
    answers: list[Answer]
    below: list[Line]
    heirs: list[Line]
    forebears: list[Line]
    may_answer: bool
    may_check: bool
    may_direct: bool
    left: int

    @property
    def row(self) -> Obligation:
        return self.line.row

    @property
    def is_asked(self) -> bool:
        """Whether it is still open."""
        return self.row.is_open and self.row.directive.state == Directive.State.ISSUED

    @property
    def may_acknowledge(self) -> bool:
        return self.may_answer and self.is_asked and self.row.acknowledged_at is None

    @property
    def wants_answer(self) -> bool:
        """Whether this person may send an answer now."""
        waits = any(each.state == Answer.State.SENT for each in self.answers)
        return (
            self.may_answer and self.is_asked and self.row.watches == Evidence.ANSWER and not waits
        )

    @property
    def left_in_words(self) -> str:
        """How long it still is, or how late it is; nothing once it is no longer asked."""
        return left_in_words(self.left) if self.is_asked else ""

    @property
    def may_ease(self) -> bool:
        return self.may_direct and self.is_asked


def sheet(row: Obligation, user, today: dt.date) -> Sheet:
    """The obligation as the person may see it; its evidence is read as it stands now."""
    answers = row.answers.exclude(state=Answer.State.WITHDRAWN).order_by("-sent_at")
    answers = answers.select_related("sent_by__person", "checked_by__person")
    seen = Obligation.objects.visible_to(user).listed()
    [line] = lines([row], today)
    return Sheet(
        line=line,
        shown_by=evidence_in_words(row.ask),
        pieces=_pieces(row, user, today),
        answers=list(answers.prefetch_related("files__file")),
        below=lines(seen.filter(above=row), today),
        heirs=lines(row.heirs.listed(), today),
        forebears=lines(row.forebears.listed(), today),
        may_answer=may_answer(user, row),
        may_check=may_check(user, row),
        may_direct=may_give_at(user, row.directive.place, row.directive.agency),
        left=(row.due_on - today).days,
    )


def _pieces(row: Obligation, user, today: dt.date) -> list[Piece]:
    reading = {
        Evidence.ACTIVITIES: _logs,
        Evidence.TEAMS: _teams,
        Evidence.REPORT: _report,
    }.get(row.watches)
    last_day = row.directive.ended_on or today
    return reading(row, user, last_day)[:MOST] if reading and row.directive.issued_at else []


def _logs(row: Obligation, user, last_day: dt.date) -> list[Piece]:
    """The activities that count, oldest first, with their amount."""
    teams = {row.team_id, *row.forebears.values_list("team", flat=True)} - {None}
    if row.place_id:
        teams = Team.objects.standing_under([row.place_id], last_day)
    counted = counting_activities(row.ask, last_day).filter(team__in=teams)
    amounts = dict(counted.values_list("pk", "amount"))
    found = Activity.objects.visible_to(user).filter(pk__in=amounts)
    found = found.select_related("kind", "team").order_by("happened_on", "recorded_at")
    return [
        Piece(
            each.ended_on or each.happened_on,
            _("%(kind)s, %(team)s: %(amount)s") % {
                "kind": each.kind.short_name, "team": each.team,
                "amount": figures.number(amounts[each.pk]),
            },
            reverse("activities:activity", args=[each.pk]),
        )
        for each in found[:MOST]
    ]  # fmt: skip


def _teams(row: Obligation, user, last_day: dt.date) -> list[Piece]:
    """The teams in force there, with the decisions that formed them."""
    teams = Team.objects.within([row.place_id], last_day).select_related("formed_by")
    seen = set(Team.objects.visible_to(user).filter(pk__in=teams).values_list("pk", flat=True))
    return [
        Piece(
            team.since_on,
            _("%(team)s, by decision %(number)s") % {"team": team, "number": team.formed_by.number},
            reverse("teams:team", args=[team.pk]) if team.pk in seen else "",
        )
        for team in teams.order_by("since_on", "sort_key")
    ]


def _report(row: Obligation, _user, _last_day) -> list[Piece]:
    """The report of the month, sent or accepted."""
    teams, places = {row.team_id} - {None}, {row.place_id} - {None}
    reports = import_string(settings.REPORTS_OF_PERIOD)
    found = reports(row.ask.period_id, teams=teams, places=places)
    return [
        Piece(day, _("Report sent, accepted") if accepted else _("Report sent, not yet accepted"))
        for day, accepted in found.values()
    ]


def left_in_words(days: int) -> str:
    """How long it still is, or how late."""
    if days < 0:
        return ngettext("%(n)d day late", "%(n)d days late", -days) % {"n": -days}
    if days == 0:
        return _("due today")
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}
