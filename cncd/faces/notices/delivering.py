"""Carries what waits to devices, mailboxes and chats: several at once, each by one worker."""

from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from cncd.faces.notices import composing
from cncd.faces.notices.actions import (
    claim_deliveries,
    drop_deliveries,
    make_code,
    note_tries,
    stop_address,
)
from cncd.faces.notices.models import Address, Delivery
from cncd.faces.notices.sending import chat, mail, push
from cncd.faces.notices.sending.answers import Answer
from cncd.foundation.people.news import EMAIL, PUSH, SERVICE

AT_ONCE = 8  # whoever carries answers in a tenth of a second or not at all
LOTS = 8  # before other jobs have their turn
WAYS = {PUSH: push, EMAIL: mail, SERVICE: chat}
State = Delivery.State


def deliver_waiting() -> bool:
    """Tries what is ready; True when some may be left for another round."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            for _lot in range(LOTS):
                claimed = claim_deliveries(now=timezone.now())
                if not claimed:
                    return False
                _carry(claimed, pool)
        finally:
            mail.hang_up()
    return True


def _carry(claimed: list[Delivery], pool: ThreadPoolExecutor) -> None:
    signed_in = _signed_in(claimed)
    ended = [(each, state) for each in claimed if (state := _ended(each, signed_in))]
    drop_deliveries(ended=ended, now=timezone.now())
    closed = {each.pk for each, _state in ended}
    useful = [each for each in claimed if each.pk not in closed]
    packed = [(each, WAYS[each.channel], composing.packed(each)) for each in useful]
    answers: list[Answer] = list(pool.map(lambda each: each[1].send(each[2]), packed))
    tried = [
        (delivery, way.service_of(said), answer)
        for (delivery, way, said), answer in zip(packed, answers, strict=True)
    ]
    note_tries(tried=tried, now=timezone.now())


def _ended(delivery: Delivery, signed_in: set[str]) -> str:
    """Why it needs no try: read meanwhile, too late, or the device or address is gone."""
    now = timezone.now()
    if delivery.slot:
        if all(each.notice.is_read for each in delivery.gathered.all()):
            return State.LEFT
    elif delivery.notice.until_at <= now or (delivery.notice.is_read and not delivery.place_id):
        return State.LEFT
    if delivery.channel == PUSH:
        return "" if _is_allowed(delivery.subscription, signed_in) else State.GONE
    return "" if delivery.address and delivery.address.is_in_use else State.GONE


def _is_allowed(allowed, signed_in: set[str]) -> bool:
    """allauth deletes the record of an ended session, and the permission of its device with it."""
    if allowed is None or allowed.session.user_id != allowed.user_id:
        return False
    return allowed.session.session_key in signed_in or not allowed.session.purge()


def _signed_in(claimed: list[Delivery]) -> set[str]:
    """Keys of the sessions that surely live, all asked for at once; allauth judges the others."""
    keys = [each.subscription.session.session_key for each in claimed if each.subscription]
    users = {u.pk: u for each in claimed if (u := each.user or (each.notice and each.notice.user))}
    alive = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return {each.session_key for each in alive if _is_of_somebody(each.get_decoded(), users)}


def _is_of_somebody(said: dict, users: dict) -> bool:
    """Whether a session's content is that of an account, with its password of today."""
    user = users.get(int(said.get(SESSION_KEY, 0)))
    if user is None or not user.is_active:
        return False
    is_current = constant_time_compare(said.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
    return is_current and said.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS


def send_code(address_id: int, language: str) -> None:
    """Sends the code that confirms an address there; why it could not, its page says."""
    address = Address.objects.filter(pk=address_id, confirmed_at=None).first()
    if address is None:  # another one was entered meanwhile
        return
    code = make_code(address=address)
    answer = WAYS[address.channel].send(composing.code_for(address, code, language))
    mail.hang_up()
    if not answer.is_sent:
        why = answer.told or str(answer.status or _("no answer"))
        stop_address(address=address, why=why, now=timezone.now())
