"""Issuing a directive: everybody it reaches owes each ask from now on."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.work.directives.actions.deriving import derive
from cncd.work.directives.actions.drafting import held_draft
from cncd.work.directives.actions.errors import DuePassed, NobodyAsked, NothingAsked
from cncd.work.directives.models import Ask, Directive, Obligation
from cncd.work.directives.queries.bearers import Bearer, bearers


@transaction.atomic
def issue_directive(*, directive: Directive, by, edition=None, now=None) -> Directive:
    """Gives the directive: an obligation per ask for each unit, agency or team that it reaches
    today, and, where an ask goes to the teams below, one for each of them (II.2.9, IV.3).

    Raises NotADraft, ChangedMeanwhile, NothingAsked, DuePassed, NobodyAsked, PermissionDenied.
    """
    now = now or timezone.now()
    directive = held_draft(directive, by, edition)
    today = timezone.localdate(now)
    asks = list(directive.asks.all())
    if not asks:
        raise NothingAsked
    if any(ask.due_on < today for ask in asks):
        raise DuePassed
    directive.state, directive.issued_by = Directive.State.ISSUED, by
    directive.issued_at, directive.issued_on = now, today
    directive.save()
    made = []
    for ask in asks:
        ask.since_on = ask.since_on or today
        ask.save(update_fields=["since_on"])
        made += give(directive, ask, bearers(directive, ask, today), now)
    if not made:
        raise NobodyAsked
    derive(obligations=[row.pk for row in made if row.watches], now=now)
    derive(obligations=[row.pk for row in made if not row.watches], now=now)
    _tell(directive, asks, made, by, now)
    return directive


def give(
    directive: Directive, ask: Ask, to: list[Bearer], now: dt.datetime, **columns
) -> list[Obligation]:
    """Makes the obligations of one ask, units before the teams that stand under them.

    Who owes it already is left alone. Nothing is derived yet.
    """
    owed = set(Obligation.objects.filter(ask=ask).values_list("place", "agency", "team"))
    new = [bearer for bearer in to if bearer.key not in owed]
    units = Obligation.objects.bulk_create(
        [_row(directive, ask, bearer, now, columns) for bearer in new if not bearer.team]
    )
    above = dict(
        Obligation.objects.filter(ask=ask, agency=None)
        .exclude(place=None)
        .values_list("place", "pk")
    )
    teams = Obligation.objects.bulk_create(
        [
            _row(directive, ask, bearer, now, columns | {"above_id": above.get(bearer.unit)})
            for bearer in new
            if bearer.team
        ]
    )
    return units + teams


def _row(directive, ask, bearer: Bearer, now, columns: dict) -> Obligation:
    waits_for_teams = ask.of_teams and bearer.place is not None
    told = {"due_on": ask.due_on, "given_at": now, "given_on": timezone.localdate(now)} | columns
    return Obligation(
        directive=directive,
        ask=ask,
        place_id=bearer.place,
        agency_id=bearer.agency,
        team_id=bearer.team,
        watches="" if waits_for_teams else ask.evidence,
        **told,
    )


def journal_rows(obligations) -> list[dict]:
    """What a batch touched, obligation by obligation."""
    return [
        {"obligation": row.pk, "team": row.team_id, "place": row.place_id} for row in obligations
    ]


def _tell(directive, asks, made, by, now) -> None:
    record(
        event="directive.given",
        subject=directive,
        by=by,
        place=directive.place_id,
        after={
            "asks": len(asks),
            "units": len({row.place_id for row in made if row.place_id}),
            "teams": len({row.team_id for row in made if row.team_id}),
            "due_on": min(ask.due_on for ask in asks).isoformat(),
        },
        rows=journal_rows(made),
        now=now,
    )
