"""Documents about several records at once: Word files in one archive, or one file to print."""

import io
import zipfile

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.kit.text import fold
from cncd.foundation.people.access import allow
from cncd.results.paperwork import actions, documents
from cncd.results.paperwork.layout.joining import joined
from cncd.results.paperwork.views.entering import kind_or_404
from cncd.results.paperwork.views.reading import DOCX

MOST = 60


@require_POST
@allow("papers.draw")
def draw_many(request, kind):
    """Draws up what is missing of the chosen rows; gives all as one archive, or in one file."""
    found = kind_or_404(kind)
    chosen = list(dict.fromkeys(request.POST.getlist("row")))
    if not chosen:
        return _back(request, _("Tick at least one row first."))
    if len(chosen) > MOST:
        return _back(request, _("At most %(n)d at a time. Tick fewer rows.") % {"n": MOST})
    try:
        papers = actions.draw_papers(kind=kind, subjects=chosen, by=request.user)
    except ValidationError as refusal:
        return _back(request, refusal.messages[0])
    except PermissionDenied:
        told = _("One of the rows ticked belongs to another unit. Tick only those of your own.")
        return _back(request, told)
    if "together" in request.POST and found.template == documents.CERTIFICATE:
        if len({documents.template_of(paper) for paper in papers}) > 1:
            return _back(request, _("Those ticked are on different templates. Take them apart."))
        return _given(found, joined(map(documents.word_of, papers)), DOCX, "docx")
    return _given(found, _archive(papers), "application/zip", "zip")


def _given(kind, content: bytes, media_type: str, ending: str):
    response = HttpResponse(content, content_type=media_type)
    name = f"{fold(str(kind.label)).replace(' ', '-')}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _back(request, refusal: str):
    """To the page with the boxes, which says why nothing was made."""
    messages.error(request, refusal)
    address = request.POST.get("next", "")
    ours = address[:1] == "/" and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return redirect(address if ours else "paperwork:list")


def _archive(papers) -> bytes:
    """One Word file for each, named after what it is about."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, paper in enumerate(papers, 1):
            plain = fold(paper.subject_label).replace(" ", "-")
            name = "".join(sign for sign in plain if sign.isalnum() or sign == "-")
            archive.writestr(f"{number:02d}-{name[:60]}.docx", documents.word_of(paper))
    return held.getvalue()
