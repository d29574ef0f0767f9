"""8,000 people are told one thing: at the bell, by e-mail, on their devices; until all of it left.

The mail server and the push service are real ones on this machine, in a process of their own.
"""

import datetime as dt
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta

from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from bench.pages import counted_queries
from cncd.faces.notices.actions import give_notices
from cncd.faces.notices.delivering import deliver_waiting
from cncd.faces.notices.models import Address, Delivery, Subscription
from cncd.faces.notices.outward import mail_server
from cncd.faces.notices.sealing import seal
from cncd.faces.notices.sending.push import _point, _text
from cncd.foundation.people.models import Person, User
from cncd.foundation.people.news import News
from cncd.results.reports.news.kinds import ACCEPTED, RECEIVED

MANY = 8_000
NOON = dt.time(12)  # nobody is left in peace then


def measure() -> dict:
    """{way: {"given": …, "delivered": …}}, seconds, notices a second, and queries for all 8,000."""
    users = accounts()
    found = {"bell": {"given": given(users, ACCEPTED, "bell")}}
    with receivers():
        write_to(users)
        found["e_mail"] = both(users, "e-mail")
        Address.objects.all().delete()
        wake(users)
        found["push"] = both(users, "push")
        Subscription.objects.all().delete()
    found["none_left"] = not Delivery.objects.filter(state=Delivery.State.WAITING).exists()
    return found


def both(users: list[User], moment: str) -> dict:
    return {"given": given(users, RECEIVED, moment), "delivered": told(deliver)}


def given(users: list[User], kind: str, moment: str) -> dict:
    """The job that tells them: who wants it where, the notices, the deliveries."""
    until = noon() + timedelta(days=3)
    words = {"title": "Xã đã nhận báo cáo tháng 11/2026", "text": "Tổ CNCĐ: nhận lúc 12:00."}
    words |= {"address": "/m/", "what": "bench", "until_at": until}
    news = [News(user=user, kind=kind, moment=moment, **words) for user in users]
    return told(lambda: give_notices(news=news, now=noon()))


def deliver() -> None:
    while deliver_waiting():
        pass


def told(act) -> dict:
    with counted_queries() as count:
        start, cpu = time.perf_counter(), time.process_time()
        act()
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    found = {"seconds": round(seconds, 2), "cpu_seconds": round(cpu, 2)}
    return found | {"per_second": round(MANY / seconds)} | count


def noon() -> dt.datetime:
    day = timezone.localdate() - timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(day, NOON))


def accounts() -> list[User]:
    people = Person.objects.bulk_create(
        Person(full_name=f"Người thứ {n}", search_key=f"nguoi thu {n}", sort_key=f"{n:05d}")
        for n in range(MANY)
    )
    return User.objects.bulk_create(
        User(person=person, login=f"bench{n}", password="!") for n, person in enumerate(people)
    )


def write_to(users: list[User]) -> None:
    now = timezone.now()
    Address.objects.bulk_create(
        Address(
            user=user,
            channel="email",
            sealed=seal(f"{user.login}@example.test"),
            shown=user.login,
            made_at=now,
            confirmed_at=now,
        )
        for user in users
    )


def wake(users: list[User]) -> None:
    """One device each, signed in; one key for all, which costs the sender as much as many."""
    now, key = timezone.now(), _text(_point(ec.generate_private_key(ec.SECP256R1())))
    later, store = now + timedelta(days=9), SessionStore()
    keys = [store._get_new_session_key() for _user in users]
    Session.objects.bulk_create(
        Session(session_key=each, session_data=store.encode(inside(user)), expire_date=later)
        for each, user in zip(keys, users, strict=True)
    )
    common = {"ip": "127.0.0.1", "user_agent": "bench", "data": {}}
    sessions = UserSession.objects.bulk_create(
        UserSession(user=user, session_key=each, **common)
        for user, each in zip(users, keys, strict=True)
    )
    Subscription.objects.bulk_create(
        Subscription(
            user=user,
            session=session,
            endpoint=f"{settings.PUSH_SERVICES[0]}/{user.pk}",
            p256dh=key,
            auth=_text(b"sixteen octets.."),
            made_at=now,
        )
        for user, session in zip(users, sessions, strict=True)
    )


def inside(user: User) -> dict:
    """What the session of somebody signed in holds."""
    backend = settings.AUTHENTICATION_BACKENDS[0]
    said = {SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: backend}
    return said | {HASH_SESSION_KEY: user.get_session_auth_hash()}


@contextmanager
def receivers():
    os.environ["no_proxy"] = "127.0.0.1"
    command = [sys.executable, "-m", "bench.receivers"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        mail, push = process.stdout.readline().split()
        settings.MAIL = mail_server(f"smtp+plain://127.0.0.1:{mail}?from=cncd@example.test")
        settings.PUSH_SERVICES = [f"http://127.0.0.1:{push}"]
        yield
    finally:
        process.terminate()
        process.wait()
