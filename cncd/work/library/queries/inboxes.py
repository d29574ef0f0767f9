"""What waits for people here: texts to approve, and texts that came back."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import ngettext

from cncd.foundation.people import authority
from cncd.foundation.people.duties import Duty
from cncd.work.library.models import Edition, Item

State = Edition.State


def dues(user, now: dt.datetime) -> list[Duty]:
    """One line for approvers, one for writers whose texts were returned (IV.5)."""
    return [duty for duty in (_to_approve(user), _returned(user)) if duty]


def _to_approve(user) -> Duty | None:
    if not authority.permitted(user, "library.approve"):
        return None
    places = authority.reach(user, permission="library.approve")
    count = Item.objects.submitted().filter(place__in=places).count()
    text = ngettext("One guide waits for approval", "%(n)s guides wait for approval", count)
    return _duty("book", text % {"n": count}, State.SUBMITTED, count)


def _returned(user) -> Duty | None:
    if not authority.permitted(user, "library.change"):
        return None
    agencies = authority.own_agencies(user)
    rows = Item.objects.standing().filter(open__state=State.RETURNED, agency__in=agencies)
    count = rows.count() if agencies else 0
    text = ngettext("One guide came back to be put right", "%(n)s guides came back", count)
    return _duty("arrow-counterclockwise", text % {"n": count}, State.RETURNED, count)


def _duty(icon: str, text: str, state: str, count: int) -> Duty | None:
    if not count:
        return None
    address = f"{reverse('library:list')}?state={state}"
    return Duty(kind=icon, text=text, address=address, count=count, key=f"library {state}")
