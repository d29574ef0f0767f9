"""The roster on the phone: who is in my team, and a tap to call them."""

from django.shortcuts import render

from cncd.foundation.people.access import allow
from cncd.team.teams.queries import members_on


@allow("phone.open")
def roster(request):
    """Names, posts and numbers of the members of the team in hand."""
    team = request.scope.team
    members = members_on(team, request.scope.today) if team else []
    return render(request, "teams/roster.html", {"team": team, "members": members})
