"""Planning campaigns and monthly themes, and issuing what each time of them asks."""

import datetime as dt
import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import fold, tidy
from cncd.foundation.places.models import Level
from cncd.work.directives.actions.drafting import Source, To, Wanted, draft_directive
from cncd.work.directives.actions.ending import withdraw_directive
from cncd.work.directives.actions.errors import Refused
from cncd.work.directives.actions.issuing import issue_directive
from cncd.work.directives.models import Ask, Campaign, Directive, Run
from cncd.work.directives.queries.campaigns import course_of
from cncd.work.directives.queries.rights import require_giver
from cncd.work.directives.rules.campaigns import Span

CHANGEABLE = ("kind", "name", "text", "since_on", "until_on", "repeats", "repeats_until",
              "audience", "amount", "measure", "document")  # fmt: skip
OF_FIRST_DAY = ("since_on", "until_on", "repeats")  # fixed once the first time has begun
logger = logging.getLogger("cncd.directives")


class CampaignChanged(Refused):
    """Somebody changed or cancelled the campaign after the page was opened."""

    said = gettext_lazy("Somebody changed this campaign meanwhile. Look at it again, then save.")


class HasBegun(Refused):
    """Its days are fixed once its first time has begun."""

    field = "since_on"
    said = gettext_lazy("It has begun, so its days stay. Cancel it and plan another one instead.")


class CountsNothing(Refused):
    """A count of contents needs a content."""

    field = "contents"
    said = gettext_lazy("Choose the contents that are counted.")


class IsOver(Refused):
    """Its days lie in the past."""

    field = "until_on"
    said = gettext_lazy("These days have passed. Choose a last day that is still to come.")


@transaction.atomic
def plan_campaign(
    *, place, by, contents=(), guides=(), agency=None, now: dt.datetime | None = None, **fields
) -> Campaign:
    """Plans a campaign or a theme of the unit; what runs today asks for its work at once.

    Raises PermissionDenied, IsOver, CountsNothing, and what `issue_directive` raises.
    """
    now = now or timezone.now()
    campaign = Campaign(place=place, agency=agency, made_at=now, made_by=by)
    _fill(campaign, fields)
    require_giver(by, campaign)
    if not campaign.repeats and campaign.until_on <= timezone.localdate(now):
        raise IsOver
    _check(campaign, contents)
    campaign.save(force_insert=True)
    campaign.contents.set(contents)
    campaign.guides.set(guides)
    record(
        event="campaign.planned",
        subject=campaign,
        by=by,
        place=place,
        after=_told(campaign),
        now=now,
    )
    _issue_what_runs(campaign, by, now)
    return campaign


@transaction.atomic
def change_campaign(
    *, campaign: Campaign, version: int, by, contents=(), guides=(), now=None, **fields
) -> Campaign:
    """Changes what is asked from the next time on; what was issued stays as it is.

    Raises CampaignChanged, HasBegun, CountsNothing, PermissionDenied.
    """
    now = now or timezone.now()
    campaign = _held(campaign, by, version)
    before = _told(campaign)
    days = [getattr(campaign, name) for name in OF_FIRST_DAY]
    _fill(campaign, fields)
    if days != [getattr(campaign, name) for name in OF_FIRST_DAY] and campaign.runs.exists():
        raise HasBegun
    _check(campaign, contents)
    campaign.version += 1
    campaign.save()
    campaign.contents.set(contents)
    campaign.guides.set(guides)
    after = _told(campaign)
    changed = [name for name in after if before[name] != after[name]]
    record(
        event="campaign.changed",
        subject=campaign,
        by=by,
        place=campaign.place_id,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        now=now,
    )
    _issue_what_runs(campaign, by, now)
    return campaign


@transaction.atomic
def cancel_campaign(*, campaign: Campaign, version: int, reason: str, by, now=None) -> Campaign:
    """Calls the campaign off: nothing is issued any more, and what runs now is taken back.

    Raises CampaignChanged, PermissionDenied.
    """
    now = now or timezone.now()
    campaign = _held(campaign, by, version)
    campaign.cancelled_at, campaign.cancelled_by = now, by
    campaign.cancel_reason = tidy(reason)
    campaign.version += 1
    campaign.save()
    record(
        event="campaign.cancelled",
        subject=campaign,
        by=by,
        place=campaign.place_id,
        reason=campaign.cancel_reason,
        now=now,
    )
    running = campaign.runs.filter(until_on__gt=timezone.localdate(now))
    for run in running.filter(directive__state=Directive.State.ISSUED).select_related("directive"):
        reason = campaign.cancel_reason
        withdraw_directive(directive=run.directive, reason=reason, by=by, now=now)
    return campaign


