"""An entry as its sender made it, perhaps days ago without a network, and how it is answered."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from uuid import UUID

from django.core.exceptions import PermissionDenied, TooManyFieldsSent, ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from cncd.foundation.kit.refusing import add_refusal

TEXTS = ("id", "kind", "about", "content")
MOMENTS = ("made_at", "sent_at")
MOST_TOGETHER = 50  # envelopes in one request
MOST_AHEAD = dt.timedelta(days=365)  # of a phone's clock; beyond it no correction is believable
# What is this little behind was under way: no reason to move an entry past midnight.
UNDER_WAY = dt.timedelta(minutes=2)


class Malformed(ValidationError):
    """What came is no envelope; the message says what is wrong with it."""


@dataclass(frozen=True)
class Arrived:
    """One entry: who made it and when (on the corrected clock), the form's fields and files."""

    id: UUID
    kind: str
    sender: object  # people.User
    about: dict  # what the form's page was about: {"team": 5, "tile": "c-vneid"}
    fields: QueryDict
    files: MultiValueDict
    made_at: dt.datetime
    skew: dt.timedelta  # how far the sender's clock is ahead of ours
    is_practice: bool = False  # made while practising: checked, then undone

    @property
    def content(self) -> dict:
        """What the same id must bring again: fields, what they are about, and files by content."""
        files = {
            name: [[file.name, digest_of_file(file)] for file in self.files.getlist(name)]
            for name in self.files
        }
        fields = {name: values for name, values in self.fields.lists() if name not in PAGES_OWN}
        return {"about": self.about, "fields": fields, "files": files}


PAGES_OWN = {"csrfmiddlewaretoken", "envelope"}


@dataclass(frozen=True)
class Choice:
    """What is recorded and what its author wrote, side by side, for the author to decide.

    `again` are the fields that, sent anew with the rest, make the author's own hold; a new `kind`
    and `about` when it is to be sent as something else. Empty: it can't be sent again. `taps` are
    further buttons, each with the fields it sends the rest with.
    """

    sides: list[tuple[str, str, str]]  # label, what is recorded now, what was written
    heads: tuple[str, str] = ("", "")  # what the two columns are called
    other: str = ""  # who changed it, and when
    tap: str = ""  # what the button says that sends one's own again
    again: dict[str, str | list[str]] = field(default_factory=dict)
    kind: str = ""
    about: dict = field(default_factory=dict)
    drop: str = ""  # what the button says that leaves what is recorded as it is
    taps: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@dataclass
class Refused(Exception):
    """A kind's answer to an entry that can't be taken as it is; nothing was written.

    `faults` are [(field, label, message)]; `asks` says that the same, confirmed, would pass; `page`
    is the address where the person can look at it and decide; `choice` is what there is to decide.
    """

    told: str
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    asks: bool = False
    page: str = ""
    choice: Choice | None = None
    state: str = "refused"  # or "different": an earlier form of it was recorded

    def as_told(self) -> dict:
        """The answer its sender gets, as plain values."""
        found = {"state": self.state, "told": self.told, "faults": self.faults}
        found |= {"asks": self.asks, "page": self.page}
        return found | ({"choice": asdict(self.choice)} if self.choice else {})

    @classmethod
    def by_form(cls, form, page: str = "") -> "Refused":
        """What a form with errors says, field by field."""
        faults = [
            (name, str(form.fields[name].label or "") if name in form.fields else "", str(message))
            for name, messages in form.errors.items()
            for message in messages
        ]
        told = _("This entry was not taken. Correct it and save it again.")
        return cls(told, faults, getattr(form, "is_doubtful", False), page)

    @classmethod
    def by_error(cls, form, error: ValidationError, names: Mapping | None = None):
        """What an action refused of a valid form, field by field."""
        add_refusal(form, error, names=names)
        return cls.by_form(form)


def read_envelope(said: Mapping, files: MultiValueDict, sender, now: dt.datetime) -> Arrived:
    """The envelope that was sent: a form, or one of a list.

    `id` (UUID), `kind`, `made_at` and `sent_at` (milliseconds on the sender's clock), `about`
    (JSON), `content` (the form's fields, urlencoded) and the files under the form's own names.
    Raises Malformed.
    """
    try:
        texts = {name: _text(said.get(name)) for name in (*TEXTS, *MOMENTS)}
        made, sent = (_moment(texts[name]) for name in MOMENTS)
        found = {"id": UUID(texts["id"]), "kind": texts["kind"]}
        found["is_practice"] = _text(said.get("training")) == "1"
        about = json.loads(texts["about"] or "{}")
        json.dumps(about, ensure_ascii=False).encode()
        fields = QueryDict(texts["content"])
    except (ValueError, OverflowError, OSError, RecursionError, TooManyFieldsSent):
        raise Malformed(_("This is not an entry of this program.")) from None
    if not isinstance(about, dict):
        raise Malformed(_("This is not an entry of this program."))
    skew = sent - now
    if abs(skew) > MOST_AHEAD:
        skew = dt.timedelta(0)
    made_at = min(made if -UNDER_WAY < skew <= dt.timedelta(0) else made - skew, now)
    found |= {"about": about, "fields": fields, "files": files}
    return Arrived(sender=sender, made_at=made_at, skew=skew, **found)


def read_list(body: bytes) -> list[dict]:
    """The envelopes of one request, {"sent_at", "envelopes": […]}; raises Malformed as a whole."""
    try:
        said = json.loads(body)
        sent_at, found = {"sent_at": said["sent_at"]}, list(said["envelopes"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Malformed(_("This is not an entry of this program.")) from None
    if len(found) > MOST_TOGETHER:
        raise Malformed(_("Too many entries came at once."))
    return [each | sent_at if isinstance(each, dict) else {} for each in found]


def _text(value) -> str:
    """A string or a whole number, as text that can be stored; raises ValueError."""
    if not isinstance(value, str | int | None):
        raise ValueError
    text = "" if value is None else str(value)
    text.encode()  # half of a pair of surrogates is no text
    return text


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromtimestamp(int(text) / 1000, dt.UTC)


def digest_of_file(file) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def refused_in_words(error: Exception) -> Refused:
    """An action's refusal as the sender is told it."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, PermissionDenied):
        return Refused(
            _("You had no right to enter this when it was made. Ask your commune officer.")
        )
    return Refused(" ".join(getattr(error, "messages", [str(error)])))
