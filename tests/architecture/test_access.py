"""Every address is guarded, and every role may open every page it meets without a fault."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.urls import URLPattern, URLResolver, get_resolver

from cncd.foundation.people.permissions import PERMISSIONS
from tests.cast import OFFICERS

# Views of others, which cannot carry our decorators, and why each may be open as it is.
THIRD_PARTY = {
    "account_login": "the door itself",
    "account_logout": "signs out whoever is in; asks first",
    "account_inactive": "says that an account is closed; names nobody",
    "account_reauthenticate": "for the signed-in only (allauth)",
    "account_change_password": "for the signed-in only (allauth)",
    "account_set_password": "for the signed-in only (allauth)",
    "mfa_index": "for the signed-in only (allauth)",
    "mfa_authenticate": "second step of the door; needs the first one done",
    "mfa_reauthenticate": "for the signed-in only (allauth)",
    "mfa_activate_totp": "for the signed-in only, after the password again (allauth)",
    "mfa_deactivate_totp": "for the signed-in only, after the password again (allauth)",
    "mfa_view_recovery_codes": "for the signed-in only, after the password again (allauth)",
    "mfa_generate_recovery_codes": "for the signed-in only, after the password again (allauth)",
    "mfa_download_recovery_codes": "for the signed-in only, after the password again (allauth)",
    "mfa_list_webauthn": "for the signed-in only (allauth)",
    "mfa_add_webauthn": "for the signed-in only, after the password again (allauth)",
    "mfa_remove_webauthn": "one's own keys only, after the password again (allauth)",
    "mfa_edit_webauthn": "one's own keys only, after the password again (allauth)",
    "mfa_reauthenticate_webauthn": "for the signed-in only (allauth)",
    "mfa_login_webauthn": "the door by passkey",
    "set_language": "sets a cookie, shows nothing",
}
ONE_OF_EVERY_LEVEL = ["tu", "lan", "minh", "ha"]  # on both databases
OTHERS = sorted({each for each, *_rest in OFFICERS} - {*ONE_OF_EVERY_LEVEL})
OTHERS += ["cuong", "stranger", "unassigned"]
FINE = {200, 204, 302, 400, 403, 404, 405}


def once(who):
    return pytest.param(who, marks=pytest.mark.looks)


def patterns(resolver=None, prefix="", namespace=""):
    """(name, address, pattern) of every URL there is."""
    for each in (resolver or get_resolver()).url_patterns:
        address = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from patterns(each, address, inner)
        elif isinstance(each, URLPattern):
            yield f"{namespace}{each.name}", address, each


def guarded(view) -> bool:
    """Whether the view says who may open it."""
    return getattr(view, "is_public", False) or getattr(view, "permission", None) in PERMISSIONS


def test_every_address_says_who_may_open_it():
    silent = [
        f"{name}: /{address}"
        for name, address, pattern in patterns()
        if name not in THIRD_PARTY and not guarded(pattern.callback)
    ]
    assert silent == []


def test_third_party_addresses_are_listed_and_no_other():
    there = {name for name, _address, pattern in patterns() if not guarded(pattern.callback)}
    assert there == set(THIRD_PARTY) & there
    assert set(THIRD_PARTY) <= there, "a listed address that is gone"


def test_every_address_has_a_name_of_its_own_room():
    names = [name for name, *_rest in patterns()]
    assert not [name for name in names if name.endswith("None")]
    rooms = {room.rpartition(".")[2] for room in settings.ROOMS}
    assert not [n for n in names if ":" in n and n.partition(":")[0] not in rooms]


PLAIN = {address: each.callback for _name, address, each in patterns() if "<" not in address}


@pytest.mark.parametrize("who", [*ONE_OF_EVERY_LEVEL, *(once(each) for each in OTHERS)])
def test_every_plain_address_opens_or_is_forbidden_by_the_permissions_for(cast, client, who):
    """Without a fault; what a role lacks the right for, by `permissions.py`, it does not open."""
    cache.clear()
    if who == "unassigned":
        from tests.cast import person

        cast.unassigned = person("Người Chưa Phân Công", "chua").user
    if user := getattr(cast, who, None):
        client.force_login(user)
    faults = []
    for address, view in PLAIN.items():
        permission = getattr(view, "permission", None)
        may = user and (not permission or user.can(permission))
        answer = client.get(f"/{address}") if may or not user else refused(client, address)
        wrong = user and permission and may == (answer.status_code == 403)
        if wrong or answer.status_code not in FINE:
            faults.append(f"/{address}: {answer.status_code}")
    assert faults == []


def refused(client, address):
    """The answer to somebody who may not: to a form sent, where there is no page to look at."""
    answer = client.get(f"/{address}")
    return client.post(f"/{address}") if answer.status_code == 405 else answer


def test_a_stranger_sees_the_door_only(cast, client):
    cache.clear()
    public = {
        address
        for name, address, pattern in patterns()
        if getattr(pattern.callback, "is_public", False) or name in THIRD_PARTY
    }
    for address in PLAIN.keys() - public:
        answer = refused(client, address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/account/login/"), address
