"""Hamlets without official codes, and the teams that serve them."""

import datetime as dt
from random import Random

from cncd.config.demo import clock, months
from cncd.config.demo.logins import TEAM
from cncd.config.demo.names import Phones, person_name
from cncd.config.demo.officers import PASSWORD
from cncd.foundation.people.actions import PersonLine, add_people
from cncd.team.teams.actions import form_teams
from cncd.team.teams.lines import DecisionLine, MemberLine, TeamPlan
from cncd.team.teams.models import Component, Membership

WITHOUT_A_TEAM = 0.03
SECOND_WAVE = 0.12
ODD_COMPOSITION = 0.08


class Rosters:
    """Draws the members of teams; the leader of the example hamlet can sign in."""

    def __init__(self, by, random: Random, phones: Phones):
        self.by, self.random, self.phones = by, random, phones
        self.components = list(Component.objects.all())
        self.accounts = 0

    def plans(self, hamlets, logins: dict[int, list[str]], pilots: set[int]) -> list[TeamPlan]:
        """One team for each hamlet, with its members."""
        sizes = [self.random.choice([4, 5, 5, 6, 6, 7, 8, 9]) for _hamlet in hamlets]
        lines = [
            self._person(hamlet, place, logins.get(hamlet.pk, ()))
            for hamlet, size in zip(hamlets, sizes, strict=True)
            for place in range(size)
        ]
        shown = any(hamlet.pk in logins for hamlet in hamlets)  # the team whose logins are printed
        password = PASSWORD if shown else None
        people = iter(add_people(lines=lines, by=self.by, password=password, is_demo=True))
        return [
            TeamPlan(
                places=[hamlet],
                members=[self._member(next(people), place) for place in range(size)],
                is_pilot=hamlet.pk in pilots,
            )
            for hamlet, size in zip(hamlets, sizes, strict=True)
        ]

    def _person(self, hamlet, place: int, logins) -> PersonLine:
        gender = self.random.choice("fmm" if place < 2 else "fm")
        login = logins[place] if place < len(logins) else ""
        if not login and place < 2:  # leader and deputy have an account, and sign in by a slip
            self.accounts += 1
            login = f"to-{self.accounts:05d}"
        return PersonLine(
            full_name=person_name(self.random, gender),
            gender=gender,
            contact_phone=self.phones.next(),
            home=hamlet,
            login=login,
        )

    def _member(self, person, place: int) -> MemberLine:
        odd = self.random.random() < ODD_COMPOSITION
        post = {0: "head", 1: "union"}.get(place, "")
        return MemberLine(
            person=person,
            position={0: "leader", 1: "deputy"}.get(place, "member"),
            hamlet_post="" if odd and place == 1 else post,
            component=None if odd and place == 2 else self.random.choice(self.components),
            tie=self.random.choice(["lives", "lives", "lives", "works", "both"]),
            union_member=place == 1 or self.random.random() < 0.35,
        )


def form_all(
    *, commune, hamlets, officer, leader, rosters: Rosters, logins, pilots, start: dt.date
) -> list:
    """Forms the commune's teams by one or two decisions of its UBND; a few hamlets stay without.

    `leader` signs, on a working day.
    """
    random = rosters.random
    kept = [h for h in hamlets if h.pk in logins or random.random() > WITHOUT_A_TEAM]
    late = [h for h in kept if h.pk not in logins and random.random() < SECOND_WAVE]
    first = [h for h in kept if h not in late]
    teams = []
    for number, (wave, since) in enumerate(
        [
            (first, start - dt.timedelta(days=random.randint(40, 120))),
            (late, start + dt.timedelta(days=random.randint(40, 200))),
        ]
    ):
        since = clock.working_day(since)
        if not wave:
            continue
        decision = DecisionLine(
            number=f"{random.randint(20, 180) + number * 200}/QĐ-UBND",
            issued_on=since,
            issuer=f"Ủy ban nhân dân {commune.kind_name.lower()} {commune.name}",
            signer=leader.person.full_name,
            signer_title="Chủ tịch",
            subject="Về việc thành lập Tổ công nghệ số cộng đồng",
        )
        plans = rosters.plans(wave, logins, pilots)
        teams += form_teams(plans=plans, decision=decision, since_on=since, by=officer)
    return teams


class Teams:
    """Forms the teams of a `build.Demo`, commune by commune."""

    def __init__(self, demo):
        self.demo = demo

    def build(self) -> None:
        demo, communes = self.demo, self.demo.communes
        rosters = Rosters(demo.admin, demo.random, demo.phones)
        demo.by_commune = {}
        for number, commune in enumerate(communes):
            demo.by_commune[commune.pk] = form_all(
                commune=commune,
                hamlets=demo.hamlets[commune.pk],
                officer=demo.accounts["commune_officer", commune.pk],
                leader=demo.accounts["commune_leader", commune.pk],
                rosters=rosters,
                logins={demo.hamlets[demo.example.pk][0].pk: TEAM},
                pilots=demo.pilots,
                start=demo.start,
            )
            demo.tell("Tổ và thành viên", 0.08 + 0.22 * number / len(communes))
        rows = Membership.objects.filter(
            position__in=["leader", "deputy"], person__user__isnull=False
        )
        pairs = [(m.team_id, m.person.user) for m in rows.select_related("person__user")]
        demo.authors = months.by_owner(pairs)
