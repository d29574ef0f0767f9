"""Writing a directive: its text and source, whom it goes to, what it asks."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import fold, tidy
from cncd.foundation.places.models import Place
from cncd.team.teams.models import Team
from cncd.work.directives.actions.errors import (
    ChangedMeanwhile,
    Incomplete,
    NotADraft,
    OutOfReach,
)
from cncd.work.directives.models import Ask, Directive
from cncd.work.directives.queries.rights import require_giver

Audience = Directive.Audience


@dataclass(frozen=True)
class To:
    """Whom a directive goes to; see Directive.Audience."""

    audience: str
    level: object = None
    branch: object = None
    units: tuple = ()
    teams: tuple = ()


@dataclass(frozen=True)
class Wanted:
    """One ask as written; see Ask for what each evidence needs."""

    text: str
    due_on: dt.date
    evidence: str
    of_teams: bool = False
    amount: int | None = None
    measure: str = Ask.Measure.RECORDS
    content: object = None
    kind: object = None
    period: object = None
    needs_file: bool = False
    since_on: dt.date | None = None

    def columns(self) -> dict:
        """What an Ask row holds: fields its evidence does not use are left empty."""
        columns = {name: getattr(self, name) for name in self.__dataclass_fields__}
        columns["text"] = tidy(self.text)
        used = USED[self.evidence]
        for name in ("amount", "content", "kind", "period", "since_on"):
            columns[name] = columns[name] if name in used else None
        columns["needs_file"] = self.needs_file and self.evidence == Ask.Evidence.ANSWER
        if self.evidence == Ask.Evidence.TEAMS:
            columns["of_teams"] = False
        return columns


USED = {
    Ask.Evidence.ANSWER: (),
    Ask.Evidence.REPORT: ("period",),
    Ask.Evidence.TEAMS: ("amount",),
    Ask.Evidence.ACTIVITIES: ("amount", "content", "kind", "since_on"),
}


@dataclass(frozen=True)
class Source:
    """A document, or somebody's word on a day."""

    document: object = None
    said_by: str = ""
    said_on: dt.date | None = None
    clause: str = field(default="")


@transaction.atomic
def draft_directive(
    *,
    place: Place,
    title: str,
    to: To,
    source: Source,
    by,
    text: str = "",
    agency=None,
    asks: tuple[Wanted, ...] = (),
    now: dt.datetime | None = None,
) -> Directive:
    """Begins a directive of the place (or of an agency there); nobody is asked yet.

    Raises PermissionDenied unless the person acts for the giver, OutOfReach for a unit or team
    that does not stand under it, Incomplete for an ask that lacks what its evidence needs.
    """
    now = now or timezone.now()
    directive = Directive(place=place, agency=agency, made_at=now, made_by=by)
    require_giver(by, directive)
    _fill(directive, title, text, source, to)
    directive.save()
    _name(directive, to, timezone.localdate(now))
    for order, wanted in enumerate(asks):
        _checked(directive, wanted)
        Ask.objects.create(directive=directive, order=order, **wanted.columns())
    after = {"title": directive.title, "asks": len(asks)}
    record(event="directive.drafted", subject=directive, by=by, place=place, after=after, now=now)
    return directive


@transaction.atomic
def change_directive(
    *, directive: Directive, edition: int, title: str, to: To, source: Source, by, text="", now=None
) -> Directive:
    """Rewrites a draft; `edition` is the one the writer saw. Raises as `draft_directive` does, and
    NotADraft, ChangedMeanwhile.
    """
    directive = held_draft(directive, by, edition)
    before = directive.title
    _fill(directive, title, text, source, to)
    directive.save()
    _name(directive, to, timezone.localdate(now))
    record(
        event="directive.changed",
        subject=directive,
        by=by,
        place=directive.place_id,
        before={"title": before},
        after={"title": directive.title, "audience": str(directive.audience)},
        now=now,
    )
    return directive


@transaction.atomic
def add_ask(*, directive: Directive, wanted: Wanted, by, now=None) -> Ask:
    """Adds one thing to be done to a draft. Raises NotADraft, Incomplete, PermissionDenied."""
    directive = held_draft(directive, by)
    _checked(directive, wanted)
    order = directive.asks.count()
    ask = Ask.objects.create(directive=directive, order=order, **wanted.columns())
    _tell_of_asks(directive, by, now, after={"ask": ask.text})
    return ask


