"""What the pages of rooms below add about teams; `settings` names each of these functions."""

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.documents.models import Document
from cncd.foundation.documents.queries import Use
from cncd.foundation.people import authority
from cncd.foundation.people.models import Person, Posting
from cncd.foundation.people.own_data import Part
from cncd.foundation.people.permissions import PERMISSIONS
from cncd.foundation.people.queries import Tie
from cncd.foundation.places import queries as place_queries
from cncd.foundation.places.models import Place
from cncd.team.teams.models import Coverage, Membership, Team
from cncd.team.teams.queries.standing import unit_of


def ties_of_people(people, day: dt.date) -> dict[int, list[Tie]]:
    """Person id → teams they belong to that day; for `settings.PERSON_TIES`."""
    rows = Membership.objects.on(day).in_teams_in_force(day).filter(person__in=people)
    rows = list(rows.select_related("team").order_by("team__sort_key"))
    communes = unit_of([row.team_id for row in rows], "commune", day)
    names = place_queries.names(communes.values(), day)
    found: dict[int, list[Tie]] = {}
    for row in rows:
        commune = names.get(communes.get(row.team_id))
        tie = Tie(
            f"{row.get_position_display()}, {row.team.name}",
            commune.full_name if commune else "",
            reverse("teams:team", args=[row.team_id]),
            row.since_on,
            row.until_on,
        )
        found.setdefault(row.person_id, []).append(tie)
    return found


def people_within(place: Place, day: dt.date) -> Q:
    """A filter of Person: members of teams under the place; for `settings.PEOPLE_WITHIN`."""
    teams = Team.objects.within([place.pk], day)
    return Q(pk__in=Membership.objects.on(day).filter(team__in=teams).values("person"))


def own_memberships(person: Person) -> list[Part]:
    """Every membership of the person, past ones too; for `settings.PERSONAL_DATA`."""
    rows = [
        [
            row.team.name,
            row.get_position_display(),
            row.get_hamlet_post_display() if row.hamlet_post else "",
            str(row.component or ""),
            row.get_tie_display(),
            _("yes") if row.union_member else _("no"),
            row.since_on,
            row.last_day,
            row.document.number,
        ]
        for row in person.memberships.select_related("team", "component", "document")
    ]
    headings = [
        _("Team"),
        _("Position"),
        _("Post in the hamlet"),
        _("Component"),
        _("Tie to the hamlet"),
        _("Youth Union member"),
        _("From"),
        _("To the end of"),
        _("Decision"),
    ]
    return [Part(_("Teams"), headings, rows)]


def decisions_of_own_teams(user) -> set[int]:
    """Ids of the decisions of the teams one belongs to; for `settings.DOCUMENT_CITERS`."""
    own = authority.team_ids(user)
    if not own:
        return set()
    pairs = Team.objects.filter(pk__in=own).values_list("formed_by", "dissolved_by")
    found = {pk for pair in pairs for pk in pair}
    for rows in (Membership.objects, Coverage.objects):
        found |= set(rows.filter(team__in=own).order_by().values_list("document", flat=True))
    return found - {None}


def uses_of_document(document: Document, user) -> list[Use]:
    """The teams a decision forms, changes or dissolves; for `settings.DOCUMENT_USES`."""
    does = {
        _("forms {team}"): Q(formed_by=document),
        _("dissolves {team}"): Q(dissolved_by=document),
        _("consolidates {team}"): (
            Q(pk__in=Membership.objects.filter(document=document).values("team"))
            | Q(pk__in=Coverage.objects.filter(document=document).values("team"))
        )
        & ~Q(formed_by=document),
    }
    return [
        Use(words.format(team=team.name), reverse("teams:team", args=[team.pk]))
        for words, condition in does.items()
        for team in Team.objects.visible_to(user, "teams.view").filter(condition)
    ]


def teams_passing_on(posting: Posting, on: dt.date) -> list[tuple[str, int]]:
    """How many teams the successor answers for; for `settings.PASSING_ON`."""
    if posting.role.code not in PERMISSIONS["teams.form"]:
        return []
    return [(_("Teams of the unit"), Team.objects.within([posting.place_id], on).count())]
