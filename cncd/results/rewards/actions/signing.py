"""Looking for signs of padded counts, the team's answer, what an officer makes of it."""

import datetime as dt
from collections import defaultdict

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.people import authority
from cncd.foundation.places.models import Place
from cncd.foundation.places.queries import setting
from cncd.results.reports.models import Report
from cncd.results.rewards.actions.errors import NeedsReason, NotNow
from cncd.results.rewards.models import Looked, Sign
from cncd.results.rewards.queries.months import (
    limits_at,
    months_of_commune,
    not_yet_looked_at,
)
from cncd.results.rewards.rules.signs import signs_of
from cncd.team.programme.models import Period
from cncd.team.teams.queries import unit_of

CHECK, ANSWER = "rewards.check", "rewards.view"


def look_for_signs(*, now: dt.datetime | None = None) -> list[Sign]:
    """Looks once at every version of a team's report that came in; for the clock."""
    now = now or timezone.now()
    by_unit = defaultdict(list)
    for period, reports in _by_period(not_yet_looked_at(now)).items():
        communes = unit_of([row.team_id for row in reports], "commune", period.last_day)
        for row in reports:
            if row.team_id in communes:
                by_unit[communes[row.team_id], period].append(row)
    found = []
    places = Place.objects.in_bulk({place for place, _period in by_unit})
    for (place, period), reports in by_unit.items():
        found += look_at_month(place=places[place], period=period, reports=reports, now=now)
    return found


@transaction.atomic
def look_at_month(*, place: Place, period: Period, reports: list[Report], now=None) -> list[Sign]:
    """Keeps the signs of these teams' months: new ones are asked about, old ones go when the
    figures were put right. No figure and no score changes (IV.3: evaluation).
    """
    now = now or timezone.now()
    months, limits = months_of_commune(place, period), limits_at(place, period.last_day)
    fresh, gone = [], []
    for report in reports:
        month = months.get(report.team_id)
        held = {row.kind: row for row in Sign.objects.select_for_update(of=("self",)).filter(
            team=report.team_id, period=period)}  # fmt: skip
        seen = signs_of(month, limits) if month else []
        fresh += [_keep(report.team_id, period, each, held.get(each.kind), now) for each in seen]
        gone += _let_go(held, {each.kind for each in seen}, now)
        Looked.objects.get_or_create(version_id=report.sent_id, defaults={"at": now})
    fresh = [each for each in fresh if each is not None]
    if fresh or gone:
        record(event="signs.found", subject=(fresh or gone)[0], place=place, now=now,
               after={"count": len(fresh), "gone": len(gone), "period": str(period)},
               rows=[{"sign": str(each.pk), "team": each.team_id} for each in fresh])  # fmt: skip
    return fresh


@transaction.atomic
def answer_sign(*, sign: Sign, answer: str, by, now=None) -> Sign:
    """The team says how it came to the numbers; it may say more until an officer has settled it.

    Raises NeedsReason, NotNow, PermissionDenied for all but the team's leader and deputy.
    """
    if by is not None and sign.team_id not in authority.team_ids(by, ANSWER):
        raise PermissionDenied(ANSWER)
    found = _held(sign)
    if found.verdict:
        raise NotNow(_("This question is settled already."))
    if not tidy(answer):
        raise NeedsReason("answer")
    found.answer, found.answered_at, found.answered_by = answer.strip(), now or timezone.now(), by
    found.save(update_fields=["answer", "answered_at", "answered_by"])
    record(event="sign.answered", subject=found, by=by, team=found.team_id, now=now)
    return found


@transaction.atomic
def settle_sign(*, sign: Sign, verdict: str, reason: str, by, now=None) -> Sign:
    """An officer says what it was, with the reason: explained, or to be inspected.

    It may be inspected only after the team has answered or had its days to. Raises NeedsReason,
    NotNow, PermissionDenied.
    """
    require_check(by, sign)
    now = now or timezone.now()
    found = _held(sign)
    if found.verdict:
        raise NotNow(_("This question is settled already."))
    if not tidy(reason):
        raise NeedsReason
    if verdict == Sign.Verdict.INSPECT and not may_inspect(found, now):
        raise NotNow(_("First the team answers, or its days to answer pass."))
    found.verdict, found.verdict_reason = verdict, tidy(reason)
    found.settled_at, found.settled_by = now, by
    found.save(update_fields=["verdict", "verdict_reason", "settled_at", "settled_by"])
    record(event="sign.settled", subject=found, by=by, team=found.team_id, now=now,
           after={"verdict": verdict}, reason=found.verdict_reason)  # fmt: skip
    return found


@transaction.atomic
def reopen_sign(*, sign: Sign, by, now=None) -> Sign:
    """Takes back what an officer made of it; nothing happens to an open one."""
    require_check(by, sign)
    found = _held(sign)
    if not found.verdict:
        return found
    found.verdict, found.verdict_reason = "", ""
    found.settled_at, found.settled_by = None, None
    found.save(update_fields=["verdict", "verdict_reason", "settled_at", "settled_by"])
    record(event="sign.reopened", subject=found, by=by, team=found.team_id, now=now)
    return found


def may_inspect(sign: Sign, now: dt.datetime) -> bool:
    """Whether the team has answered, or had its days to."""
    return sign.answered_at is not None or now >= answer_by(sign)


def answer_by(sign: Sign) -> dt.datetime:
    """Until when the team is waited for."""
    return sign.found_at + dt.timedelta(days=setting("rewards.answer_days"))


def may_check(user, sign: Sign) -> bool:
    """Whether the person settles signs of that team, as an officer above it."""
    if user is None or authority.sees_everything(user, CHECK):
        return True
    roots = authority.roots(user, CHECK)
    return type(sign.team).objects.standing_under(roots, timezone.localdate()).filter(
        pk=sign.team_id).exists()  # fmt: skip


def require_check(by, sign: Sign) -> None:
    """Raises PermissionDenied unless the person is an officer above the team."""
    if not may_check(by, sign):
        raise PermissionDenied(CHECK)


def _by_period(rows) -> dict[Period, list[Report]]:
    found = defaultdict(list)
    for row in rows.select_related("period__scheme", "sent").order_by("period", "pk"):
        found[row.period].append(row)
    return found


def _keep(team: int, period: Period, seen, held: Sign | None, now) -> Sign | None:
    """The sign if it is to be asked about anew: found first, or back after it had gone."""
    if held is None:
        return Sign.objects.create(team_id=team, period=period, kind=seen.kind,
                                   behind=dict(seen.behind), other_id=seen.other,
                                   found_at=now)  # fmt: skip
    is_back = held.gone_at is not None and not held.verdict
    held.behind, held.other_id, held.gone_at = dict(seen.behind), seen.other, None
    held.save(update_fields=["behind", "other", "gone_at"])
    return held if is_back else None


def _let_go(held: dict[str, Sign], seen: set[str], now) -> list[Sign]:
    gone = [row for kind, row in held.items() if kind not in seen and row.gone_at is None]
    for row in gone:
        row.gone_at = now
        row.save(update_fields=["gone_at"])
    return gone


def _held(sign: Sign) -> Sign:
    return Sign.objects.select_for_update(of=("self",)).select_related("team").get(pk=sign.pk)
