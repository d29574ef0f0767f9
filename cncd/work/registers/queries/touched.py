"""Whether somebody wrote in the registers of a team's hamlets since a moment."""

import datetime as dt

from cncd.foundation.journal.models import Entry
from cncd.team.teams.models import Coverage


def touched_since(team_id: int, at: dt.datetime) -> int:
    """How many entries about records of the team's hamlets came after that moment; one query."""
    hamlets = Coverage.objects.filter(team=team_id).values("place")
    rows = Entry.objects.filter(place_id__in=hamlets, at__gt=at)
    return rows.filter(subject_kind__gte="registers.", subject_kind__lt="registers/").count()
