"""Writing down the documents that things rest on, and correcting what was written."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.documents.models import Document
from cncd.foundation.documents.rules import tidy_number
from cncd.foundation.files.actions import store_file
from cncd.foundation.files.models import StoredFile
from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import fold, tidy

TEXTS = ("issuer", "signer", "signer_title", "subject")
# Fields of decree 30/2020, Phụ lục VI, that few documents need.
DETAILS = (
    *("organ_id", "file_notation", "ordinal", "language", "pages", "description", "recipients"),
    *("priority", "copies", "due_on", "arrived_on", "arrival_number"),
)
CHANGEABLE = {"kind", "number", "issued_on", "file", *TEXTS, *DETAILS}


class NumberTaken(ValidationError):
    """Another document of the same agency and year bears this number (decree 30/2020, art. 15)."""


@transaction.atomic
def add_document(
    *,
    kind: str,
    number: str,
    issued_on,
    issuer: str,
    by,
    place=None,
    signer: str = "",
    signer_title: str = "",
    subject: str = "",
    file=None,
    details: dict | None = None,
    now=None,
) -> Document:
    """Keeps the fields of a cited document; the same document cited again is the same row.

    `file` is a StoredFile, or an upload that is then stored; `details` are those of DETAILS that
    are known. Raises NumberTaken when the number
    stands for a document of another day, FileRefused, PermissionDenied outside one's reach.
    """
    _require(by, place)
    details = details or {}
    assert details.keys() <= set(DETAILS), details.keys() - set(DETAILS)
    wanted = Document(
        kind=kind, number=tidy_number(number), issued_on=issued_on, issuer=tidy(issuer),
        place=place, signer=tidy(signer), signer_title=tidy(signer_title), subject=tidy(subject),
        **details,
    )  # fmt: skip
    if known := _namesake(wanted):
        return _completed(known, wanted, file, by, now)
    wanted.file = _stored(file, by, now)
    wanted.search_key = search_key(wanted)
    wanted.save()
    told = {name: value for name, value in _shown(wanted).items() if value}
    record(event="document.added", subject=wanted, by=by, place=place, after=told, now=now)
    return wanted


@transaction.atomic
def change_document(*, document: Document, by, now=None, **changes) -> Document:
    """Corrects fields of a document; the journal keeps what they were. No change, no entry.

    Raises NumberTaken, FileRefused, PermissionDenied.
    """
    assert changes.keys() <= CHANGEABLE, changes.keys() - CHANGEABLE
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    _require(by, document.place)
    before = _shown(document)
    if "file" in changes:
        changes["file"] = _stored(changes["file"], by, now)
    for name, value in changes.items():
        setattr(document, name, tidy(value) if name in TEXTS else value)
    document.number = tidy_number(document.number)
    if _namesake(document):
        raise _taken(document)
    return _saved(document, before, by, now)


def search_key(document: Document) -> str:
    """What a search looks through: number, agency, signer, subject."""
    texts = [document.number, document.issuer, document.signer, document.subject]
    texts += [document.recipients]
    return fold(" ".join(texts))[:1000]


def _require(by, place) -> None:
    if by is not None and not by.can("documents.change", place=place):
        raise PermissionDenied("documents.change")


def _namesake(wanted: Document) -> Document | None:
    """The document of the same agency and year that bears the number already."""
    # SQLite does not know that đ and Đ are one letter, so the last comparison is made here.
    likely = Document.objects.of(wanted.place, wanted.issuer).filter(
        search_key__startswith=fold(wanted.number), issued_on__year=wanted.issued_on.year
    )
    same = (d for d in likely.exclude(pk=wanted.pk) if d.number.lower() == wanted.number.lower())
    return next(same, None)


def _taken(wanted: Document) -> NumberTaken:
    other = _namesake(wanted)
    return NumberTaken(
        {
            "number": _("%(number)s of %(day)s is there already: a number is given once a year.")
            % {"number": other.number, "day": f"{other.issued_on:%d/%m/%Y}"}
        }
    )


def _completed(known: Document, wanted: Document, file, by, now) -> Document:
    """The document known already, its blanks filled in with what was cited this time."""
    if (known.issued_on, known.kind) != (wanted.issued_on, wanted.kind):
        raise _taken(wanted)
    before = _shown(known)
    for name in (*TEXTS, *DETAILS):
        setattr(known, name, getattr(known, name) or getattr(wanted, name))
    if file and not known.file_id:
        known.file = _stored(file, by, now)
    return _saved(known, before, by, now)


def _saved(document: Document, before: dict, by, now) -> Document:
    after = _shown(document)
    changed = [name for name in after if before.get(name) != after[name]]
    if not changed:
        return document
    document.search_key = search_key(document)
    document.save()
    record(
        event="document.changed",
        subject=document,
        by=by,
        place=document.place,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        now=now,
    )
    return document


def _stored(file, by, now) -> StoredFile | None:
    if file is None or isinstance(file, StoredFile):
        return file
    return store_file(upload=file, by=by, now=now)


def _shown(document: Document) -> dict:
    """The fields as the journal tells them."""
    return {
        "kind": str(document.kind),
        "number": document.number,
        "issued_on": document.issued_on.isoformat(),
        **{name: getattr(document, name) for name in TEXTS},
        "file": document.file.name if document.file_id else "",
        **{name: _plain(getattr(document, name)) for name in DETAILS},
    }


def _plain(value):
    """As the journal keeps it; nothing for what was left empty."""
    return value.isoformat() if hasattr(value, "isoformat") else "" if value is None else value
