"""An entry as its sender made it, perhaps days ago without a network, and how it is answered."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

MOST_AHEAD = dt.timedelta(days=365)  # of a phone's clock; beyond it no correction is believable


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


@dataclass
class Refused(Exception):
    """A kind's answer to an entry that can't be taken as it is; nothing was written.

    `faults` are [(field, label, message)]; `asks` says that the same, confirmed, would pass; `page`
    is the address where the person can look at it and decide.
    """

    told: str
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    asks: bool = False
    page: str = ""

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


def read_envelope(post: QueryDict, files: MultiValueDict, sender, now: dt.datetime) -> Arrived:
    """The envelope that a request carries.

    `id` (UUID), `kind`, `made_at` and `sent_at` (milliseconds on the sender's clock), `about`
    (JSON), `content` (the form's fields, urlencoded) and the files under the form's own names.
    Raises Malformed.
    """
    try:
        about = json.loads(post.get("about") or "{}")
        made, sent = (_moment(post.get(name)) for name in ("made_at", "sent_at"))
        found = {"id": UUID(post.get("id", "")), "kind": post["kind"], "about": about}
    except (ValueError, KeyError, OverflowError, OSError):
        raise Malformed(_("This is not an entry of this program.")) from None
    if not isinstance(about, dict):
        raise Malformed(_("This is not an entry of this program."))
    skew = sent - now
    if abs(skew) > MOST_AHEAD:
        skew = dt.timedelta(0)
    made_at = min(made - skew, now)
    fields = QueryDict(post.get("content", ""))
    return Arrived(sender=sender, fields=fields, files=files, made_at=made_at, skew=skew, **found)


def _moment(text: str | None) -> dt.datetime:
    return dt.datetime.fromtimestamp(int(text or "") / 1000, dt.UTC)


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
