"""Pushes on their way to a real push service on this machine, read as the device reads them."""

import datetime as dt

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from cncd.faces.notices.actions import choose_channels, choose_manner, forget_old_notices, read_all
from cncd.faces.notices.actions.choosing import FIELDS
from cncd.faces.notices.delivering import deliver_waiting
from cncd.faces.notices.models import Delivery, Manner, Notice, Subscription, Try
from cncd.faces.notices.queries import is_stuck
from cncd.faces.notices.sending import push as sending
from cncd.faces.notices.tests.conftest import NOON, allow, reach, tell
from cncd.foundation.people.actions import set_password
from cncd.foundation.people.tests.test_races import together
from cncd.results.reports.news.kinds import ACCEPTED
from tests.cast import country

State = Delivery.State


@pytest.fixture
def phone(cast, clock, push_service):
    """The phone of the leader of ấp Mỹ Phước, allowed to be woken."""
    device = push_service.device("phone")
    device.client = allow(cast.tu, device)
    return device


def states() -> list[str]:
    return sorted(Delivery.objects.values_list("state", flat=True))


def test_encryption_gives_what_the_standard_gives():
    """RFC 8291, appendix A."""
    secret = int.from_bytes(sending.octets("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
    found = sending.encrypted(
        b"When I grow up, I want to be a watermelon",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
        private=ec.derive_private_key(secret, ec.SECP256R1()),
        salt=sending.octets("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert sending._text(found) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWA"
        "mS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxs"
        "j_Qulcy4a-fN"
    )


def test_the_device_and_nobody_else_reads_what_was_sent_and_by_whom(cast, phone, push_service):
    [notice] = tell(cast.tu)
    assert not deliver_waiting()
    [(name, headers, body)] = push_service.received
    assert name == "phone"
    assert phone.read(body) == {
        "title": "Có 2 số cần xem lại",
        "body": "Bấm vào sửa.",
        "address": f"/notices/{notice.pk}/",
        "tag": "team 1, 2026-11",
    }
    assert "số" not in body.decode("utf-8", "ignore")
    claims = push_service.claims(headers)
    assert claims["sub"].startswith("https://")
    assert 0 < claims["exp"] - NOON.timestamp() <= 24 * 3600
    assert headers["TTL"] == str(24 * 3600)
    assert headers["Urgency"] == "high"
    assert len(headers["Topic"]) == 32
    assert states() == ["sent"]
    assert Try.objects.get().status == 201
    deliver_waiting()
    assert len(push_service.received) == 1


def test_the_key_is_kept_to_its_owner_and_stays(settings):
    first = sending.public_key()
    sending._own_key.cache_clear()
    assert sending.public_key() == first
    assert settings.PUSH_KEY.stat().st_mode & 0o777 == 0o600


def test_a_device_whose_browser_let_go_is_forgotten(cast, phone, push_service):
    push_service.answers["phone"] = 410
    tell(cast.tu)
    deliver_waiting()
    assert states() == ["gone"]
    assert not Subscription.objects.exists()
    tell(cast.tu, "2")
    deliver_waiting()
    assert len(push_service.received) == 1
    assert Try.objects.get().service == "127.0.0.1"


def test_a_push_service_that_is_down_is_tried_again_later_and_later(
    cast, phone, push_service, clock
):
    push_service.answers["phone"] = 503
    tell(cast.tu)
    moments = (0, 0.5, 1, 3, 6)  # minutes
    for minutes in moments:
        clock.move_to(NOON + dt.timedelta(minutes=minutes))
        deliver_waiting()
    assert [row.at for row in Try.objects.all()] == [
        NOON + dt.timedelta(minutes=minutes) for minutes in (0, 1, 6)
    ]
    assert is_stuck()
    push_service.answers.clear()
    clock.move_to(NOON + dt.timedelta(hours=1))
    deliver_waiting()
    assert states() == ["sent"]
    assert not is_stuck()


def test_a_service_that_asks_for_patience_gets_it(cast, phone, push_service, clock):
    push_service.answers["phone"] = 429
    push_service.headers_of["phone"] = {"Retry-After": "600"}
    tell(cast.tu)
    deliver_waiting()
    assert Delivery.objects.get().next_at == NOON + dt.timedelta(seconds=600)


def test_without_a_network_it_waits_until_it_is_of_no_use(cast, phone, push_service, clock):
    push_service.shutdown()
    push_service.server_close()
    tell(cast.tu, days=0.1)
    for minutes in (0, 2, 10, 40, 100, 143, 200):
        clock.move_to(NOON + dt.timedelta(minutes=minutes))
        deliver_waiting()
    assert states() == ["left"]
    assert {row.status for row in Try.objects.all()} == {None}
    assert "refused" in Try.objects.first().told.lower()
    assert Notice.objects.filter(user=cast.tu).unread().exists()  # it stands at the bell


def test_what_was_read_meanwhile_is_not_sent(cast, phone, push_service):
    tell(cast.tu)
    read_all(by=cast.tu)
    deliver_waiting()
    assert (states(), push_service.received) == (["left"], [])


@pytest.mark.parametrize("way", ["signed out", "ended by an officer", "another password"])
def test_a_device_that_is_signed_out_is_not_woken(cast, phone, push_service, way):
    tell(cast.tu)
    if way == "signed out":
        phone.client.logout()
    elif way == "ended by an officer":
        Subscription.objects.get().session.end()
    else:
        set_password(user=cast.tu, password="mot-mat-khau-khac", by=cast.lan)
    deliver_waiting()
    assert (states(), push_service.received) == (["gone"], [])
    assert not Subscription.objects.exists()


def test_what_is_wanted_on_the_phone_alone_wakes_it_though_not_at_the_bell(
    cast, phone, push_service
):
    choose_channels(by=cast.tu, chosen={"report.returned": {"push"}})
    tell(cast.tu)
    deliver_waiting()
    assert len(push_service.received) == 1
    assert not Notice.objects.unread().exists()


def test_each_device_of_a_person_is_woken_once_and_nobody_elses(cast, phone, push_service):
    allow(cast.tu, push_service.device("tablet"))
    allow(cast.nhan, push_service.device("deputy"))
    tell(cast.tu)
    tell(cast.tu)  # the same again
    tell(cast.tu, "accepted", kind=ACCEPTED)  # not by push, unless chosen
    deliver_waiting()
    assert sorted(name for name, *_rest in push_service.received) == ["phone", "tablet"]


def test_whoever_allows_a_shared_phone_last_is_the_one_it_wakes_for(cast, phone, push_service):
    allow(cast.nhan, phone)
    tell(cast.tu)
    tell(cast.nhan)
    deliver_waiting()
    [(_name, _headers, _body)] = push_service.received
    assert Delivery.objects.get(state="sent").notice.user == cast.nhan


def test_an_address_that_left_the_settings_is_not_called(cast, phone, push_service, settings):
    tell(cast.tu)
    settings.PUSH_SERVICES = ["fcm.googleapis.com"]
    deliver_waiting()
    assert (states(), push_service.received) == (["gone"], [])


def test_old_notices_go_with_their_log(cast, phone, push_service):
    tell(cast.tu)
    deliver_waiting()
    forget_old_notices(now=NOON + dt.timedelta(days=181))
    assert not Notice.objects.exists()
    assert not Try.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_one_notice_one_delivery(clock, push_service):
    cast = country()
    allow(cast.tu, push_service.device("phone"))
    given = together(*[lambda: tell(cast.tu)] * 3)
    assert sorted(len(made) for made in given) == [0, 0, 1]
    together(*[deliver_waiting] * 3)
    assert [name for name, *_rest in push_service.received] == ["phone"]
    assert states() == ["sent"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_one_notice_one_letter_one_digest_and_one_message_to_the_office(
    clock, mailroom, chat
):
    cast = country()
    reach(cast.tu, "email", "tu@gmail.test")
    reach(cast.nhan, "email", "nhan@gmail.test")
    reach(cast.lan, "service", f"json://{chat.host}/xa", place=cast.nhon_my)
    usual = {name: Manner._meta.get_field(name).get_default() for name in FIELDS}
    choose_manner(by=cast.nhan, chosen=usual | {"digest": "daily"})

    def all_told():
        for user in (cast.tu, cast.nhan):
            tell(user, "1")
            tell(user, "2")
        for user in (cast.lan, cast.hung):
            tell(user, kind="teams.missing")

    together(*[all_told] * 3)
    together(*[deliver_waiting] * 3)
    clock.move_to(NOON + dt.timedelta(hours=19))  # seven in the morning
    together(*[deliver_waiting] * 3)
    assert len(mailroom.to("tu@gmail.test")) == 2
    [digest] = mailroom.to("nhan@gmail.test")
    assert digest["Subject"].startswith("2 ")
    assert [path for path, _said in chat.heard] == ["/xa"]
