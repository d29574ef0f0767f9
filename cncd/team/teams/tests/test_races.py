"""Two officers at once, on two real connections: SQLite and PostgreSQL alike."""

import datetime as dt
import threading

import pytest
from django.db import connection

from cncd.foundation.documents.models import Document
from cncd.team.teams.actions import TooManyMembers, consolidate_team, form_team
from cncd.team.teams.lines import MemberLine, NewPerson
from cncd.team.teams.models import Membership, Team
from tests.cast import country, place

ON = dt.date(2026, 11, 1)


@pytest.fixture
def cast(transactional_db):
    return country()


@pytest.fixture
def decision(cast):
    return Document.objects.create(
        number="15/QĐ-UBND", issued_on=dt.date(2026, 10, 20), issuer="UBND xã", place=cast.nhon_my
    )


def together(*jobs) -> list:
    """Runs the jobs in threads that start at one moment; returns what each gave or raised."""
    gate, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(place, job):
        try:
            gate.wait(timeout=20)
            results[place] = job()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def joining(cast, decision, team, name):
    line = MemberLine(NewPerson(name))
    return lambda: consolidate_team(team=team, decision=decision, on=ON, by=cast.lan, join=[line])


def test_two_officers_cannot_fill_the_last_place_of_a_team_twice(cast, decision):
    six = [MemberLine(NewPerson(f"Người Thứ {n}")) for n in range(5)]
    consolidate_team(team=cast.team, decision=decision, on=ON, by=cast.lan, join=six)
    assert cast.team.memberships.count() == 9
    results = together(*(joining(cast, decision, cast.team, f"Sau {n}") for n in range(3)))
    refused = [result for result in results if isinstance(result, TooManyMembers)]
    formed = [result for result in results if isinstance(result, Team)]
    assert (len(formed), len(refused)) == (1, 2), results
    assert Membership.objects.filter(team=cast.team).count() == 10


def test_two_teams_formed_for_one_hamlet_at_once_get_two_codes(cast, decision):
    empty = place(cast, "ap", "31552.003", "Mỹ Lợi", cast.nhon_my, cast.ke_sach, cast.soc_trang)

    def form():
        return form_team(places=[empty], decision=decision, since_on=ON, members=[], by=cast.lan)

    results = together(form, form)
    assert all(isinstance(result, Team) for result in results), results
    assert {team.code for team in results} == {"31552.003", "31552.003-2"}
