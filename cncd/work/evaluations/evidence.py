"""Figures of the period beside each criterion: rooms above say them through a hook.

`settings.EVALUATION_EVIDENCE` lists pairs of dotted names: `choices(day) -> [(code, label)]` and
`evidence_of(teams, first_day, last_day, codes) -> {team id: {code: Evidence}}`.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from cncd.team.teams.models import Team


@dataclass(frozen=True)
class Evidence:
    """One figure: what it says, what was asked, and the pages that open what is behind it."""

    code: str
    label: str
    shown: str
    goal: str = ""
    note: str = ""  # per household, since the start…
    parts: tuple[tuple[str, str], ...] = ()  # (text, page) of each month, inspection, session

    def as_content(self) -> dict:
        return asdict(self)


def evidence_choices(day: dt.date) -> list[tuple[str, str]]:
    """(code, label) of every figure that may stand beside a criterion."""
    return [
        pair
        for choices, _evidence in settings.EVALUATION_EVIDENCE
        for pair in import_string(choices)(day)
    ]


def evidence_of(
    teams: Iterable[Team], first_day: dt.date, last_day: dt.date, codes: Iterable[str]
) -> dict[int, dict[str, Evidence]]:
    """Team id → code → figure, for the codes some room knows."""
    teams, codes = list(teams), set(codes)
    found: dict[int, dict[str, Evidence]] = {team.pk: {} for team in teams}
    for _choices, evidence in settings.EVALUATION_EVIDENCE:
        for team, figures in import_string(evidence)(teams, first_day, last_day, codes).items():
            found[team].update(figures)
    return found