def issue_due_campaigns(*, now: dt.datetime | None = None) -> int:
    """Issues every time of a campaign that has begun and not been issued; returns how many.

    A job by the clock calls it; two at once issue each time once. What reaches nobody, or lies
    wholly in the past, is left out.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    done = 0
    for campaign in Campaign.objects.standing().filter(since_on__lte=today):
        span = _running(campaign, today)
        if span is None or campaign.runs.filter(since_on=span.since).exists():
            continue
        try:
            done += _issue_alone(campaign, now)
        except ValidationError:
            logger.exception("Campaign %s asks nobody", campaign.pk)
    return done


@transaction.atomic
def _issue_alone(campaign: Campaign, now) -> int:
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    return 0 if campaign.cancelled_at else _issue_what_runs(campaign, None, now)


def _issue_what_runs(campaign: Campaign, by, now) -> int:
    """Issues the time that runs today, unless it was; the campaign's row is locked."""
    span = _running(campaign, timezone.localdate(now))
    if span is None or campaign.runs.filter(since_on=span.since).exists():
        return 0
    directive = draft_directive(
        place=campaign.place,
        agency=campaign.agency,
        title=_title(campaign, span),
        text=campaign.text,
        to=_to(campaign),
        source=_source(campaign, span),
        asks=tuple(_asks(campaign, span)),
        by=by,
        now=now,
    )
    directive = issue_directive(directive=directive, by=by, now=now)
    Run.objects.create(campaign=campaign, directive=directive, made_at=now,
                       since_on=span.since, until_on=span.until)  # fmt: skip
    return 1


def _running(campaign: Campaign, today: dt.date) -> Span | None:
    found = course_of(campaign).latest(today)
    return found[1] if found and found[1].holds_on(today) else None


def _title(campaign: Campaign, span: Span) -> str:
    if not campaign.repeats:
        return campaign.name
    days = {
        "name": campaign.name,
        "since": f"{span.since:%d/%m}",
        "last": f"{span.last_day:%d/%m/%Y}",
    }
    return _("%(name)s (%(since)s–%(last)s)") % days


def _to(campaign: Campaign) -> To:
    if campaign.audience == Campaign.Audience.TEAMS:
        return To(Directive.Audience.TEAMS)
    level = Level.objects.get(code=campaign.audience)
    return To(Directive.Audience.LEVEL, level=level)


def _source(campaign: Campaign, span: Span) -> Source:
    if campaign.document_id:
        return Source(document=campaign.document)
    return Source(said_by=campaign.get_kind_display(), said_on=span.since)


def _asks(campaign: Campaign, span: Span) -> list[Wanted]:
    """One for each content; without contents, of any; without an amount, a text that is checked."""
    contents = list(campaign.contents.order_by("order"))
    if not campaign.amount:
        return [Wanted(campaign.name, span.last_day, Ask.Evidence.ANSWER)]
    common = {"amount": campaign.amount, "measure": campaign.measure, "since_on": span.since}
    evidence = Ask.Evidence.ACTIVITIES
    if not contents:
        return [Wanted(campaign.name, span.last_day, evidence, **common)]
    return [
        Wanted(
            f"{campaign.name}: {content.name}", span.last_day, evidence, content=content, **common
        )
        for content in contents
    ]


def _held(campaign: Campaign, by, version: int) -> Campaign:
    require_giver(by, campaign)
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if campaign.version != version or campaign.cancelled_at:
        raise CampaignChanged
    return campaign


def _fill(campaign: Campaign, fields: dict) -> None:
    assert fields.keys() <= set(CHANGEABLE), fields.keys() - set(CHANGEABLE)
    for name, value in fields.items():
        setattr(campaign, name, value)
    campaign.name, campaign.text = tidy(campaign.name), campaign.text.strip()
    if not campaign.repeats:
        campaign.repeats_until = None
    campaign.search_key = fold(campaign.name)[:300]


def _check(campaign: Campaign, contents) -> None:
    if campaign.amount and campaign.measure == Ask.Measure.COUNT and not list(contents):
        raise CountsNothing


def _told(campaign: Campaign) -> dict:
    """The campaign's days and aim as the journal tells them."""
    return {
        "name": campaign.name,
        "since_on": campaign.since_on.isoformat(),
        "until_on": campaign.until_on.isoformat(),
        "repeats": str(campaign.get_repeats_display()),
        "amount": campaign.amount or "",
    }
