"""Classes for citizens: how many came, how many of them are 60 and over, and nobody's name."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import fold, tidy
from cncd.foundation.people import authority
from cncd.team.teams.models import Coverage, TeamIndex
from cncd.work.training.actions.courses import said
from cncd.work.training.actions.errors import (
    ChangedMeanwhile,
    GoesOn,
    InTheFuture,
    NotYourHamlet,
    ReasonMissing,
    WrongCounts,
)
from cncd.work.training.actions.locking import HOLD
from cncd.work.training.models import Audience, Course, Session, Topic

BEGINS, LASTS = dt.time(8), dt.timedelta(hours=2)  # where nobody says otherwise


@dataclass(frozen=True)
class Held:
    """What is said of a class: `newcomers` only of one that goes on from an earlier meeting."""

    topic: Topic
    held_on: dt.date
    place: object
    people: int
    elderly: int = 0
    continues: Session | None = None
    newcomers: int | None = None
    venue: str = ""
    co_organisers: str = ""
    joint_teams: list = field(default_factory=list)
    note: str = ""


@transaction.atomic
def log_class(
    *, held: Held, by, team=None, made_at: dt.datetime | None = None, now=None
) -> Session:
    """Logs a class that a team, or the commune itself, held for citizens in a hamlet (II.2.5).

    One record, counted once, for the team that owns it; teams that joined see it. `made_at` is when
    it was entered on the device. Raises InTheFuture, WrongCounts, NotYourHamlet, PermissionDenied.
    """
    now = now or timezone.now()
    made_at = min(made_at or now, now)
    authority.require(by, HOLD, place=held.place, team=team, on=timezone.localdate(made_at))
    _check(held, team, timezone.localdate(made_at))
    first = _first(held, team)
    course = first.course if first else _course(held, by, now)
    session = Session(course=course, team=team, made_at=made_at, recorded_at=now, recorded_by=by,
                      state=Session.State.HELD)  # fmt: skip
    _say(session, held, first)
    session.save(force_insert=True)
    session.joint_teams.set(held.joint_teams)
    _record("class.logged", session, by=by, after=said(told(session)), now=now)
    return session


@transaction.atomic
def change_class(*, session: Session, held: Held, version: int, by, now=None) -> Session:
    """Puts a class right. Raises ChangedMeanwhile and what `log_class` raises."""
    session = _locked(session, by, version)
    before = told(session)
    _check(held, session.team, timezone.localdate(now))
    first = session.continues
    if first is None and session.course.sessions.count() == 1:
        session.course.title = held.topic.name
        session.course.search_key = fold(held.topic.name)
        session.course.save(update_fields=["title", "search_key"])
        session.course.topics.set([held.topic])
    _say(session, held, first)
    session.version += 1
    session.save()
    session.joint_teams.set(held.joint_teams)
    after = told(session)
    changed = [name for name in after if before[name] != after[name]]
    if changed:
        _record(
            "class.changed", session, by=by, now=now,
            before={name: before[name] for name in {*changed, "on"}},
            after={name: after[name] for name in {*changed, "on"}},
        )  # fmt: skip
    return session


@transaction.atomic
def withdraw_class(*, session: Session, reason: str, by, version=None, now=None) -> Session:
    """Takes out a class that was logged by mistake. Raises ReasonMissing, GoesOn."""
    session = _locked(session, by, version)
    if not tidy(reason):
        raise ReasonMissing
    if session.continued_by.filter(withdrawn_at=None).exists():
        raise GoesOn
    session.withdrawn_at, session.withdrawn_reason = now or timezone.now(), tidy(reason)[:200]
    session.version += 1
    session.save(update_fields=["withdrawn_at", "withdrawn_reason", "version"])
    after = {"on": session.held_on.isoformat()}
    _record(
        "class.withdrawn", session, by=by, after=after, reason=session.withdrawn_reason, now=now
    )
    return session


@transaction.atomic
def restore_class(*, session: Session, by, now=None) -> Session:
    """Brings a class back that was taken out; nothing happens to one that stands."""
    session = _locked(session, by, None, withdrawn=True)
    if session.withdrawn_at is None:
        return session
    session.withdrawn_at, session.withdrawn_reason = None, ""
    session.version += 1
    session.save(update_fields=["withdrawn_at", "withdrawn_reason", "version"])
    _record("class.restored", session, by=by, after={"on": session.held_on.isoformat()}, now=now)
    return session


def _check(held: Held, team, today: dt.date) -> None:
    if held.held_on > today:
        raise InTheFuture
    for name in ("elderly", "newcomers"):
        if (getattr(held, name) or 0) > held.people:
            raise WrongCounts(name)
    if team is None:
        return
    covered = Coverage.objects.on(held.held_on).filter(team=team, place=held.place)
    below = TeamIndex.objects.on(held.held_on).filter(team=team, place=held.place)
    if not covered.exists() and not below.exists():
        raise NotYourHamlet


def _first(held: Held, team) -> Session | None:
    """The first meeting of the class that this one goes on from."""
    if held.continues is None:
        return None
    first = held.continues.continues or held.continues
    found = Session.objects.select_for_update(of=("self",)).select_related("course")
    return found.get(pk=first.pk, team=team, withdrawn_at=None)


def _course(held: Held, by, now) -> Course:
    """A class is a course of its own, of the hamlet it is held in."""
    course = Course.objects.create(
        title=held.topic.name, audience=Audience.CITIZENS, place=held.place, recorded_at=now,
        recorded_by=by, search_key=fold(held.topic.name),
    )  # fmt: skip
    course.topics.set([held.topic])
    return course


def _say(session: Session, held: Held, first: Session | None) -> None:
    begins = timezone.make_aware(dt.datetime.combine(held.held_on, BEGINS))
    session.starts_at, session.ends_at, session.held_on = begins, begins + LASTS, held.held_on
    session.place, session.venue, session.note = held.place, tidy(held.venue), held.note.strip()
    session.co_organisers = tidy(held.co_organisers)
    session.people, session.elderly, session.continues = held.people, held.elderly, first
    session.newcomers = held.people if first is None else (held.newcomers or 0)


def _locked(session: Session, by, version: int | None, *, withdrawn: bool = False) -> Session:
    authority.require(by, HOLD, place=session.place, team=session.team)
    rows = Session.objects.select_for_update(of=("self",))
    found = rows.select_related("course", "team", "place", "continues").get(pk=session.pk)
    if version is not None and found.version != version:
        raise ChangedMeanwhile
    if found.withdrawn_at and not withdrawn:
        raise ChangedMeanwhile
    return found


def _record(event: str, session: Session, *, by, now, before=None, after=None, reason="") -> None:
    record(
        event=event, subject=session, by=by, place=session.place_id, team=session.team_id,
        before=before, after=after, reason=reason, now=now,
    )  # fmt: skip


def told(session: Session) -> dict:
    """What the journal says of a class."""
    return {
        "on": session.held_on.isoformat(),
        "topic": session.course.title,
        "people": session.people,
        "elderly": session.elderly,
        "newcomers": session.newcomers,
        "venue": session.venue,
        "co_organisers": session.co_organisers,
        "joint_teams": ", ".join(str(team) for team in session.joint_teams.all()),
        "note": session.note,
    }
