"""Verbs of the room."""

from .attending import add_attendance, record_list, scan_code, withdraw_attendance
from .classes import Held, change_class, log_class, restore_class, withdraw_class
from .courses import change_course, open_course, withdraw_course
from .errors import NoSuchSession
from .inviting import answer_invitation, invite, strike_off
from .sessions import cancel_session, change_session, hold_session, plan_session

__all__ = [
    "Held",
    "NoSuchSession",
    "add_attendance",
    "answer_invitation",
    "cancel_session",
    "change_class",
    "change_course",
    "change_session",
    "hold_session",
    "invite",
    "log_class",
    "open_course",
    "plan_session",
    "record_list",
    "restore_class",
    "scan_code",
    "strike_off",
    "withdraw_attendance",
    "withdraw_class",
    "withdraw_course",
]
