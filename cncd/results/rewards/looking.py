"""Which months a page looks at, and who was chosen on it."""

import datetime as dt
from dataclasses import dataclass, replace

from django.http import Http404

from cncd.foundation.kit.figures import number
from cncd.foundation.places.models import Place
from cncd.results.rewards.models import Proposal, Sign
from cncd.results.rewards.queries.compared import Compared, compare
from cncd.results.rewards.queries.facts import facts_of_member, facts_of_team
from cncd.results.rewards.queries.members import Did, members_did, members_of
from cncd.results.rewards.wording import PARTS, behind_in_words
from cncd.team.programme.models import Period
from cncd.team.teams.models import Membership, Team

SPANS = (1, 3, 6, 12)  # months back from the one in sight
USUAL = 3


@dataclass(frozen=True)
class Span:
    """The months looked at: `months` whole ones up to that of the address."""

    months: int
    first_day: dt.date
    last_day: dt.date


def span_of(request) -> Span:
    """Of ?months=, ending with the month in sight; the running month is not looked at alone."""
    asked = request.GET.get("months", "")
    months = int(asked) if asked in map(str, SPANS) else USUAL
    ends = Period.objects.filter(scheme__in_use=True)
    period = request.scope.period
    if period is not None:
        ends = ends.filter(last_day__lte=period.last_day)
    held = list(ends.order_by("-last_day")[: months + 1])
    if held and held[0].last_day >= request.scope.today and len(held) > 1:
        held = held[1:]  # its figures are not in yet
    held = held[:months]
    if not held:
        day = request.scope.today
        return Span(months, day.replace(day=1), day)
    return Span(months, held[-1].first_day, held[0].last_day)


def unit_in_sight(request) -> Place:
    """The unit of the page; 404 without one."""
    if request.scope.place is None:
        raise Http404
    return request.scope.place


def teams_compared(user, place: Place, span: Span) -> list[Compared]:
    """Teams of the unit that the person may see, side by side."""
    teams = Team.objects.within([place.pk], span.last_day).on(span.last_day).distinct()
    teams = teams.filter(pk__in=Team.objects.visible_to(user, "rewards.view"))
    return compared_for(user, teams, place, span)


def compared_for(user, teams, place: Place, span: Span) -> list[Compared]:
    """The teams side by side; what is asked about their figures only for who settles it."""
    rows = compare(teams, place, span.first_day, span.last_day)
    if user.can("rewards.check", place=place):
        return rows
    return [replace(row, signs={}) for row in rows]


def members_compared(user, place: Place, span: Span) -> list[Did]:
    """Members of the unit's teams that the person may see, with what each did."""
    teams = Team.objects.within([place.pk], span.last_day).on(span.last_day)
    held = members_of(teams, span.last_day).visible_to(user, "rewards.view")
    return members_did(held, span.first_day, span.last_day)


def chosen_of(request, place: Place, span: Span) -> dict:
    """Key → (team, person or None, reason drafted from the evidence) of those ticked (?row=)."""
    keys = list(dict.fromkeys(request.GET.getlist("row")))
    teams = [int(key[1:]) for key in keys if key[:1] == "t" and key[1:].isdigit()]
    held = [int(key[1:]) for key in keys if key[:1] == "m" and key[1:].isdigit()]
    user, found = request.user, {}
    if teams:
        rows = Team.objects.visible_to(user, "rewards.view").filter(pk__in=teams)
        for row in compare(rows, place, span.first_day, span.last_day):
            found[row.key] = (row.team, None, reason_for_team(row))
    if held:
        rows = Membership.objects.visible_to(user, "rewards.view").filter(pk__in=held)
        for row in members_did(rows, span.first_day, span.last_day):
            found[row.key] = (row.team, row.person, reason_for_member(row))
    return found


def reason_for_team(row: Compared) -> str:
    """A first draft of the reason: what is known, the sum left out."""
    facts = [each for each in facts_of_team(row) if "÷" not in each.shown]
    return "; ".join(f"{each.label}: {each.shown}" for each in facts)[:500]


def reason_for_member(row: Did) -> str:
    """A first draft of the reason: own days of work and courses."""
    return "; ".join(f"{each.label}: {each.shown}" for each in facts_of_member(row))[:500]


def questions_about(user, proposal: Proposal) -> list[tuple[Sign, str]]:
    """What was asked about the figures of the teams named, with the answers, for who decides."""
    teams = proposal.candidates.values("team")
    span = (proposal.first_day, proposal.last_day)
    rows = Sign.objects.visible_to(user).standing()
    rows = rows.filter(team__in=teams, period__last_day__range=span)
    rows = rows.select_related("team", "period__scheme")
    return [(row, behind_in_words(row)) for row in rows.order_by("team__sort_key", "found_at")]


def parts_in_words(row: Compared) -> list[tuple[str, str]]:
    """The parts of the score, each with its points; "" where it is not known."""
    return [(str(PARTS[name]), "" if value is None else number(value)) for name, value in row.parts]
