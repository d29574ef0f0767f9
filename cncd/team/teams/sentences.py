"""How the journal tells what happened to a team."""

from django.utils.translation import gettext_lazy as _

from cncd.team.teams.models import Membership
from cncd.team.teams.rules import RULES

SENTENCES = {
    "team.formed": _("{actor} formed {subject} by decision {number}, {members} members"),
    "teams.formed": _("{actor} formed {teams} teams with {members} members by {subject}"),
    "roster.imported": _(
        "{actor} entered {members} members from a file, forming {teams} teams, by {subject}"
    ),
    "team.consolidated": _("{actor} consolidated {subject} by decision {number}"),
    "team.dissolved": _("{actor} dissolved {subject} by decision {number}"),
    "team.corrected": _("{actor} corrected the particulars of {subject}"),
    "team.finding_noted": _("{actor} gave a reason for a finding about {subject}"),
    "components.seeded": _("{actor} entered the usual components of teams"),
    "component.added": _("{actor} added the component {subject}"),
    "component.changed": _("{actor} changed the component {subject}"),
    "membership.corrected": _("{actor} corrected a member's line of {subject}"),
    "membership.removed": _("{actor} took a mistyped member's line out of {subject}"),
}

FIELDS = {
    "number": _("decision number"),
    "since_on": _("in force from"),
    "on": _("ends on"),
    "count": _("how many"),
    "members": _("number of members"),
    "teams": _("number of teams"),
    "hamlets": _("hamlets covered"),
    "joined": _("who joined"),
    "left": _("who left"),
    "changed": _("who changed position"),
    "person": _("person"),
    "position": _("position"),
    "hamlet_post": _("post in the hamlet"),
    "component": _("component"),
    "tie": _("tie to the hamlet"),
    "union_member": _("Youth Union member"),
    "name": _("name"),
    "order": _("place in the list"),
    "is_pilot": _("pilot team"),
    "rule": _("rule"),
    "note": _("reason"),
}

VALUES = {
    "position": dict(Membership.Position.choices),
    "hamlet_post": dict(Membership.HamletPost.choices),
    "tie": dict(Membership.Tie.choices),
    "rule": {rule.code: rule.title for rule in RULES},
}
