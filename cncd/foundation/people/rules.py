"""What is true of names, numbers and dates of office without a database or a clock."""

import datetime as dt
import re
import unicodedata

NOT_A_DIGIT = re.compile(r"[\s.\-()/]+")
MOBILE = re.compile(r"0[35789]\d{8}")
LANDLINE = re.compile(r"02\d{9}")
OLD_MOBILE = re.compile(r"01[2689]\d{8}")  # eleven digits, gone since 2018
APPS = {"Zalo": "Zalo", "FBAN": "Facebook", "FBAV": "Facebook", "Messenger": "Messenger"}
LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,58}[a-z0-9]")


class BadPhone(ValueError):
    """Not a Vietnamese phone number."""


class OldPhone(BadPhone):
    """A mobile number of eleven digits, as they were until 2018."""


def normal_phone(text: str) -> str:
    """The number as kept: 0 and nine digits (ten for a landline), from any usual way to write it.

    Raises OldPhone for an 11-digit mobile number of before 2018, BadPhone for anything else.
    """
    digits = NOT_A_DIGIT.sub("", unicodedata.normalize("NFKC", text))
    digits = re.sub(r"^(\+84|0084|84(?=\d{9,10}$))0?", "0", digits)
    if MOBILE.fullmatch(digits) or LANDLINE.fullmatch(digits):
        return digits
    raise OldPhone(text) if OLD_MOBILE.fullmatch(digits) else BadPhone(text)


def masked_phone(phone: str) -> str:
    """The number with its middle hidden: 091•••678."""
    return f"{phone[:3]}•••{phone[-3:]}" if len(phone) >= 7 else phone


def spaced_phone(phone: str) -> str:
    """The number in groups, as people read it aloud: 0912 345 678."""
    if MOBILE.fullmatch(phone):
        return f"{phone[:4]} {phone[4:7]} {phone[7:]}"
    return f"{phone[:4]} {phone[4:8]} {phone[8:]}" if LANDLINE.fullmatch(phone) else phone


def normal_login(text: str) -> str:
    """A login name as kept and compared: lower case, composed, without outer spaces."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def is_login_name(text: str) -> bool:
    """Two to sixty of a–z, 0–9, dot, dash and underscore, with a letter among them.

    The letter keeps login names and phone numbers apart.
    """
    return bool(LOGIN.fullmatch(text)) and any(letter.isalpha() for letter in text)


def what_was_typed(text: str) -> tuple[str, str]:
    """What somebody typed to sign in, as (login name, phone number); the phone may be empty."""
    try:
        return normal_login(text), normal_phone(text)
    except BadPhone:
        return normal_login(text), ""


def app_around(user_agent: str) -> str:
    """The app in whose own window a link was opened, which forgets who signed in; or empty."""
    return next((app for sign, app in APPS.items() if sign in user_agent), "")


def earlier(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    """The earlier of two ends, None being never."""
    return min((day for day in (one, other) if day), default=None)


def within(
    since: dt.date, until: dt.date | None, outer_since: dt.date, outer_until: dt.date | None
) -> bool:
    """Whether [since, until) lies inside [outer_since, outer_until)."""
    if since < outer_since:
        return False
    return outer_until is None or (until is not None and until <= outer_until)
