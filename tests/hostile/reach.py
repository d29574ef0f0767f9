"""Whether somebody gets at things of others by an address that was not meant for them."""

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import resolve

OPEN = {  # the same for the whole installation, and why
    "desk:indicator": "what an indicator is; its figures are those of one's own unit",
    "evaluations:rules": "criteria and weights in force",
    "journal:entry": "what happened to what concerns all",
    "library:guides": "published guides",
    "places:place": "units are public, by law",
    "programme:catalogue": "what the plan asks",
    "programme:change_check": "the plan of the installation: its province officers change it",
    "programme:change_row": "the same",
    "programme:end_row": "the same",
    "programme:move_due": "the same",
    "programme:indicator": "what the plan asks",
    "programme:period": "what the plan asks",
    "programme:sheet": "what the plan asks",
}


def reached(user, addresses) -> list[str]:
    """Those of one thing that open, or take what is sent, for that person; None is a stranger."""
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    found = []
    for address in addresses:
        name = resolve(address).view_name
        if name in OPEN or getattr(resolve(address).func, "is_public", False):
            continue
        for ask in (client.get, client.post):
            cache.clear()
            with transaction.atomic():
                answer = ask(address)
                transaction.set_rollback(True)
            if not _shut(answer, user):
                found.append(f"{ask.__name__} {name} {address}: {answer.status_code}")
    return found


def _shut(answer, user) -> bool:
    if user is None and answer.status_code == 302:
        return answer["Location"].startswith("/account/login/")
    return answer.status_code in (403, 404, 405)
