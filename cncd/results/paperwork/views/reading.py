"""The list of documents, one document, and its Word file."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cncd.foundation.people.access import allow
from cncd.results.paperwork import documents, office, queries
from cncd.results.paperwork.lists import PaperList
from cncd.results.paperwork.models import Paper, PaperFile
from cncd.results.paperwork.preview import sheet_of
from cncd.results.paperwork.registry import kind_of
from cncd.results.paperwork.rules import codes
from cncd.results.paperwork.views.entering import follow_up_of, may_number, may_write, seen
from cncd.results.paperwork.wording_of_states import PROBLEMS, STATES, TONES

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@allow("papers.view")
def listed(request):
    """Documents drawn up by the units and teams in reach."""
    rows = Paper.objects.visible_to(request.user).select_related("drawn_by__person")
    return PaperList(request, rows).response()


@allow("papers.view")
def paper(request, pk):
    """One document: its words, its figures and where they come from, its files, what comes next."""
    found = seen(request, pk)
    run = found.runs.first()
    kind = kind_of(found.kind)
    context = {
        "paper": found,
        "sheet": sheet_of(found),
        "figures": queries.figures_of(found, request.user),
        "files": found.files.select_related("file", "made_by__person"),
        "run": run if run and run.revision == found.revision else None,
        "going_on": bool(run) and run.is_going_on and run.revision == found.revision,
        "problem": PROBLEMS.get(run.problem, "") if run else "",
        "has_pdf": found.files.filter(kind=PaperFile.Kind.PDF, revision=found.revision).exists(),
        "office": bool(office.program()),
        "subject": kind and kind.about(found.subject_id, request.user),
        "state": STATES[found.state], "tone": TONES[found.state],
        "code": codes.shown(found.code), "public": documents.public_address(found),
        "follow_up": follow_up_of(found),
        "may_write": may_write(request.user, found), "may_number": may_number(request.user, found),
    }  # fmt: skip
    return render(request, "paperwork/paper.html", context)


@require_safe
@allow("papers.view")
def word(request, pk):
    """The Word file: of a numbered document the one that was issued, of a draft the one of now."""
    found = seen(request, pk)
    issued = found.files.filter(kind=PaperFile.Kind.DOCX, issued=True).select_related("file")
    if kept := issued.first():
        content = kept.file.content.open("rb")
        return FileResponse(content, as_attachment=True, filename=kept.file.name, content_type=DOCX)
    response = HttpResponse(documents.docx_of(found), content_type=DOCX)
    name = documents.file_name(found, "docx")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
