"""Every change of a team, of its members and of what it covers."""

from cncd.team.teams.actions.components import NameTaken, add_component, change_component
from cncd.team.teams.actions.consolidate import consolidate_team
from cncd.team.teams.actions.correct import correct_membership, correct_team, remove_membership
from cncd.team.teams.actions.dissolve import dissolve_team
from cncd.team.teams.actions.errors import (
    BadDate,
    BadMembers,
    BadPlaces,
    Dissolved,
    NothingToChange,
    ReasonMissing,
    TeamError,
    TooManyMembers,
)
from cncd.team.teams.actions.findings import note_finding
from cncd.team.teams.actions.form import form_team, form_teams
from cncd.team.teams.actions.importing import RosterPart, import_roster
from cncd.team.teams.actions.index import follow_places, rebuild_index
from cncd.team.teams.actions.seeding import seed_components

__all__ = [
    "BadDate",
    "BadMembers",
    "BadPlaces",
    "Dissolved",
    "NameTaken",
    "NothingToChange",
    "ReasonMissing",
    "RosterPart",
    "TeamError",
    "TooManyMembers",
    "add_component",
    "change_component",
    "consolidate_team",
    "correct_membership",
    "correct_team",
    "dissolve_team",
    "follow_places",
    "form_team",
    "form_teams",
    "import_roster",
    "note_finding",
    "rebuild_index",
    "remove_membership",
    "seed_components",
]
