"""Short ways to courses, sessions and classes of the small country."""

import datetime as dt

from django.utils import timezone

from cncd.work.training import actions
from cncd.work.training.models import Course, Session, Topic
from cncd.work.training.rules import codes

TODAY = dt.date(2026, 11, 22)


def at(day: dt.date, hour: int = 8, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def topic(code: str = "dich-vu-cong") -> Topic:
    return Topic.objects.get(code=code)


def course(c, **said) -> Course:
    """A course of Nhơn Mỹ on online public services, unless said otherwise."""
    usual = {"title": "Dịch vụ công cho Tổ", "topics": [topic()], "audience": "teams",
             "place": c.nhon_my, "by": None}  # fmt: skip
    return actions.open_course(**usual | said)


def session(of: Course, day: dt.date = TODAY, hour: int = 8, **said) -> Session:
    """A session from that hour on, for three hours."""
    usual = {
        "starts_at": at(day, hour),
        "ends_at": at(day, hour + 3),
        "place": of.place,
        "by": None,
    }
    return actions.plan_session(course=of, **usual | said)


def code_at(of: Session, moment: dt.datetime) -> str:
    return codes.code_of(of.secret, codes.slot_of(moment))


def held(c, **said) -> actions.Held:
    """A class of twelve in Mỹ Phước, four of them 60 and over."""
    usual = {"topic": topic(), "held_on": TODAY, "place": c.my_phuoc, "people": 12, "elderly": 4}
    return actions.Held(**usual | said)
