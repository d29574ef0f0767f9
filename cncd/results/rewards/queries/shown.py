"""Commendations where other rooms show them: a team's page, a person's data, a document's uses."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.documents.queries import Use
from cncd.foundation.people.models import Person
from cncd.foundation.people.own_data import Part
from cncd.results.rewards.models import Commendation, Sign
from cncd.team.teams.models import Team

SHOWN = 8


def team_part(team: Team, user, day: dt.date) -> tuple[str, dict] | None:
    """A team's commendations and open questions on its own page; for `settings.TEAM_PARTS`."""
    if not user.can("rewards.view", team=team) and not _sees(team, user):
        return None
    rows = Commendation.objects.standing().visible_to(user).filter(team=team)
    rows = list(rows.select_related("person", "form", "document")[: SHOWN + 1])
    signs = Sign.objects.open().visible_to(user).filter(team=team)
    signs = list(signs.select_related("period"))
    if not rows and not signs:
        return None
    return "rewards/team_part.html", {
        "commendations": rows[:SHOWN],
        "has_more": len(rows) > SHOWN,
        "signs": signs,
        "team": team,
    }


def _sees(team: Team, user) -> bool:
    return Team.objects.visible_to(user, "rewards.view").filter(pk=team.pk).exists()


def own_commendations(person: Person) -> list[Part]:
    """What a person was proposed for, decided, and given; for `settings.PERSONAL_DATA`."""
    given = [
        [row.form.name, row.given_on, str(row.document), row.reason,
         row.withdrawn_at or ""]
        for row in person.commendations.select_related("form", "document")
    ]  # fmt: skip
    named = [
        [row.proposal.title, row.form.name, row.reason, row.get_verdict_display(),
         row.verdict_reason]
        for row in person.reward_candidates.filter(proposal__sent_at__isnull=False)
        .select_related("proposal", "form")
    ]  # fmt: skip
    found = []
    if given:
        heads = [_("Form"), _("Day"), _("Decision"), _("For what"), _("Withdrawn")]
        found.append(Part(_("Commendations"), heads, given))
    if named:
        heads = [_("Proposal"), _("Form"), _("Reason"), _("Decided"), _("Why so")]
        found.append(Part(_("Proposals for commendation"), heads, named))
    return found


def uses_of_document(document, user) -> list[Use]:
    """The commendations that rest on the document, as one line; for `settings.DOCUMENT_USES`."""
    if not user.can("rewards.view"):
        return []
    count = Commendation.objects.standing().visible_to(user).filter(document=document).count()
    if not count:
        return []
    address = reverse("rewards:register") + f"?q={document.number}"
    return [Use(_("Commendations: %(n)s") % {"n": count}, address)]
