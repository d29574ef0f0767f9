"""What others ask about teams: where they stand, who is in them, what they add up to."""

from cncd.team.teams.queries.composition import findings_of, reasons, rosters
from cncd.team.teams.queries.counted import counted, counted_places
from cncd.team.teams.queries.coverage import (
    HamletLine,
    Reach,
    covered_by,
    hamlet_lines,
    hamlets_of,
    hamlets_without_team,
    reaches,
    teams_of_old_hamlets,
)
from cncd.team.teams.queries.described import described, with_figures
from cncd.team.teams.queries.elsewhere import (
    decisions_of_own_teams,
    own_memberships,
    people_within,
    teams_passing_on,
    ties_of_people,
    uses_of_document,
)
from cncd.team.teams.queries.heirs import dissolved_in_words
from cncd.team.teams.queries.holding import holders, may_hold, places_held, sharing
from cncd.team.teams.queries.page import (
    TeamPage,
    decisions_of,
    fitting_day,
    team_page,
)
from cncd.team.teams.queries.standing import leads_of, members_on, team_named, unit_of

__all__ = [
    "HamletLine",
    "Reach",
    "TeamPage",
    "counted",
    "counted_places",
    "covered_by",
    "decisions_of",
    "decisions_of_own_teams",
    "described",
    "dissolved_in_words",
    "findings_of",
    "fitting_day",
    "hamlet_lines",
    "hamlets_of",
    "hamlets_without_team",
    "holders",
    "leads_of",
    "may_hold",
    "members_on",
    "own_memberships",
    "people_within",
    "places_held",
    "reaches",
    "reasons",
    "rosters",
    "sharing",
    "team_named",
    "team_page",
    "teams_of_old_hamlets",
    "teams_passing_on",
    "ties_of_people",
    "unit_of",
    "uses_of_document",
    "with_figures",
]
