"""From readiness to waves: who begins when, how many sessions, what it costs in whole đồng."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    """A commune: hamlets that still need a team, conditions met, where its name sorts."""

    place: int
    hamlets: int
    met: int
    sort_key: str


def waves(units: Iterable[Unit], per_wave: int) -> dict[int, int]:
    """Commune id → wave, from 1. Most conditions met first, then by name.

    A wave takes communes until the next would bring it above `per_wave` hamlets; a commune larger
    than that has a wave to itself. Communes without a hamlet to serve are in no wave.
    """
    found: dict[int, int] = {}
    number, filled = 1, 0
    for unit in sorted(units, key=lambda row: (-row.met, row.sort_key, row.place)):
        if not unit.hamlets:
            continue
        if filled and filled + unit.hamlets > per_wave:
            number, filled = number + 1, 0
        found[unit.place] = number
        filled += unit.hamlets
    return found


@dataclass(frozen=True)
class Terms:
    """What a team needs: members, sessions for each member, seats in a session; costs in đồng."""

    members: int
    sessions_each: int
    seats: int
    team_cost: int
    session_cost: int
    trainers_each: int = 1  # in a session
    trainer_load: int = 1  # sessions one trainer can hold in the days of a wave


@dataclass(frozen=True)
class Need:
    hamlets: int
    members: int
    sessions: int
    cost: int
    trainers: int = 0


def need(hamlets: int, terms: Terms) -> Need:
    """Members = teams × members; sessions = members × sessions each ÷ seats, rounded up;
    cost = teams × cost of a team + sessions × cost of a session; trainers = sessions × trainers in
    one ÷ sessions a trainer can hold, rounded up, and enough for one session.
    """
    members = hamlets * terms.members
    sessions = -(-members * terms.sessions_each // terms.seats)
    cost = hamlets * terms.team_cost + sessions * terms.session_cost
    trainers = -(-sessions * terms.trainers_each // terms.trainer_load)
    return Need(
        hamlets, members, sessions, cost, max(trainers, terms.trainers_each) if sessions else 0
    )


def per_team(spent: int, teams: int) -> int:
    """What the pilot spent for each team, in whole thousands of đồng, rounded up."""
    return -(-spent // (teams * 1000)) * 1000 if teams and spent else 0
