"""One-time ways in: made, used once, expired, taken back."""

import datetime as dt

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cncd.foundation.journal.models import Entry
from cncd.foundation.people import actions
from cncd.foundation.people.models import SignInLink, User
from tests.cast import PASSWORD

NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def test_only_a_digest_of_the_token_is_kept(cast):
    link, token = actions.make_sign_in_link(user=cast.tu, purpose="invite", by=cast.lan)
    assert len(token) >= 24
    assert token not in str(SignInLink.objects.filter(pk=link.pk).values().get())
    assert token not in str(Entry.objects.values_list("before", "after", "rows"))
    assert actions.link_of(token) == link


@pytest.mark.parametrize(
    ("purpose", "life"),
    [
        ("invite", dt.timedelta(days=7)),
        ("slip", dt.timedelta(days=30)),
        ("reset", dt.timedelta(hours=1)),
    ],
)
def test_each_purpose_lasts_its_time(cast, frozen, purpose, life):
    _link, token = actions.make_sign_in_link(user=cast.tu, purpose=purpose, by=cast.lan)
    frozen.move_to(NOW + life - dt.timedelta(seconds=1))
    actions.link_of(token)
    frozen.move_to(NOW + life)
    with pytest.raises(actions.LinkRefused) as refused:
        actions.sign_in_by_token(token=token)
    assert refused.value.state == "expired"


def test_it_works_once(cast):
    _link, token = actions.make_sign_in_link(user=cast.tu, purpose="slip", by=cast.lan)
    assert actions.sign_in_by_token(token=token) == cast.tu
    with pytest.raises(actions.LinkRefused) as refused:
        actions.sign_in_by_token(token=token)
    assert refused.value.state == "used"
    assert refused.value.link.made_by == cast.lan


def test_of_two_who_saw_it_open_one_gets_in(cast, monkeypatch):
    _link, token = actions.make_sign_in_link(user=cast.tu, purpose="slip", by=cast.lan)
    seen = actions.link_of(token)
    actions.sign_in_by_token(token=token)
    monkeypatch.setattr("cncd.foundation.people.actions.links.link_of", lambda token, now: seen)
    with pytest.raises(actions.LinkRefused) as refused:
        actions.sign_in_by_token(token=token)
    assert refused.value.state == "used"


def test_a_newer_one_of_the_same_kind_replaces_it(cast):
    _link, first = actions.make_sign_in_link(user=cast.tu, purpose="slip", by=cast.lan)
    _link, invite = actions.make_sign_in_link(user=cast.tu, purpose="invite", by=cast.lan)
    _link, second = actions.make_sign_in_link(user=cast.tu, purpose="slip", by=cast.lan)
    with pytest.raises(actions.LinkRefused) as refused:
        actions.link_of(first)
    assert refused.value.state == "revoked"
    actions.link_of(invite)
    actions.link_of(second)


def test_it_can_be_taken_back(cast):
    link, token = actions.make_sign_in_link(user=cast.tu, purpose="slip", by=cast.lan)
    actions.revoke_sign_in_link(link=link, by=cast.lan)
    with pytest.raises(actions.LinkRefused):
        actions.link_of(token)
    Entry.objects.all().delete()
    actions.revoke_sign_in_link(link=link, by=cast.lan)
    assert not Entry.objects.exists(), "nothing changed the second time"


def test_an_unknown_token_and_a_closed_account_open_nothing(cast):
    with pytest.raises(actions.LinkRefused) as refused:
        actions.link_of("khong-co")
    assert refused.value.state == "unknown"
    _link, token = actions.make_sign_in_link(user=cast.tu, purpose="slip", by=cast.lan)
    User.objects.filter(pk=cast.tu.pk).update(is_active=False)
    with pytest.raises(actions.LinkRefused) as refused:
        actions.sign_in_by_token(token=token)
    assert refused.value.state == "closed"


def test_a_reset_ends_the_old_password_when_it_is_used_not_before(cast):
    _link, token = actions.make_sign_in_link(user=cast.tu, purpose="reset", by=cast.lan)
    assert User.objects.get(pk=cast.tu.pk).has_usable_password()
    actions.sign_in_by_token(token=token)
    assert not User.objects.get(pk=cast.tu.pk).has_usable_password()


def test_links_are_made_for_people_in_reach_and_never_for_oneself(cast):
    for officer, user in [
        (cast.lan, cast.sa),
        (cast.lan, cast.lan),
        (cast.lan, cast.minh),
        (cast.tu, cast.cuong),
        (cast.ha, cast.quan_tri),
    ]:
        with pytest.raises(PermissionDenied):
            actions.make_sign_in_link(user=user, purpose="reset", by=officer)
    assert not SignInLink.objects.exists()


def test_slips_for_many_are_one_entry_and_skip_closed_accounts(cast):
    User.objects.filter(pk=cast.cuong.pk).update(is_active=False)
    cast.cuong.refresh_from_db()
    Entry.objects.all().delete()
    made = actions.make_sign_in_slips(users=[cast.tu, cast.nhan, cast.cuong], by=cast.lan)
    assert [link.user for link, _token in made] == [cast.tu, cast.nhan]
    assert len({token for _link, token in made}) == 2
    assert Entry.objects.get().after == {"count": 2}


def test_an_officer_takes_away_the_second_factors_of_somebody_who_lost_them(cast):
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(
        user=cast.tu, type="totp", data={"secret": "x"}, created_at=timezone.now()
    )
    actions.remove_second_factors(user=cast.tu, by=cast.lan, reason="mất điện thoại")
    assert not Authenticator.objects.exists()
    entry = Entry.objects.get(event="account.factors_removed")
    assert (entry.reason, entry.after) == ("mất điện thoại", {"count": 1})


def test_what_nobody_can_use_any_more_is_deleted(cast, frozen, client):
    client.post("/account/login/", {"login": "tu", "password": PASSWORD})
    link, _token = actions.make_sign_in_link(user=cast.tu, purpose="slip", by=cast.lan)
    frozen.move_to(NOW + dt.timedelta(days=179))
    assert actions.forget_old_visits() == 0
    frozen.move_to(NOW + dt.timedelta(days=31 + 365))
    assert actions.forget_old_visits() == 2
    assert not UserSession.objects.exists()
    assert not SignInLink.objects.filter(pk=link.pk).exists()
