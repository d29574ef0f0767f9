"""A push service on this machine, devices that can read what it gets, and November to report on."""

import datetime as dt
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import jwt
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cncd.faces.notices.actions import confirm_address, enter_address, give_notices, make_code
from cncd.faces.notices.outward import mail_server
from cncd.faces.notices.sending.push import _text, octets
from cncd.faces.notices.tests.mailroom import Chat, Mailroom
from cncd.foundation.people.news import News
from cncd.results.conftest import Season
from cncd.results.reports.news.kinds import RETURNED

NOON = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)  # 12:00 in Vietnam


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def nothing_counted():
    """How many codes an account had sent is remembered outside the database."""
    cache.clear()


@pytest.fixture
def season(cast, programme, clock):
    return Season(cast)


class Device:
    """A browser's side of web push: its keys, and what it reads of what arrives."""

    def __init__(self, endpoint: str):
        self.endpoint, self.auth = endpoint, b"sixteen octets.."
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.public = self.private.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )

    @property
    def fields(self) -> dict[str, str]:
        keys = {"p256dh": _text(self.public), "auth": _text(self.auth)}
        return {"endpoint": self.endpoint, **keys}

    def read(self, body: bytes) -> dict:
        """As RFC 8291 tells the receiver to, one record."""
        salt, sender, sealed = body[:16], body[21 : 21 + body[20]], body[21 + body[20] :]
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self.private.exchange(ec.ECDH(), theirs)
        info = b"WebPush: info\0" + self.public + sender
        secret = HKDF(SHA256(), 32, self.auth, info).derive(shared)
        key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(secret)
        nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(secret)
        plain = AESGCM(key).decrypt(nonce, sealed, None)
        assert plain[-1:] == b"\2"
        return json.loads(plain[:-1])


class PushService(ThreadingHTTPServer):
    """Answers 201 unless a test says otherwise, and keeps what it was sent."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Receiver)
        self.received, self.answers, self.headers_of = [], {}, {}
        self.origin = f"http://127.0.0.1:{self.server_port}"

    def device(self, name: str) -> Device:
        return Device(f"{self.origin}/{name}")

    def claims(self, headers) -> dict:
        """What the signature says, checked with the key it comes with, for this service."""
        token, key = headers["Authorization"].removeprefix("vapid t=").split(", k=")
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), octets(key))
        return jwt.decode(token, public, algorithms=["ES256"], audience=self.origin)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((self.path[1:], self.headers, body))
        self.send_response(self.server.answers.get(self.path[1:], 201))
        for name, value in self.server.headers_of.get(self.path[1:], {}).items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def push_service(settings, monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with PushService() as service:
        thread = Thread(target=service.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        settings.PUSH_SERVICES = [service.origin]
        yield service
        service.shutdown()
        thread.join()


def allow(user, device: Device) -> Client:
    """The browser of the person, signed in, with the device allowed by the page's own address."""
    client = Client()
    client.force_login(user)
    assert client.post(reverse("notices:device"), device.fields).status_code == 200
    return client


def tell(user, moment="1", *, kind=RETURNED, what="team 1, 2026-11", days=1, now=NOON):
    """One notice for one person; the notices made."""
    words = {"title": "Có 2 số cần xem lại", "text": "Bấm vào sửa.", "address": "/m/report/"}
    until_at = now + dt.timedelta(days=days)
    news = News(user=user, kind=kind, what=what, moment=moment, until_at=until_at, **words)
    return give_notices(news=[news], now=now)


@pytest.fixture
def mailroom(settings):
    """The mail server of the settings, on this machine."""
    with Mailroom() as room:
        address = f"smtp+plain://127.0.0.1:{room.port}?from=cncd@soctrang.test"
        settings.MAIL = mail_server(address)
        yield room


@pytest.fixture
def chat(settings, monkeypatch):
    """A chat service on this machine, the only one that may be called."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with Chat() as service:
        settings.SERVICES = [f"json://{service.host}"]
        yield service


def reach(user, channel, text, *, place=None, now=NOON):
    """The address of a person or an office, entered and confirmed."""
    address = enter_address(channel=channel, text=text, by=user, place=place, now=now)
    code = make_code(address=address, now=now)
    confirm_address(address=address, code=code, by=user, now=now)
    return address
