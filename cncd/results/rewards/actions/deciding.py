"""Deciding on those named, one by one with reasons; the decision's number; the register."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.documents.models import Document
from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.people import authority
from cncd.foundation.places.models import Place
from cncd.results.rewards.actions.errors import AlreadyGiven, BadProposal, NeedsReason, NotNow
from cncd.results.rewards.actions.proposing import Named, check_named, held
from cncd.results.rewards.models import Candidate, Commendation, Proposal
from cncd.team.teams.models import Team

DECIDE, PROPOSE = "rewards.decide", "rewards.propose"


@dataclass(frozen=True)
class Ruling:
    """What is decided on one of those named; a refusal says why."""

    candidate: int
    verdict: str
    reason: str = ""


def may_decide(user, place_id: int) -> bool:
    """Whether the person decides in the name of that very unit."""
    return user is None or place_id in authority.roots(user, DECIDE)


def may_record(user, place_id: int) -> bool:
    """Whether the person enters decisions of that very unit: its leaders, its officers."""
    return may_decide(user, place_id) or place_id in authority.roots(user, PROPOSE)


@transaction.atomic
def decide_candidates(
    *, proposal: Proposal, rulings: Sequence[Ruling], version: int, by, now=None
) -> Proposal:
    """Commends or refuses those named, each with its reason; the others stay open (IV.3).

    What was decided may be decided anew until the decision has its number. Raises NeedsReason for
    a refusal without one, NotNow, ChangedMeanwhile, PermissionDenied unless the person decides in
    the name of the unit asked.
    """
    if not may_decide(by, proposal.decider_id):
        raise PermissionDenied(DECIDE)
    now = now or timezone.now()
    found = held(proposal, version)
    if found.sent_at is None or found.document_id:
        raise NotNow(_("This proposal is not open for a decision."))
    rows = {row.pk: row for row in found.candidates.select_for_update(of=("self",))}
    for each in rulings:
        row = rows[each.candidate]
        if each.verdict == Candidate.Verdict.REFUSED and not tidy(each.reason):
            raise NeedsReason(f"reason-{row.pk}")
        row.verdict, row.verdict_reason = each.verdict, tidy(each.reason)
        row.decided_at, row.decided_by = (now, by) if each.verdict else (None, None)
    changed = [rows[each.candidate] for each in rulings]
    Candidate.objects.bulk_update(
        changed, ["verdict", "verdict_reason", "decided_at", "decided_by"]
    )
    found.version += 1
    found.save(update_fields=["version"])
    record(event="proposal.decided", subject=found, by=by, place=found.decider_id, now=now,
           after=_counts(rows.values()),
           rows=[{"team": row.team_id} for row in changed])  # fmt: skip
    return found


@transaction.atomic
def issue_decision(*, proposal: Proposal, document: Document, by, now=None) -> list[Commendation]:
    """The decision has its number: whoever it commends stands in the register from its date on.

    Raises NotNow unless all named are decided and somebody is commended, BadProposal for a
    document of a day to come or of another unit, PermissionDenied.
    """
    if not may_record(by, proposal.decider_id):
        raise PermissionDenied(PROPOSE)
    now = now or timezone.now()
    found = held(proposal)
    rows = list(found.candidates.select_related("team", "person", "form"))
    granted = [row for row in rows if row.verdict == Candidate.Verdict.GRANTED]
    if found.document_id or found.sent_at is None or not all(row.verdict for row in rows):
        raise NotNow(_("Not everybody named is decided yet, or the decision has its number."))
    if not granted:
        raise NotNow(_("Nobody is commended by this proposal: there is no decision to number."))
    _check_document(document, found.decider, timezone.localdate(now))
    found.document = document
    found.version += 1
    found.save(update_fields=["document", "version"])
    made = _register([(row, row.reason, row) for row in granted], found.decider, document, by, now)
    _given("commendations.given", found, made, found.decider, document, by, now)
    return made


@transaction.atomic
def record_commendations(
    *, place: Place, document: Document, named: Sequence[Named], by, now=None
) -> list[Commendation]:
    """Writes down whom a decision of the unit commended, without a proposal in the program.

    Raises BadProposal, AlreadyGiven, PermissionDenied.
    """
    if not may_record(by, place.pk):
        raise PermissionDenied(PROPOSE)
    now = now or timezone.now()
    _check_document(document, place, timezone.localdate(now))
    span = document.issued_on - dt.timedelta(days=366)
    about = Proposal(place=place, first_day=span, last_day=document.issued_on)
    standing = Team.objects.standing_under([place.pk], document.issued_on)
    under = set(standing.values_list("pk", flat=True))
    for each in named:
        check_named(each, under, about)
    made = _register([(each, tidy(each.reason), None) for each in named], place, document, by, now)
    _given("commendations.recorded", made[0], made, place, document, by, now)
    return made


@transaction.atomic
def withdraw_commendation(*, commendation: Commendation, reason: str, by, now=None):
    """Takes a commendation back, or out because it was recorded by mistake: it then never counted.

    Raises NeedsReason, NotNow, PermissionDenied.
    """
    found = _commendation(commendation, by)
    if found.withdrawn_at is not None:
        raise NotNow(_("This commendation was withdrawn already."))
    if not tidy(reason):
        raise NeedsReason
    found.withdrawn_at, found.withdrawn_reason = now or timezone.now(), tidy(reason)
    _kept(found, "commendation.withdrawn", by, now, found.withdrawn_reason)
    return found


@transaction.atomic
def restore_commendation(*, commendation: Commendation, by, now=None) -> Commendation:
    """Brings back what was withdrawn; nothing happens to one that stands.

    Raises AlreadyGiven when the decision names it again meanwhile, PermissionDenied.
    """
    found = _commendation(commendation, by)
    if found.withdrawn_at is None:
        return found
    found.withdrawn_at, found.withdrawn_reason = None, ""
    try:
        with transaction.atomic():
            _kept(found, "commendation.restored", by, now, "")
    except IntegrityError:
        raise AlreadyGiven(found.person or found.team) from None
    return found


def _commendation(commendation: Commendation, by) -> Commendation:
    if not may_record(by, commendation.place_id):
        raise PermissionDenied(PROPOSE)
    return Commendation.objects.select_for_update(of=("self",)).get(pk=commendation.pk)


def _kept(found: Commendation, event: str, by, now, reason: str) -> None:
    found.version += 1
    found.save(update_fields=["withdrawn_at", "withdrawn_reason", "version"])
    record(event=event, subject=found, by=by, place=found.place_id, reason=reason, now=now,
           after={"on": found.given_on.isoformat()})  # fmt: skip


def _check_document(document: Document, place: Place, today: dt.date) -> None:
    if document.issued_on > today:
        raise BadProposal({"issued_on": _("The decision is dated in the future.")})
    if document.place_id not in (None, place.pk):
        raise BadProposal(_("This decision belongs to another unit."))


def _register(rows, place: Place, document: Document, by, now) -> list[Commendation]:
    made = [
        Commendation(
            place=place, team=each.team, person=each.person, form=each.form, document=document,
            given_on=document.issued_on, reason=reason, candidate=candidate,
            recorded_at=now, recorded_by=by,
        )
        for each, reason, candidate in rows
    ]  # fmt: skip
    standing = Commendation.objects.standing().filter(document=document)
    known = {_whom(each) for each in standing}
    for each in made:
        if _whom(each) in known:
            raise AlreadyGiven(each.person or each.team)
        known.add(_whom(each))
    return Commendation.objects.bulk_create(made)


def _whom(row: Commendation) -> tuple[str, int]:
    return ("person", row.person_id) if row.person_id else ("team", row.team_id)


def _given(event: str, subject, made, place: Place, document: Document, by, now) -> None:
    after = {"count": len(made), "number": document.number, "on": document.issued_on.isoformat()}
    rows = [{"commendation": str(each.pk), "place": place.pk} for each in made]
    record(event=event, subject=subject, by=by, place=place, after=after, rows=rows, now=now)


def _counts(rows) -> dict:
    rows = list(rows)
    return {
        "granted": sum(row.verdict == Candidate.Verdict.GRANTED for row in rows),
        "refused": sum(row.verdict == Candidate.Verdict.REFUSED for row in rows),
    }
