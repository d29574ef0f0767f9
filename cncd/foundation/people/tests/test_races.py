"""Two officers at once, on two real connections: SQLite and PostgreSQL alike."""

import threading

import pytest
from django.db import connection

from cncd.foundation.people import actions
from cncd.foundation.people.models import Posting, SignInLink, User
from tests.cast import TODAY, country


@pytest.fixture
def cast(transactional_db):
    return country()


def together(*jobs) -> list:
    """Runs the jobs in threads that start at one moment; returns what each gave or raised."""
    gate, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(number, job):
        try:
            gate.wait(timeout=20)
            results[number] = job()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def kinds(results) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_the_same_post_is_not_given_twice_by_two_officers(cast):
    hoa = actions.add_person(full_name="Sơn Thị Hoa", home=cast.nhon_my, by=cast.lan)

    def post(officer):
        return lambda: actions.post_person(
            person=hoa, role="commune_officer", place=cast.nhon_my, since_on=TODAY, by=officer
        )

    results = together(post(cast.minh), post(cast.ha), post(cast.quan_tri))
    assert kinds(results) == ["AlreadyPosted", "AlreadyPosted", "Posting"], results
    assert Posting.objects.filter(person=hoa).count() == 1


def test_a_post_is_not_handed_to_two_successors(cast):
    posting = Posting.objects.get(person=cast.lan.person)
    successors = [
        actions.add_person(full_name=name, home=cast.nhon_my, by=cast.lan)
        for name in ("Người Một", "Người Hai")
    ]

    def hand_over(successor):
        return lambda: actions.hand_over(
            posting=Posting.objects.get(pk=posting.pk), successor=successor, on=TODAY, by=cast.minh
        )

    results = together(*map(hand_over, successors))
    assert kinds(results) == ["HandedOver", "Posting"], results
    assert Posting.objects.filter(person__in=successors).count() == 1


def test_two_who_exchange_posts_do_not_wait_for_each_other_for_ever(cast):
    lan, hung = (Posting.objects.get(person=user.person) for user in (cast.lan, cast.hung))
    results = together(
        lambda: actions.hand_over(posting=lan, successor=cast.hung.person, on=TODAY, by=cast.minh),
        lambda: actions.hand_over(posting=hung, successor=cast.lan.person, on=TODAY, by=cast.ha),
    )
    assert kinds(results) == ["Posting", "Posting"], results


def test_a_person_gets_one_account_and_a_name_one_owner(cast):
    people = [
        actions.add_person(full_name=f"Người {n}", home=cast.nhon_my, by=cast.lan) for n in "12"
    ]

    def open_account(person, login):
        return lambda: actions.open_account(person=person, login=login, by=cast.lan)

    results = together(open_account(people[0], "mot"), open_account(people[0], "hai"))
    assert kinds(results) == ["AccountThere", "User"], results
    results = together(open_account(people[1], "ba"), open_account(cast.bay, "ba"))
    assert kinds(results) == ["LoginTaken", "User"], results
    assert User.objects.filter(login="ba").count() == 1


def test_a_slip_used_twice_at_once_lets_in_once(cast):
    _link, token = actions.make_sign_in_link(user=cast.tu, purpose="slip", by=cast.lan)
    results = together(*[lambda: actions.sign_in_by_token(token=token)] * 3)
    assert kinds(results) == ["LinkRefused", "LinkRefused", "User"], results
    assert SignInLink.objects.get().used_at
