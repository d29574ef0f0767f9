"""PDFs in the background: asked for on the page, made by a job, kept with the document."""

from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from cncd.foundation.files.actions import store_file
from cncd.foundation.journal.actions import record
from cncd.foundation.people import authority
from cncd.results.paperwork import office
from cncd.results.paperwork.documents import file_name, word_of
from cncd.results.paperwork.models import Paper, PaperFile, PdfRun

TOO_SLOW, NO_OFFICE, BROKEN = "slow", "none", "broken"


@transaction.atomic
def ask_pdf(*, paper: Paper, by, now=None) -> PdfRun:
    """Asks for a PDF of the document as it stands; one that waits or is being made is given back.

    Raises PermissionDenied.
    """
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    authority.require(by, "papers.view", place=paper.place, team=paper.team)
    known = paper.runs.filter(revision=paper.revision).first()
    if known and known.is_going_on:
        return known
    run = PdfRun.objects.create(
        paper=paper, revision=paper.revision, asked_by=by, asked_at=now or timezone.now()
    )
    record(event="paper.pdf_asked", subject=paper, by=by, place=paper.place, team=paper.team,
           now=now)  # fmt: skip
    transaction.on_commit(partial(_enqueue, run.pk))
    return run


def make_pdf(*, run: PdfRun, now=None) -> PaperFile | None:
    """Makes the PDF of a run and keeps it; a failure is written on the run, for its page.

    A run that has ended already is left alone, so that a job may come twice.
    """
    if run.ended_at:
        return None
    PdfRun.objects.filter(pk=run.pk).update(
        state=PdfRun.State.RUNNING, started_at=now or timezone.now()
    )
    paper = run.paper
    try:
        (content,) = office.pdfs_of([word_of(paper)])
    except office.NoOffice:
        return _end(run, NO_OFFICE)
    except office.NotConverted as failure:
        return _end(run, TOO_SLOW if "slow" in str(failure) else BROKEN)
    return _keep_pdf(run, content, now)


@transaction.atomic
def _keep_pdf(run: PdfRun, content: bytes, now) -> PaperFile:
    paper, by = run.paper, run.asked_by
    upload = SimpleUploadedFile(file_name(paper, "pdf"), content)
    stored = store_file(upload=upload, by=by, allow=("pdf",), now=now)
    kept = PaperFile.objects.create(
        paper=paper, kind=PaperFile.Kind.PDF, file=stored, revision=run.revision,
        issued=bool(paper.number), made_by=by, made_at=now or timezone.now(),
    )  # fmt: skip
    _end(run, "")
    record(event="paper.printed", subject=paper, by=by, place=paper.place, team=paper.team,
           now=now)  # fmt: skip
    return kept


def _end(run: PdfRun, problem: str) -> None:
    state = PdfRun.State.FAILED if problem else PdfRun.State.DONE
    PdfRun.objects.filter(pk=run.pk).update(state=state, problem=problem, ended_at=timezone.now())


def _enqueue(run_id: int) -> None:
    from cncd.results.paperwork.jobs import print_paper

    print_paper.enqueue(run_id)
