"""Number and day by the clerk; then the signed copy, withdrawing, bringing back."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.documents.actions import add_document, change_document
from cncd.foundation.files.actions import store_file
from cncd.foundation.journal.actions import record
from cncd.foundation.kit.figures import day as shown_day
from cncd.foundation.people import authority
from cncd.results.paperwork.actions.drawing_up import search_key
from cncd.results.paperwork.actions.errors import ChangedMeanwhile, NumberGiven, WrongState
from cncd.results.paperwork.documents import docx_of, drawn_of, file_name
from cncd.results.paperwork.models import Paper, PaperFile
from cncd.results.paperwork.registry import kind_of
from cncd.results.paperwork.rules.signing import title_of

LAST_NUMBER = 99_999


@transaction.atomic
def number_paper(*, paper: Paper, revision: int, number: int, issued_on, by, now=None) -> Paper:
    """Gives the document the number and day that the clerk entered, once per agency and year.

    The Word file with them is kept, a cited document is written down, and what this one replaces
    is marked. Raises NumberGiven, documents.NumberTaken, WrongState, ChangedMeanwhile,
    PermissionDenied (decree 30/2020, art. 15).
    """
    paper = _locked(paper, by)
    if not paper.is_draft:
        raise WrongState(_("This document has its number already."))
    if paper.revision != revision:
        raise ChangedMeanwhile
    now = now or timezone.now()
    paper.number, paper.issued_on, paper.issued_year = number, issued_on, issued_on.year
    if other := _namesake(paper):
        raise _given(other)
    paper.state, paper.search_key = Paper.State.ISSUED, search_key(paper)
    paper.document = _cited(paper, by, now)
    try:
        with transaction.atomic():
            paper.save()
    except IntegrityError:
        raise _given(_namesake(paper)) from None
    _keep_docx(paper, by, now)
    if paper.replaces_id:
        Paper.objects.filter(pk=paper.replaces_id).update(state=Paper.State.REPLACED)
    after = {"number": paper.full_number, "issued_on": issued_on.isoformat()}
    record(event="paper.numbered", subject=paper, by=by, place=paper.place, team=paper.team,
           after=after, now=now)  # fmt: skip
    return paper


@transaction.atomic
def attach_signed(*, paper: Paper, upload, by, now=None) -> PaperFile:
    """Keeps the signed copy, scanned or digitally signed, with the document and its number.

    Raises WrongState before it is numbered, FileRefused, PermissionDenied.
    """
    paper = _locked(paper, by)
    if paper.state != Paper.State.ISSUED:
        raise WrongState(_("Enter the number first, then attach the signed copy."))
    stored = store_file(upload=upload, by=by, allow=("pdf", "image"), now=now)
    with stored.content.open("rb") as content:
        signed = b"/ByteRange" in content.read()
    kind = PaperFile.Kind.SIGNED if signed else PaperFile.Kind.SCAN
    return keep_signed(paper, kind, stored, by, now)


def keep_signed(paper: Paper, kind: str, stored, by, now) -> PaperFile:
    """The stored file as a signed copy of the document, and as the file of its cited document."""
    kept = PaperFile.objects.create(
        paper=paper, kind=kind, file=stored, revision=paper.revision, issued=True, made_by=by,
        made_at=now or timezone.now(),
    )  # fmt: skip
    if paper.document:
        change_document(document=paper.document, file=stored, by=by, now=now)
    record(event="paper.attached", subject=paper, by=by, place=paper.place, team=paper.team,
           after={"file": str(kept.get_kind_display())}, now=now)  # fmt: skip
    return kept


@transaction.atomic
def withdraw_paper(*, paper: Paper, reason: str, by, now=None) -> Paper:
    """Takes a document back, with the reason that readers will be shown; its number stays given.

    A draft is put away by whoever may draw it up. Raises WrongState, PermissionDenied.
    """
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    _require_for(paper, by)
    if paper.state not in (Paper.State.DRAFT, Paper.State.ISSUED):
        raise WrongState(_("This document is not in force any more."))
    paper.state, paper.withdrawn_at = Paper.State.WITHDRAWN, now or timezone.now()
    paper.withdrawn_because = reason
    paper.save(update_fields=["state", "withdrawn_at", "withdrawn_because"])
    record(event="paper.withdrawn", subject=paper, by=by, place=paper.place, team=paper.team,
           reason=reason, after={"number": paper.full_number}, now=now)  # fmt: skip
    return paper


@transaction.atomic
def restore_paper(*, paper: Paper, by, now=None) -> Paper:
    """Brings back a withdrawn document, as draft or with its number. Raises WrongState."""
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    _require_for(paper, by)
    if paper.state != Paper.State.WITHDRAWN:
        raise WrongState(_("This document is not withdrawn."))
    paper.state = Paper.State.ISSUED if paper.number else Paper.State.DRAFT
    paper.withdrawn_at, paper.withdrawn_because = None, ""
    paper.save(update_fields=["state", "withdrawn_at", "withdrawn_because"])
    record(event="paper.restored", subject=paper, by=by, place=paper.place, team=paper.team,
           after={"number": paper.full_number}, now=now)  # fmt: skip
    return paper


def _locked(paper: Paper, by) -> Paper:
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    authority.require(by, "papers.number", place=paper.place)
    return paper


def _require_for(paper: Paper, by) -> None:
    """Drafts: whoever may draw up; what bears a number: the clerk."""
    if paper.number:
        authority.require(by, "papers.number", place=paper.place)
        return
    kind = kind_of(paper.kind)
    permission = kind.permission if kind else "papers.draw"
    authority.require(by, permission, place=paper.place, team=paper.team)


def _namesake(paper: Paper) -> Paper | None:
    same = Paper.objects.filter(
        issuer_key=paper.issuer_key, issued_year=paper.issued_year, number=paper.number,
        symbol=paper.symbol,
    )  # fmt: skip
    return same.exclude(pk=paper.pk).first()


def _given(other: Paper) -> NumberGiven:
    told = {"number": other.full_number, "day": shown_day(other.issued_on), "about": other.about}
    return NumberGiven(
        {
            "number": _("%(number)s was given on %(day)s to “%(about)s”: once a year. Look it up"
                        " in the book of outgoing documents and enter the right number.") % told
        }
    )  # fmt: skip


def _cited(paper: Paper, by, now):
    """The fields of decree 30/2020, Phụ lục VI, for whatever rests on the document."""
    drawn = drawn_of(paper)
    kind = kind_of(paper.kind)
    return add_document(
        kind=kind.document_kind if kind else "other", number=paper.full_number,
        issued_on=paper.issued_on, issuer=paper.issuer, place=paper.place,
        signer=drawn.signing.name, signer_title=title_of(drawn.signing)[:120],
        subject=paper.about, details={"recipients": "; ".join(drawn.recipients)[:1000]},
        by=by, now=now,
    )  # fmt: skip


def _keep_docx(paper: Paper, by, now) -> None:
    upload = SimpleUploadedFile(file_name(paper, "docx"), docx_of(paper))
    stored = store_file(upload=upload, by=by, allow=("word",), now=now)
    PaperFile.objects.create(
        paper=paper, kind=PaperFile.Kind.DOCX, file=stored, revision=paper.revision, issued=True,
        made_by=by, made_at=now,
    )  # fmt: skip
