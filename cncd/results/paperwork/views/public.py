"""Pages for whoever holds a document: is it ours, unchanged, still in force, rightly signed?

They show what stands on the head of the paper and nothing else: no figure, no name of a person.
An uploaded file is read once and never kept.
"""

import hashlib

from allauth.decorators import rate_limit
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from cncd.foundation.people.access import allow, public
from cncd.results.paperwork import queries
from cncd.results.paperwork.forms import CodeForm, CompareForm, VerifyForm
from cncd.results.paperwork.models import TrustedRoot
from cncd.results.paperwork.rules import codes
from cncd.results.paperwork.signatures import (
    BrokenSignature,
    Encrypted,
    NotAPdf,
    signatures_of,
)
from cncd.results.paperwork.wording_of_states import STATES, TONES

MOST_BYTES = 20_000_000
FAULTS = {
    NotAPdf: _("The PDF is damaged and cannot be read. Ask for the file again."),
    Encrypted: _("The PDF is locked with a password, so it cannot be checked. Ask the sender for"
                 " a copy without a password."),
    BrokenSignature: _("The PDF can be read, but its signature is damaged: it proves nothing. Ask"
                       " the sender for the file again."),
}  # fmt: skip


@public
@never_cache
@rate_limit(action="paper_lookup", limit_get=True)
def find(request):
    """Leads from the code on a paper to its page."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = codes.read(form.cleaned_data["code"])
        if code and queries.confirmation_of(code):
            return redirect("paperwork:confirm", code)
        form.add_error("code", _("No document bears this code. Compare it with the paper again."))
    return render(request, "paperwork/find.html", {"form": form})


@public
@never_cache
@rate_limit(action="paper_lookup", limit_get=True)
def confirm(request, code):
    """Whether the document is ours and in force; whether a file in hand is the one issued."""
    found = queries.confirmation_of(codes.read(code))
    if found is None:
        raise Http404(code)
    form = CompareForm(request.POST or None, request.FILES or None)
    answer = None
    if request.method == "POST" and form.is_valid():
        answer = _compared(form, found)
    state = found.paper.state
    context = {
        "found": found, "paper": found.paper, "code": codes.shown(found.paper.code), "form": form,
        "state": STATES[state], "tone": TONES[state], "answer": answer,
    }  # fmt: skip
    return render(request, "paperwork/confirm.html", context)


@allow("papers.view")
@never_cache
def verify(request):
    """Who signed a PDF, when, whether it is untouched and the signer trusted."""
    form = VerifyForm(request.POST or None, request.FILES or None)
    found = None
    if request.method == "POST" and form.is_valid():
        roots = TrustedRoot.objects.values_list("certificate", flat=True)
        try:
            found = signatures_of(form.cleaned_data["file"].content, roots)
        except NotAPdf as fault:
            form.add_error("file", FAULTS[type(fault)])
    context = {"form": form, "signatures": found}
    return render(request, "paperwork/verify.html", context)


def _compared(form, found) -> str:
    """“same”, “other” or “none” (nothing was issued yet); a file too large stands at its field."""
    upload = form.cleaned_data["file"]
    if upload.size > MOST_BYTES:
        form.add_error("file", _("The file is larger than 20 MB."))
        return ""
    issued = queries.issued_digests(found.paper)
    if not issued:
        return "none"
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return "same" if digest.hexdigest() in issued else "other"
