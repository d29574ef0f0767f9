"""Letting a finding of the composition rules stand, with a reason."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.people import authority
from cncd.team.teams.actions.checks import commune_on
from cncd.team.teams.actions.errors import ReasonMissing, TeamError
from cncd.team.teams.models import FindingNote, Team
from cncd.team.teams.rules import BY_CODE


@transaction.atomic
def note_finding(*, team: Team, rule: str, reason: str, by, now=None) -> FindingNote:
    """Writes beside a finding why it stands (a post is vacant…); a later reason replaces it.

    The finding itself stays, and the team still counts as incomplete (TC05).
    """
    if rule not in BY_CODE:
        raise TeamError(_("There is no such rule."))
    if not reason.strip():
        raise ReasonMissing(_("Write the reason."))
    today = timezone.localdate()
    commune = commune_on(team, team.last_day or max(team.since_on, today))
    authority.require(by, "teams.form", place=commune)
    old = FindingNote.objects.filter(team=team, rule=rule).first()
    note, _made = FindingNote.objects.update_or_create(
        team=team,
        rule=rule,
        defaults={"reason": reason.strip(), "by": by, "at": now or timezone.now()},
    )
    record(
        event="team.finding_noted",
        subject=team,
        by=by,
        place=commune,
        team=team,
        before={"note": old.reason} if old else {},
        after={"rule": rule, "note": note.reason},
        now=now,
    )
    return note
