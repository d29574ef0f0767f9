"""What waits for a person, whatever room asks it: one list for desk, phone and calendar."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Duty:
    """One thing to do: what, how many, by when, and the page to do it on."""

    kind: str  # an icon name
    text: str
    address: str
    count: int = 1
    due_at: dt.datetime | None = None
    is_soon: bool = False
    team_id: int | None = None  # the team it is asked of, if it is a team's
    key: str = ""  # says in plain values what it is about: the same in every asking ("ask 12")


def duties_of(user, now: dt.datetime) -> list[Duty]:
    """What every room of `settings.DUTY_SOURCES` asks of the person: `(user, now) -> [Duty]`.

    Soonest due first, then by how many.
    """
    found = [duty for path in settings.DUTY_SOURCES for duty in import_string(path)(user, now)]
    return soonest_first(found, now)


def soonest_first(duties: list[Duty], now: dt.datetime) -> list[Duty]:
    far = now + dt.timedelta(days=9999)
    return sorted(duties, key=lambda duty: (duty.due_at or far, -duty.count))
