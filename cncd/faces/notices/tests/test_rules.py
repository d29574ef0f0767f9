"""When to remind, when to try again, whom to hand a push to."""

import datetime as dt

import pytest

from cncd.faces.notices import outward
from cncd.faces.notices.rules import (
    is_push_service,
    is_service,
    masked_mailbox,
    masked_service,
    seconds_to_live,
    topic,
    wait_after,
)
from cncd.faces.notices.sending.chat import _apprise

VIETNAM = dt.timezone(dt.timedelta(hours=7))


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def test_each_try_waits_longer_up_to_an_hour_or_as_long_as_asked():
    waits = [wait_after(tries) for tries in range(1, 7)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (dt.timedelta(minutes=1), dt.timedelta(hours=1))
    assert wait_after(1, dt.timedelta(hours=3)) == dt.timedelta(hours=3)
    assert wait_after(1, dt.timedelta(days=400)) == dt.timedelta(days=1)


def test_a_push_lives_as_long_as_it_is_of_use():
    assert seconds_to_live(at(30, 17), at(30, 16)) == 3600
    assert seconds_to_live(at(30, 17), at(30, 18)) == 0


def test_a_topic_fits_what_push_services_take():
    assert len(topic("team 12, 2026-11")) == 32
    assert topic("team 12, 2026-11") != topic("team 1, 2026-11")


SERVICES = ["fcm.googleapis.com", ".push.apple.com", "http://127.0.0.1:9"]


@pytest.mark.parametrize(
    ("endpoint", "is_one"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://web.push.apple.com/x", True),
        ("http://127.0.0.1:9/x", True),
        ("http://fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://fcm.googleapis.com.evil.vn/x", False),
        ("https://evilpush.apple.com/x", False),
        ("https://fcm.googleapis.com@evil.vn/x", False),
        ("https://evil.vn\\@fcm.googleapis.com/x", False),
        ("https://127.0.0.1/x", False),
        ("http://127.0.0.1:90/x", False),
        ("http://169.254.169.254/latest", False),
        ("https://fcm.googleapis.com:x/", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_push_services_are_called(endpoint, is_one):
    assert is_push_service(endpoint, SERVICES) is is_one


ALLOWED = ["tgram", "zalo", "json://127.0.0.1:9999"]


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("tgram://123456:abc/7890/", True),
        ("tgram://123456:abc/7890/?topic=5", True),
        ("zalo://token/7890", True),
        ("json://127.0.0.1:9999/x", True),
        ("json://127.0.0.1:99/x", False),
        ("json://127.0.0.1:9999@evil.vn/x", False),
        ("json://169.254.169.254/latest", False),
        ("xml://127.0.0.1:9999/x", False),
        ("file:///etc/passwd", False),
        ("dbus://", False),
        ("syslog://local/x", False),
        ("mailto://a:b@gmail.com", False),
        ("tgram://a/b,json://evil.vn", False),
        ("tgram://a/b json://evil.vn", False),
        ("tgram://a/b?template=/etc/passwd", False),
        ("tgram://a/b?verify=no", False),
        ("tgram://a/b?redirect=yes", False),
        ("tgram:///b", False),
        ("TGRAM", False),
        ("", False),
    ],
)
def test_only_services_of_the_settings_are_called_and_asked_nothing_else(address, is_one):
    assert is_service(address, ALLOWED) is is_one


def test_services_named_without_a_host_have_hosts_of_their_own():
    """What Apprise itself says of their addresses: none takes a host from whoever writes it."""
    plugins = _apprise().manager_plugins.NotificationManager()
    for schema in outward.SERVICES:
        assert not any("{host}" in each for each in plugins[schema].templates), schema


def test_an_address_is_shown_just_enough_to_be_known():
    assert masked_mailbox("thanhlan@soctrang.gov.vn") == "t…n@soctrang.gov.vn"
    assert masked_mailbox("tu@gmail.com") == "t…@gmail.com"
    assert masked_service("tgram://123456:secret/7890/") == "tgram://…7890"


def test_the_mail_server_is_named_by_one_address():
    found = outward.mail_server("smtp://cncd%40x.vn:m%40t@mail.x.vn?from=cncd@x.vn&name=Sở")
    assert (found.host, found.port, found.security) == ("mail.x.vn", 587, "starttls")
    assert (found.user, found.password, found.name) == ("cncd@x.vn", "m@t", "Sở")
    assert "m@t" not in repr(found)
    assert outward.mail_server("smtps://a@x.vn:p@mail.x.vn").port == 465
    assert outward.mail_server("") is None
    for wrong in ("mail.x.vn", "http://mail.x.vn?from=a@x.vn", "smtp://mail.x.vn"):
        with pytest.raises(ValueError, match="CNCD_SMTP"):
            outward.mail_server(wrong)


def test_services_are_those_of_the_house_or_those_named():
    assert "zalo" in outward.services("")
    assert outward.services("tgram, json://127.0.0.1:9") == ["tgram", "json://127.0.0.1:9"]
