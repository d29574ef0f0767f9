"""One message by whatever service an Apprise address names."""

import logging
import re
import warnings
from dataclasses import dataclass
from functools import cache
from threading import local

from django.conf import settings

from cncd.faces.notices.rules import is_service
from cncd.faces.notices.sending.answers import Answer

SECRET = re.compile(r"\S{16,}|\d{6,}")  # tokens, chats, phone numbers
_heard = local()


@dataclass(frozen=True)
class Message:
    """All that is needed to write by a service."""

    address: str
    title: str
    text: str


class Hearing(logging.Handler):
    """What Apprise said last on this thread: it answers yes or no, and tells why in its log."""

    def emit(self, record):
        _heard.last = record.getMessage()


@cache
def _apprise():
    """The library with all its plug-ins, which take a third of a second to load."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of what some plug-ins import
        import apprise

        apprise.manager_plugins.NotificationManager().load_modules()
    log = logging.getLogger("apprise")
    log.addHandler(Hearing(logging.WARNING))
    log.propagate = False
    return apprise


def _way(address: str):
    """What Apprise makes of the address, with no plug-ins from files and nothing kept; or None."""
    apprise = _apprise()
    asset = apprise.AppriseAsset(app_id="CNCD", plugin_paths=[], secure_logging=True)
    return apprise.Apprise.instantiate(address, asset=asset)


def service_of(message: Message) -> str:
    return message.address.partition(":")[0]


def is_understood(address: str) -> bool:
    """Whether Apprise makes something of it: the service is known and nothing is missing."""
    return _way(address) is not None


def send(message: Message) -> Answer:
    """Hands one message over; never raises. What left the settings is not called."""
    if not is_service(message.address, settings.SERVICES):
        return Answer(None, "not a service of the settings", is_gone=True)
    _heard.last = ""
    try:
        way = _way(message.address)
        done = bool(way) and way.notify(body=message.text, title=message.title)
    except Exception as error:  # a plug-in of a service may raise anything
        return Answer(None, type(error).__name__)
    return Answer(200, is_sent=True) if done else Answer(None, SECRET.sub("…", _heard.last)[:200])
