"""What of the teams a page is about: those the person may see, under the unit in sight."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from cncd.foundation.people import authority
from cncd.foundation.places.models import Place
from cncd.team.teams.actions.checks import commune_on
from cncd.team.teams.models import Team
from cncd.team.teams.queries import fitting_day


def teams_in_scope(request):
    """Teams under the unit in sight, dissolved ones included; all one sees where there is none."""
    teams = Team.objects.visible_to(request.user, "teams.view")
    place = request.scope.place
    return teams.standing_under([place.pk], request.scope.day) if place else teams


def place_in_sight(request) -> Place:
    """The unit in sight; for somebody without a desk the commune of their team; else 404."""
    place = request.scope.place or request.scope.commune
    if place is None:
        raise Http404
    return place


def visible_team(request, pk: int) -> Team:
    """The team, or 404 outside the person's reach."""
    teams = Team.objects.visible_to(request.user, "teams.view")
    return get_object_or_404(teams.select_related("formed_by", "dissolved_by", "level"), pk=pk)


def own_communes(request) -> list[Place]:
    """Communes in which the person may form teams, the one in sight first."""
    day = request.scope.today
    places = Place.objects.at_level("commune").within(
        authority.roots(request.user, "teams.form"), day
    )
    found = list(places.named(day).order_by("sort_key"))
    seen = request.scope.place
    return sorted(found, key=lambda place: seen is None or place.pk != seen.pk)


def commune_of(team: Team, day) -> Place | None:
    """The commune whose officers change the team: that of the day, or the last it stood in."""
    return commune_on(team, fitting_day(team, day))


def may_form(request, team: Team) -> bool:
    """Whether the person may change this team."""
    commune = commune_of(team, request.scope.today)
    return commune is not None and request.user.can("teams.form", place=commune)


def changeable_team(request, pk: int) -> Team:
    """The team, if the person may change it: 404 out of sight, 403 out of reach."""
    team = visible_team(request, pk)
    if not may_form(request, team):
        raise PermissionDenied("teams.form")
    return team
