"""Who would get a directive if it were issued now."""

import datetime as dt
from dataclasses import dataclass

from cncd.foundation.people.models import Agency
from cncd.foundation.places import queries as places
from cncd.team.teams.models import Team
from cncd.work.directives.models import Ask, Directive
from cncd.work.directives.queries.bearers import bearers
from cncd.work.directives.wording import evidence_in_words

NAMED = 40  # names shown of each kind


@dataclass
class Part:
    """One ask with those it reaches: how many, and the first names."""

    ask: Ask
    shown_by: str
    units: list[str]
    agencies: list[str]
    teams: list[str]
    bare: list[str]  # units without a team, where each team is asked

    @property
    def is_past_due(self) -> bool:
        return self.ask.due_on < self.day

    day: dt.date = dt.date.min


def preview(directive: Directive, day: dt.date) -> list[Part]:
    """What issuing it would give, ask by ask."""
    found = []
    for ask in directive.asks.select_related("content", "kind", "period"):
        reached = bearers(directive, ask, day)
        units = {each.place for each in reached if each.place and not each.agency}
        names = places.names(units, day)
        agencies = Agency.objects.filter(pk__in=[each.agency for each in reached]).named(day)
        teams = Team.objects.filter(pk__in=[each.team for each in reached if each.team])
        with_team = {each.unit for each in reached if each.team}
        ordered = sorted(units, key=lambda pk: names[pk].sort_key)
        bare = [names[pk].full_name for pk in ordered if pk not in with_team]
        found.append(
            Part(
                ask,
                evidence_in_words(ask),
                [names[pk].full_name for pk in ordered],
                [each.name for each in agencies.order_by("sort_key")],
                list(teams.values_list("name", flat=True)),
                bare if ask.of_teams else [],
                day,
            )
        )
    return found
