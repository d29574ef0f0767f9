"""What waits for a person in this room."""

import datetime as dt

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.people import authority
from cncd.foundation.people.duties import Duty
from cncd.results.rewards.actions.signing import answer_by
from cncd.results.rewards.models import Candidate, Proposal, Sign
from cncd.team.teams.models import Team


def dues(user, now: dt.datetime) -> list[Duty]:
    """Proposals to decide, decisions to number, questions about figures; four queries at most."""
    if not user.can("rewards.view"):
        return []
    found = []
    if places := authority.roots(user, "rewards.decide"):
        found += _to_decide(places)
    if places := authority.roots(user, "rewards.propose"):
        found += _to_number(places)
    if teams := authority.team_ids(user, "rewards.view"):
        found += _asked(teams, now)
    if places := authority.roots(user, "rewards.check"):
        found += _answered(places, timezone.localdate(now))
    return found


def _to_decide(places) -> list[Duty]:
    rows = Proposal.objects.waiting().filter(decider__in=places)
    undecided = Q(candidates__verdict="")
    return [
        Duty(
            "patch-check",
            _("Decide on a proposal for commendation: %(title)s") % {"title": row.title},
            row.get_absolute_url(),
            row.n,
            key=f"reward proposal {row.pk}",
        )
        for row in rows.annotate(n=Count("candidates", filter=undecided)).order_by("sent_at")
    ]


def _to_number(places) -> list[Duty]:
    """Decided, somebody commended, and no number yet: the document follows."""
    rows = Proposal.objects.standing().filter(
        decider__in=places, document=None, sent_at__isnull=False
    )
    granted = Candidate.objects.filter(verdict=Candidate.Verdict.GRANTED).values("proposal")
    open_ones = Candidate.objects.filter(verdict="").values("proposal")
    rows = rows.filter(pk__in=granted).exclude(pk__in=open_ones)
    return [
        Duty(
            "file-earmark-text",
            _("Enter the number of the decision: %(title)s") % {"title": row.title},
            row.get_absolute_url(),
            key=f"reward decision {row.pk}",
        )
        for row in rows.order_by("sent_at")
    ]


def _asked(teams, now: dt.datetime) -> list[Duty]:
    rows = Sign.objects.open().filter(team__in=teams, answered_at=None)
    found = []
    for row in rows.select_related("period").order_by("found_at"):
        due_at = answer_by(row)
        text = _("A question about the figures of %(period)s: %(sign)s") % {
            "period": row.period,
            "sign": row.get_kind_display(),
        }
        address = reverse("rewards:asked", args=[row.team_id])
        soon = due_at - now <= dt.timedelta(days=1)
        found.append(
            Duty("question-circle", text, address, 1, due_at, soon, row.team_id, f"sign {row.pk}")
        )
    return found


def _answered(places, day: dt.date) -> list[Duty]:
    """Answers of teams an officer of the commune reads: one duty for all."""
    teams = Team.objects.within(places, day)
    count = Sign.objects.open().filter(team__in=teams, answered_at__isnull=False).count()
    if not count:
        return []
    text = ngettext(
        "Read the answer of %(n)d team about its figures",
        "Read the answers of %(n)d teams about their figures",
        count,
    )
    address = reverse("rewards:signs") + "?state=answered"
    return [Duty("question-circle", text % {"n": count}, address, count, key="signs answered")]
