"""What those who are asked do: acknowledge, answer, take an answer back."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from cncd.foundation.files.actions import store_file
from cncd.foundation.files.models import StoredFile
from cncd.foundation.journal.actions import record
from cncd.team.teams.queries import unit_of
from cncd.work.directives.actions.deriving import derive
from cncd.work.directives.actions.errors import (
    AlreadyChecked,
    AnswerWaits,
    FileMissing,
    NotAnswered,
    NothingSaid,
    NotOpen,
    ReasonMissing,
)
from cncd.work.directives.actions.issuing import journal_rows
from cncd.work.directives.models import OPEN, Answer, AnswerFile, Ask, Obligation
from cncd.work.directives.queries.rights import is_on_behalf, require_bearer

FILES = ("pdf", "image", "excel", "word")


@transaction.atomic
def acknowledge(*, obligations, by, made_at=None, now=None) -> list[Obligation]:
    """Says "đã nhận việc" for one or several obligations; those acknowledged before stay as they
    are, and so does whoever was first. Returns the newly acknowledged.

    `made_at` is the moment by the phone. Raises PermissionDenied for one the person does not bear.
    """
    now = now or timezone.now()
    rows = held([row.pk for row in obligations])
    for row in rows:
        require_bearer(by, row)
    fresh = [row for row in rows if row.acknowledged_at is None and is_asked(row)]
    for row in fresh:
        row.acknowledged_at, row.acknowledged_by = min(made_at or now, now), by
        row.save(update_fields=["acknowledged_at", "acknowledged_by"])
    if fresh:
        derive(obligations=[row.pk for row in fresh], now=now)
        record(event="obligation.acknowledged", **about(fresh, now), by=by, now=now)
    return fresh


@transaction.atomic
def send_answer(
    *, obligation: Obligation, text: str, by, files=(), made_at=None, now=None
) -> Answer:
    """Answers what is shown by an answer, with a text or files; it waits to be checked.

    `files` are uploads or stored files, `made_at` the moment by the phone: the day on which it is
    done once accepted. Answering acknowledges too. Raises NotOpen, NotAnswered, AnswerWaits,
    NothingSaid, FileMissing, FileRefused, PermissionDenied.
    """
    now = now or timezone.now()
    [row] = held([obligation.pk])
    require_bearer(by, row)
    files = list(files)
    _check_answer(row, text, files)
    made_at = min(made_at or now, now)
    answer = Answer.objects.create(
        obligation=row,
        text=text.strip(),
        made_at=made_at,
        made_on=timezone.localdate(made_at),
        sent_at=now,
        sent_by=by,
    )
    for file in files:
        kept = file if isinstance(file, StoredFile) else _stored(file, by, now)
        AnswerFile.objects.create(answer=answer, file=kept)
    if row.acknowledged_at is None:
        row.acknowledged_at, row.acknowledged_by = made_at, by
        row.save(update_fields=["acknowledged_at", "acknowledged_by"])
    derive(obligations=[row.pk], now=now)
    after = {"answer": answer.text, "files": len(files)}
    after |= {"on_behalf": True} if by and is_on_behalf(by, row) else {}
    record(event="obligation.answered", **about([row], now), by=by, after=after, now=now)
    return answer


@transaction.atomic
def withdraw_answer(*, answer: Answer, by, reason: str = "", now=None) -> Answer:
    """Takes an answer back, its files with it: what it showed is no longer done.

    One that was accepted needs a reason. Raises AlreadyChecked, ReasonMissing, NotOpen,
    PermissionDenied.
    """
    now = now or timezone.now()
    [row] = held([answer.obligation_id])
    require_bearer(by, row)
    answer = Answer.objects.select_for_update(of=("self",)).get(pk=answer.pk)
    if answer.state not in (Answer.State.SENT, Answer.State.ACCEPTED):
        raise AlreadyChecked
    if not is_asked(row):
        raise NotOpen
    if answer.state == Answer.State.ACCEPTED and not reason.strip():
        raise ReasonMissing
    answer.state = Answer.State.WITHDRAWN
    answer.save(update_fields=["state"])
    derive(obligations=[row.pk], now=now)
    event = "obligation.answer_withdrawn"
    record(event=event, **about([row], now), by=by, reason=reason.strip(), now=now)
    return answer


def held(ids: list[int]) -> list[Obligation]:
    """The obligations under lock, by id."""
    rows = Obligation.objects.filter(pk__in=ids).select_for_update(of=("self",)).order_by("pk")
    return list(rows.select_related("ask", "directive", "team", "place", "agency", "above"))


def is_asked(row: Obligation) -> bool:
    """Whether the directive is in force, and the bearer neither exempt nor relieved."""
    owes = row.exempted_at is None and row.passed_on is None
    return row.directive.is_in_force and owes


def about(rows: list[Obligation], now: dt.datetime | None) -> dict:
    """The subject, place, team and rows of an entry about one obligation or several."""
    first = rows[0]
    place = first.place_id
    if first.team_id:
        communes = unit_of([first.team_id], "commune", timezone.localdate(now))
        place = communes.get(first.team_id) or first.directive.place_id
    told = {"subject": first, "place": place, "team": first.team_id}
    return told | ({"rows": journal_rows(rows)} if len(rows) > 1 else {})


def _check_answer(row: Obligation, text: str, files: list) -> None:
    if row.watches != Ask.Evidence.ANSWER:
        raise NotAnswered
    if row.answers.filter(state__in=[Answer.State.SENT, Answer.State.ACCEPTED]).exists():
        raise AnswerWaits
    if not is_asked(row) or row.status not in OPEN:
        raise NotOpen
    if row.ask.needs_file and not files:
        raise FileMissing
    if not text.strip() and not files:
        raise NothingSaid


def _stored(upload, by, now) -> StoredFile:
    return store_file(upload=upload, by=by, allow=FILES, now=now)
