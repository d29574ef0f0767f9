"""Who hears what of recognition; named in `config/hooks.py`."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from cncd.foundation.journal.models import Entry
from cncd.foundation.people.coordination import guides_at
from cncd.foundation.people.models import User
from cncd.foundation.people.news import SHORT, Kind, News, Settled
from cncd.results.rewards.models import Commendation, Proposal, Sign
from cncd.team.teams.queries import leads_of, unit_of

PROPOSED, DECIDED, GIVEN, ASKED, ANSWERED, SETTLED = (
    "reward.proposed",
    "reward.decided",
    "reward.given",
    "sign.asked",
    "sign.answered",
    "sign.settled",
)
PROPOSE, DECIDE, CHECK = "rewards.propose", "rewards.decide", "rewards.check"
KINDS = (
    Kind(
        PROPOSED,
        gettext_lazy("A proposal for commendation came in"),
        gettext_lazy("To the leaders of the unit that decides."),
        "patch-check",
        for_leads=False,
        permission=DECIDE,
    ),
    Kind(
        DECIDED,
        gettext_lazy("A proposal for commendation was decided"),
        gettext_lazy("To the unit that proposed."),
        "patch-check",
        for_leads=False,
        permission=PROPOSE,
    ),
    Kind(
        GIVEN,
        gettext_lazy("The team or a member of it was commended"),
        gettext_lazy("To the team's leaders, and to the member."),
        "patch-check",
        permission="rewards.view",
    ),
    Kind(
        ASKED,
        gettext_lazy("A question about the figures of a month"),
        gettext_lazy("To the team; it changes no figure and no score."),
        "question-circle",
    ),
    Kind(
        ANSWERED,
        gettext_lazy("A team answered a question about its figures"),
        gettext_lazy("To the commune."),
        "question-circle",
        for_leads=False,
        permission=CHECK,
    ),
    Kind(
        SETTLED,
        gettext_lazy("A question about the figures is settled"),
        gettext_lazy("To the team, with the reason."),
        "question-circle",
    ),
)


def proposed(entry: Entry) -> list[News | Settled]:
    """The leaders of the unit that decides hear of a proposal."""
    row = Proposal.objects.get(pk=entry.subject_id)
    users = guides_at([row.decider_id], DECIDE, timezone.localdate(entry.at))[row.decider_id]
    return [
        _news(user, PROPOSED, f"proposal {row.pk}", entry, row.get_absolute_url(),
              gettext_lazy("Proposed for commendation: %(n)s"), gettext_lazy("%(title)s"),
              {"n": entry.after.get("count", 0), "title": row.title})
        for user in users
    ]  # fmt: skip


def decided(entry: Entry) -> list[News | Settled]:
    """The unit that proposed hears what was decided."""
    row = Proposal.objects.get(pk=entry.subject_id)
    users = guides_at([row.place_id], PROPOSE, timezone.localdate(entry.at))[row.place_id]
    counts = {"granted": entry.after.get("granted", 0), "refused": entry.after.get("refused", 0)}
    found = [
        _news(user, DECIDED, f"proposal {row.pk}", entry, row.get_absolute_url(),
              gettext_lazy("Decided: %(title)s"),
              gettext_lazy("%(granted)s commended, %(refused)s not this time."),
              counts | {"title": row.title})
        for user in users
    ]  # fmt: skip
    return [*found, Settled(f"proposal {row.pk}", (PROPOSED,))]


def withdrawn(entry: Entry) -> list[News | Settled]:
    """What waited for a decision waits no more."""
    return [Settled(f"proposal {entry.subject_id}", (PROPOSED,))]


def given(entry: Entry) -> list[News | Settled]:
    """A commended team's leaders and a commended member hear of it."""
    ids = [row["commendation"] for row in entry.rows]
    rows = Commendation.objects.standing().filter(pk__in=ids)
    rows = list(rows.select_related("team", "person__user", "form", "document"))
    leads = leads_of([row.team_id for row in rows], timezone.localdate(entry.at))
    found = []
    for row in rows:
        if row.person_id is None:
            users = _accounts(leads.get(row.team_id, ()))
        else:
            users = [row.person.user] if hasattr(row.person, "user") else []
        words = {"form": row.form, "number": row.document.number, "reason": row.reason}
        title = (
            gettext_lazy("Your team was commended: %(form)s")
            if row.person_id is None
            else gettext_lazy("You were commended: %(form)s")
        )
        found += [
            _news(user, GIVEN, f"commendation {row.pk}", entry, _page(row.team_id), title,
                  gettext_lazy("%(reason)s (decision %(number)s)"), words)
            for user in users
        ]  # fmt: skip
    return found


