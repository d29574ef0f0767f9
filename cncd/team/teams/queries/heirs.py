"""Who serves the hamlets of a team that is no more."""

import datetime as dt

from django.utils.translation import gettext as _

from cncd.team.teams.models import Coverage, Team


def dissolved_in_words(team: Team, day: dt.date) -> str:
    """That the team is no more, and which one serves its hamlets on that day."""
    said = {"team": team, "day": f"{team.until_on:%d/%m/%Y}"}
    places = Coverage.objects.filter(team=team).values("place")
    serving = Coverage.objects.on(day).filter(place__in=places)
    heirs = Team.objects.on(day).filter(pk__in=serving.values("team"))
    if not heirs:
        return _("%(team)s was dissolved on %(day)s. Ask your commune officer.") % said
    said["heirs"] = ", ".join(str(each) for each in heirs)
    return _("%(team)s was dissolved on %(day)s. Enter it anew for %(heirs)s.") % said