@transaction.atomic
def change_ask(*, ask: Ask, wanted: Wanted, by, edition: int | None = None, now=None) -> Ask:
    """Rewrites one ask of a draft; `edition` is the one of the directive that the writer saw.

    Raises NotADraft, ChangedMeanwhile, Incomplete, PermissionDenied.
    """
    directive = held_draft(ask.directive, by, edition)
    _checked(directive, wanted)
    before = ask.text
    for name, value in wanted.columns().items():
        setattr(ask, name, value)
    ask.save()
    _tell_of_asks(directive, by, now, before={"ask": before}, after={"ask": ask.text})
    return ask


@transaction.atomic
def remove_ask(*, ask: Ask, by, now=None) -> None:
    """Takes one ask out of a draft. Raises NotADraft, PermissionDenied."""
    directive = held_draft(ask.directive, by)
    before = {"ask": ask.text}
    ask.delete()
    _tell_of_asks(directive, by, now, before=before)


@transaction.atomic
def discard_draft(*, directive: Directive, by, now=None) -> None:
    """Throws a draft away. Raises NotADraft, PermissionDenied."""
    directive = held_draft(directive, by)
    event = "directive.discarded"
    record(event=event, subject=directive, by=by, place=directive.place_id, now=now)
    directive.delete()


def held_draft(directive: Directive, by, edition: int | None = None) -> Directive:
    """The draft under lock, its edition counted on; raises unless the person may write it."""
    require_giver(by, directive)
    directive = Directive.objects.select_for_update(of=("self",)).get(pk=directive.pk)
    if directive.state != Directive.State.DRAFT:
        raise NotADraft
    if edition is not None and edition != directive.edition:
        raise ChangedMeanwhile
    directive.edition += 1
    directive.save(update_fields=["edition"])
    return directive


def _tell_of_asks(directive, by, now, **sides) -> None:
    place = directive.place_id
    record(event="directive.changed", subject=directive, by=by, place=place, now=now, **sides)


def _fill(directive: Directive, title, text, source: Source, to: To) -> None:
    directive.title, directive.text = tidy(title), text.strip()
    directive.document, directive.said_by = source.document, tidy(source.said_by)
    directive.said_on = None if source.document else source.said_on
    directive.clause = tidy(source.clause)
    directive.audience = to.audience
    by_level = to.audience in (Audience.LEVEL, Audience.BRANCH)
    directive.level = to.level if by_level else None
    directive.branch = to.branch if to.audience == Audience.BRANCH else None
    told = [directive.title, directive.text[:200], directive.said_by, str(source.document or "")]
    directive.search_key = fold(" ".join(told))[:600]


def _name(directive: Directive, to: To, day: dt.date) -> None:
    """Keeps the units or teams named, all of which stand under the giver that day."""
    units = to.units if to.audience == Audience.UNITS else ()
    teams = to.teams if to.audience == Audience.TEAMS else ()
    below = set(Place.objects.within([directive.place_id], day).values_list("pk", flat=True))
    within = set()
    if teams:
        rows = Team.objects.within([directive.place_id], day)
        within = set(rows.filter(pk__in=[t.pk for t in teams]).values_list("pk", flat=True))
    outside = [unit for unit in units if unit.pk not in below or unit.pk == directive.place_id]
    outside += [team for team in teams if team.pk not in within]
    if outside:
        raise OutOfReach(name=outside[0])
    directive.units.set(units)
    directive.teams.set(teams)


def _checked(directive: Directive, wanted: Wanted) -> None:
    """Raises Incomplete where the ask could never be shown to be done."""
    evidence = wanted.evidence
    if evidence == Ask.Evidence.ACTIVITIES and not wanted.amount:
        raise Incomplete("amount", _("Write how many."))
    if evidence == Ask.Evidence.REPORT and not wanted.period:
        raise Incomplete("period", _("Choose the month of the report."))
    counts = evidence == Ask.Evidence.ACTIVITIES and wanted.measure == Ask.Measure.COUNT
    if counts and not wanted.content:
        raise Incomplete("content", _("Choose the content whose count is meant."))
    if evidence == Ask.Evidence.TEAMS and directive.audience == Audience.TEAMS:
        text = _("A team does not form teams. Ask units for this, or choose another evidence.")
        raise Incomplete("evidence", text)
    to_units = directive.audience in (Audience.LEVEL, Audience.UNITS)
    if wanted.of_teams and not to_units:
        text = _("Only units have teams below them: leave this out, or ask units.")
        raise Incomplete("of_teams", text)
