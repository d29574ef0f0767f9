"""The pages of the teams."""

from cncd.team.teams.views.changing import consolidate, dissolve, form_team, member_row, who
from cncd.team.teams.views.components import add_component, change_component, component_list
from cncd.team.teams.views.coverage import coverage, uncovered, union
from cncd.team.teams.views.importing import import_roster
from cncd.team.teams.views.lists import member_list, team_list
from cncd.team.teams.views.phone import roster
from cncd.team.teams.views.team import correct, correct_member, note, remove_member, team

__all__ = [
    "add_component",
    "change_component",
    "component_list",
    "consolidate",
    "correct",
    "correct_member",
    "coverage",
    "dissolve",
    "form_team",
    "import_roster",
    "member_list",
    "member_row",
    "note",
    "remove_member",
    "roster",
    "team",
    "team_list",
    "uncovered",
    "union",
    "who",
]
