"""Whether training of a team's people or hamlets changed since a moment."""

import datetime as dt

from cncd.foundation.journal.models import Entry, Touch


def touched_since(team_id: int, at: dt.datetime) -> int:
    """How many entries of this room that name the team came after that moment; two queries."""
    rows = Entry.objects.filter(
        at__gt=at, subject_kind__gte="training.", subject_kind__lt="training/"
    )
    named = Touch.objects.filter(kind="teams.team", pk_text=str(team_id), entry__in=rows)
    return rows.filter(team_id=team_id).count() + named.count()
