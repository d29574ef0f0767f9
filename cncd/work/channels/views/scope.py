"""What a page is about: the groups a person may see, and which of them they may change."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from cncd.foundation.places.models import Place
from cncd.team.teams.models import Team
from cncd.team.teams.queries import unit_of
from cncd.work.channels.actions.checks import may_change
from cncd.work.channels.models import Channel


def seen(request, pk) -> Channel:
    """A group within reach, or 404."""
    rows = Channel.objects.visible_to(request.user).listed().select_related("place")
    return get_object_or_404(rows, pk=pk)


def changes(user, channel: Channel) -> bool:
    """Whether the person may change this group."""
    return may_change(user, place=channel.place, team=channel.team)


def changeable(request, pk) -> Channel:
    """A group this person may change, or 404."""
    found = seen(request, pk)
    if not changes(request.user, found):
        raise Http404
    return found


def owner_of(request) -> tuple[Place, Team | None]:
    """The unit (?place=), or the team with its hamlet (?team=), whose group is written down."""
    team, place = None, None
    if (asked := request.GET.get("team", "")).isdecimal():
        teams = Team.objects.visible_to(request.user, "channels.change")
        team = get_object_or_404(teams, pk=asked)
        place = place_of(team, request.scope.today)
    elif (asked := request.GET.get("place", "")).isdecimal():
        place = Place.objects.filter(pk=asked).select_related("level").first()
    if place is None or not may_change(request.user, place=place, team=team):
        raise Http404
    return place, team


def place_of(team: Team, day) -> Place | None:
    """The hamlet (the first of several) or commune after which the team's group is named."""
    covered = team.coverages.on(day).order_by("pk").values("place")
    rows = Place.objects.filter(pk__in=covered).select_related("level")
    if found := rows.order_by("team_coverages__pk").first():
        return found
    commune = unit_of([team.pk], "commune", day).get(team.pk)
    return commune and Place.objects.select_related("level").get(pk=commune)
