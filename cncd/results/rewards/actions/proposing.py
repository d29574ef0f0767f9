"""A proposal: drafted, filled with teams and members, sent to the unit that decides, withdrawn."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.people import authority
from cncd.foundation.people.queries import place_names
from cncd.foundation.places.models import Place
from cncd.foundation.places.queries import ancestors
from cncd.results.rewards.actions.errors import (
    BadProposal,
    ChangedMeanwhile,
    NeedsReason,
    NotNow,
)
from cncd.results.rewards.models import Candidate, Form, Proposal
from cncd.results.rewards.queries.basis import bases_of
from cncd.team.teams.models import Membership, Team

PROPOSE = "rewards.propose"
LONGEST = 366  # days a proposal may look back over


@dataclass(frozen=True)
class Named:
    """A team, or one of its members, with the form of commendation and why."""

    team: Team
    form: Form
    reason: str
    person: object = None


@dataclass(frozen=True)
class Wanted:
    """What a proposal is about."""

    decider: Place
    title: str
    first_day: dt.date
    last_day: dt.date
    note: str = ""
    named: Sequence[Named] = field(default=())


def deciders_for(place: Place, day: dt.date) -> list[Place]:
    """The unit itself and those above it."""
    return [*ancestors(place, day), place]


@transaction.atomic
def draft_proposal(*, place: Place, wanted: Wanted, by, now: dt.datetime | None = None) -> Proposal:
    """Begins a proposal of the unit; nobody else sees it before it is sent (IV.3).

    Raises BadProposal, PermissionDenied.
    """
    authority.require(by, PROPOSE, place=place)
    now = now or timezone.now()
    made = Proposal(place=place, made_at=now, made_by=by)
    _put(made, wanted, timezone.localdate(now))
    made.save(force_insert=True)
    _add(made, wanted.named)
    after = {"title": made.title, "count": len(wanted.named)}
    record(event="proposal.drafted", subject=made, by=by, place=place, after=after, now=now)
    return made


@transaction.atomic
def change_proposal(*, proposal: Proposal, version: int, wanted: Wanted, by, now=None) -> Proposal:
    """Other days, deciding unit or words, as long as it is a draft; those named stay.

    Raises ChangedMeanwhile, NotNow, BadProposal, PermissionDenied.
    """
    found = _draft(proposal, by, version)
    _put(found, wanted, timezone.localdate(now or timezone.now()))
    _grown(found)
    after = {"title": found.title}
    record(event="proposal.changed", subject=found, by=by, place=found.place_id, after=after,
           now=now)  # fmt: skip
    return found


@transaction.atomic
def name_candidates(*, proposal: Proposal, named: Sequence[Named], by, now=None) -> Proposal:
    """Adds teams and members to a draft; who stands there already gets the new form and reason.

    Raises NotNow, BadProposal, PermissionDenied.
    """
    found = _draft(proposal, by)
    _add(found, named)
    _grown(found)
    record(event="proposal.named", subject=found, by=by, place=found.place_id,
           after={"count": len(named)}, rows=_rows(named), now=now)  # fmt: skip
    return found


@transaction.atomic
def drop_candidate(*, candidate: Candidate, by, now=None) -> Proposal:
    """Takes a team or member out of a draft. Raises NotNow, PermissionDenied."""
    found = _draft(candidate.proposal, by)
    rows = _rows([candidate])
    candidate.delete()
    _grown(found)
    record(event="proposal.unnamed", subject=found, by=by, place=found.place_id, rows=rows,
           now=now)  # fmt: skip
    return found


@transaction.atomic
def send_proposal(*, proposal: Proposal, version: int, by, now=None) -> Proposal:
    """Sends a draft to the unit that decides; the evidence is kept as it stands now.

    Raises ChangedMeanwhile, NotNow, BadProposal when nobody is named, PermissionDenied.
    """
    found = _draft(proposal, by, version)
    now = now or timezone.now()
    rows = list(found.candidates.select_related("team", "person"))
    if not rows:
        raise BadProposal(_("Nobody is named yet. Add a team or a member first."))
    for row, basis in zip(rows, bases_of(found, rows), strict=True):
        row.basis = basis
    Candidate.objects.bulk_update(rows, ["basis"])
    found.sent_at, found.sent_by = now, by
    _grown(found)
    called = place_names([found.decider_id], timezone.localdate(now))
    after = {"count": len(rows), "decider": called.get(found.decider_id, "")}
    record(event="proposal.sent", subject=found, by=by, place=found.place_id, after=after, now=now)
    return found


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, reason: str, by, now=None) -> Proposal:
    """Takes a proposal back as long as no decision was issued from it.

    Raises NeedsReason, NotNow, PermissionDenied.
    """
    authority.require(by, PROPOSE, place=proposal.place)
    found = held(proposal)
    if found.document_id:
        raise NotNow(_("The decision was issued. Withdraw the commendation itself instead."))
    if not tidy(reason):
        raise NeedsReason
    found.withdrawn_at, found.withdrawn_reason = now or timezone.now(), tidy(reason)
    _grown(found)
    record(event="proposal.withdrawn", subject=found, by=by, place=found.place_id,
           reason=found.withdrawn_reason, now=now)  # fmt: skip
    return found


@transaction.atomic
def restore_proposal(*, proposal: Proposal, by, now=None) -> Proposal:
    """Brings a withdrawn proposal back where it stood; nothing happens to one that stands."""
    authority.require(by, PROPOSE, place=proposal.place)
    found = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if found.withdrawn_at is None:
        return found
    found.withdrawn_at, found.withdrawn_reason = None, ""
    _grown(found)
    record(event="proposal.restored", subject=found, by=by, place=found.place_id, now=now)
    return found


def held(proposal: Proposal, version: int | None = None) -> Proposal:
    """The proposal under a lock, standing. Raises ChangedMeanwhile, NotNow."""
    found = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if found.withdrawn_at is not None:
        raise NotNow(_("This proposal was withdrawn. Bring it back first."))
    if version is not None and found.version != version:
        raise ChangedMeanwhile
    return found


def _draft(proposal: Proposal, by, version: int | None = None) -> Proposal:
    authority.require(by, PROPOSE, place=proposal.place)
    found = held(proposal, version)
    if found.sent_at is not None:
        raise NotNow(_("This proposal was sent already. Withdraw it, then propose anew."))
    return found


def _grown(found: Proposal) -> None:
    found.version += 1
    found.save()


def _put(made: Proposal, wanted: Wanted, today: dt.date) -> None:
    """What it is about, written over the row, and checked."""
    made.title, made.note = tidy(wanted.title), wanted.note.strip()
    made.first_day, made.last_day = wanted.first_day, wanted.last_day
    made.decider = wanted.decider
    if made.last_day < made.first_day:
        raise BadProposal({"last_day": _("The last day comes before the first day.")})
    if (made.last_day - made.first_day).days >= LONGEST:
        raise BadProposal({"first_day": _("Look back over at most a year.")})
    if made.decider.pk not in {each.pk for each in deciders_for(made.place, today)}:
        text = _("Choose the unit itself or one above it.")
        raise BadProposal({"decider": text})


def _add(made: Proposal, named: Sequence[Named]) -> None:
    """Those named, checked: teams of the unit, members of their team, forms that fit."""
    under = set(
        Team.objects.standing_under([made.place_id], made.last_day).values_list("pk", flat=True)
    )
    for each in named:
        check_named(each, under, made)
        Candidate.objects.update_or_create(
            proposal=made,
            **({"person": each.person} if each.person else {"team": each.team, "person": None}),
            defaults={"form": each.form, "reason": tidy(each.reason), "team": each.team},
        )


def check_named(each: Named, under: set[int], made: Proposal) -> None:
    """Raises BadProposal, NeedsReason: a team under the unit, a member of it, a form that fits."""
    fits = each.form.for_people if each.person else each.form.for_teams
    if each.team.pk not in under:
        raise BadProposal(_("%(team)s is no team of this unit.") % {"team": each.team})
    if not fits:
        text = _("“%(form)s” is not given to those chosen. Choose another form.")
        raise BadProposal({"form": text % {"form": each.form}})
    if not tidy(each.reason):
        raise NeedsReason
    belongs = Membership.objects.overlapping(made.first_day, made.last_day + dt.timedelta(days=1))
    if each.person and not belongs.filter(team=each.team, person=each.person).exists():
        text = _("%(name)s was no member of the team in these days.")
        raise BadProposal(text % {"name": each.person})


def _rows(named) -> list[dict]:
    return [
        {"team": each.team.pk, **({"person": each.person.pk} if each.person else {})}
        for each in named
    ]
