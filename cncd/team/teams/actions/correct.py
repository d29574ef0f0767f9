"""Mending what was mistyped, with a reason: the only changes that overwrite."""

from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import sort_key, tidy
from cncd.foundation.people import authority
from cncd.foundation.places import queries as place_queries
from cncd.team.teams.actions.checks import check_maximum, commune_on
from cncd.team.teams.actions.errors import BadDate, BadMembers, ReasonMissing
from cncd.team.teams.actions.form import team_search_key
from cncd.team.teams.lines import CHANGEABLE
from cncd.team.teams.models import Membership, Team
from cncd.team.teams.spans import Span

MENDABLE = (*CHANGEABLE, "person", "since_on")


@transaction.atomic
def correct_membership(
    *, membership: Membership, by, reason: str, now=None, **values
) -> Membership:
    """Overwrites mistyped values (person, first day, position, post, component, tie, union).

    Asks for a reason; the journal keeps both sides. Raises ReasonMissing, BadDate, BadMembers or
    TooManyMembers, and TypeError for a value that is not among `MENDABLE`.
    """
    if unknown := set(values) - set(MENDABLE):
        raise TypeError(f"cannot correct {sorted(unknown)}")
    team, commune = _team_of(membership, by, reason)
    row = Membership.objects.select_related("person", "component").get(pk=membership.pk)
    changed = {key: new for key, new in values.items() if getattr(row, key) != new}
    if not changed:
        return row
    before = {key: getattr(row, key) for key in changed}
    for key, new in changed.items():
        setattr(row, key, new)
    _check_row(team, row, commune)
    row.version += 1
    row.save()
    was = before.get("person", row.person)
    record(
        event="membership.corrected",
        subject=team,
        by=by,
        place=commune,
        team=team,
        before={"membership": row.pk} | _plain(before),
        after={"membership": row.pk} | _plain(changed),
        personal={"person": (str(was), str(row.person))},
        reason=reason.strip(),
        now=now,
    )
    return row


@transaction.atomic
def remove_membership(*, membership: Membership, by, reason: str, now=None) -> None:
    """Takes out a line that should never have been entered; the journal keeps what it said.

    Somebody who really was a member leaves by `consolidate_team` instead. Raises ReasonMissing.
    """
    team, commune = _team_of(membership, by, reason)
    row = Membership.objects.select_related("person").get(pk=membership.pk)
    before = {"since_on": row.since_on, "position": row.position}
    pk, name = row.pk, str(row.person)
    row.delete()
    record(
        event="membership.removed",
        subject=team,
        by=by,
        place=commune,
        team=team,
        before={"membership": pk} | _plain(before),
        personal={"person": (name, "")},
        reason=reason.strip(),
        now=now,
    )


@transaction.atomic
def correct_team(*, team: Team, by, name: str, is_pilot: bool, now=None) -> Team:
    """Changes what the team is called and whether it is a pilot team (IV.3)."""
    team = Team.objects.select_for_update().get(pk=team.pk)
    commune = commune_on(team, team.last_day or team.since_on)
    authority.require(by, "teams.form", place=commune)
    new = {"name": tidy(name), "is_pilot": is_pilot}
    before = {key: getattr(team, key) for key in new if getattr(team, key) != new[key]}
    if not before:
        return team
    day = team.last_day or max(team.since_on, *team.coverages.values_list("since_on", flat=True))
    named = place_queries.names(team.coverages.on(day).values_list("place", flat=True), day)
    team.name, team.is_pilot = new["name"], is_pilot
    team.sort_key = sort_key(team.name, numbers=True)
    team.search_key = team_search_key(team.name, named.values())
    team.save(update_fields=["name", "is_pilot", "sort_key", "search_key"])
    after = {key: new[key] for key in before}
    record(
        event="team.corrected",
        subject=team,
        by=by,
        place=commune,
        team=team,
        before=before,
        after=after,
        now=now,
    )
    return team


def _team_of(membership: Membership, by, reason: str):
    """The membership's team, locked, and its commune; raises ReasonMissing, PermissionDenied."""
    if not reason.strip():
        raise ReasonMissing(_("Say why this is corrected."))
    team = Team.objects.select_for_update().get(pk=membership.team_id)
    commune = commune_on(team, membership.since_on)
    authority.require(by, "teams.form", place=commune)
    return team, commune


def _check_row(team: Team, row: Membership, commune) -> None:
    """The mended row must fit the team, the person's other rows there, and the maximum."""
    if row.since_on < team.since_on or (row.until_on and row.since_on >= row.until_on):
        raise BadDate(_("The day does not fit the dates of the team or the line."), "since_on")
    if team.until_on and row.since_on >= team.until_on:
        raise BadDate(_("The team was dissolved before that day."), "since_on")
    others = list(team.memberships.exclude(pk=row.pk))
    same = team.memberships.exclude(pk=row.pk).filter(person=row.person)
    if same.overlapping(row.since_on, row.until_on).exists():
        raise BadMembers(
            _("{name} is a member of this team in the same days already.").format(name=row.person),
            "person",
        )
    old = team.memberships.get(pk=row.pk)
    spans = [Span(other.since_on, other.until_on) for other in others]
    was, now = Span(old.since_on, old.until_on), Span(row.since_on, row.until_on)
    check_maximum([*spans, was], [*spans, now], commune, row.since_on)


def _plain(values: dict) -> dict:
    """Values the journal can keep: no people (they are personal), dates as ISO strings."""
    plain = {}
    for key, value in values.items():
        if key == "person":
            continue
        is_plain = value is None or isinstance(value, str | bool | int)
        plain[key] = value if is_plain else str(value)
    return plain