def asked(entry: Entry) -> list[News | Settled]:
    """The team's leaders hear what is asked."""
    rows = Sign.objects.open().filter(pk__in=[row["sign"] for row in entry.rows])
    rows = list(rows.select_related("period"))
    leads = leads_of([row.team_id for row in rows], timezone.localdate(entry.at))
    return [
        _news(user, ASKED, f"sign {row.pk}", entry, _page(row.team_id),
              gettext_lazy("A question about the figures of %(period)s"),
              gettext_lazy("%(sign)s. Tell in a sentence how it came; nothing changes meanwhile."),
              {"period": row.period, "sign": row.get_kind_display()})
        for row in rows
        for user in _accounts(leads.get(row.team_id, ()))
    ]  # fmt: skip


def answered(entry: Entry) -> list[News | Settled]:
    """The commune hears the answer."""
    row, day = _sign(entry), timezone.localdate(entry.at)
    place = unit_of([row.team_id], "commune", day).get(row.team_id)
    users = guides_at([place], CHECK, day)[place] if place else []
    found = [
        _news(user, ANSWERED, f"sign {row.pk}", entry, row.get_absolute_url(),
              gettext_lazy("Answered: %(sign)s"), gettext_lazy("%(team)s, %(period)s"),
              {"sign": row.get_kind_display(), "team": row.team, "period": row.period})
        for user in users
    ]  # fmt: skip
    return [*found, Settled(f"sign {row.pk}", (ASKED,))]


def settled(entry: Entry) -> list[News | Settled]:
    """The team hears what an officer made of it, and why."""
    row = _sign(entry)
    leads = leads_of([row.team_id], timezone.localdate(entry.at))
    found = [
        _news(user, SETTLED, f"sign {row.pk}", entry, _page(row.team_id),
              gettext_lazy("%(sign)s: %(verdict)s"), gettext_lazy("%(reason)s"),
              {"sign": row.get_kind_display(), "verdict": row.get_verdict_display(),
               "reason": entry.reason})
        for user in _accounts(leads.get(row.team_id, ()))
    ]  # fmt: skip
    return [*found, Settled(f"sign {row.pk}", (ASKED, ANSWERED))]


EVENTS = {
    "proposal.sent": proposed,
    "proposal.decided": decided,
    "proposal.withdrawn": withdrawn,
    "commendations.given": given,
    "commendations.recorded": given,
    "signs.found": asked,
    "sign.answered": answered,
    "sign.settled": settled,
}


def _sign(entry: Entry) -> Sign:
    return Sign.objects.select_related("team", "period").get(pk=entry.subject_id)


def _page(team: int) -> str:
    return reverse("rewards:asked", args=[team])


def _accounts(memberships: Iterable) -> list[User]:
    return [row.person.user for row in memberships if hasattr(row.person, "user")]


def _news(user, kind: str, what: str, entry: Entry, address: str, title, text, words) -> News:
    with translation.override(user.language):
        words = {key: str(value) for key, value in words.items()}
        return News(
            user=user,
            kind=kind,
            what=what,
            moment=f"entry {entry.pk}",
            title=str(title) % words,
            text=str(text) % words,
            address=address,
            until_at=entry.at + SHORT + dt.timedelta(days=4),
        )
