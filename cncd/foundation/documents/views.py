"""The list of cited documents, one document and what rests on it, adding and correcting."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cncd.foundation.documents import actions, queries
from cncd.foundation.documents.forms import DetailsForm, DocumentForm
from cncd.foundation.documents.lists import DocumentList
from cncd.foundation.documents.models import Document
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow


@allow("documents.view")
def documents(request):
    """Decisions, plans and other documents that something here rests on."""
    found = Document.objects.visible_to(request.user).select_related("file")
    context = {"may_add": request.user.can("documents.change")}
    return DocumentList(request, found, context=context).response()


@allow("documents.view")
def document(request, pk):
    """One document, its file, what rests on it, and its history."""
    found = get_object_or_404(
        Document.objects.visible_to(request.user).select_related("file", "place"), pk=pk
    )
    context = {
        "document": found,
        "details": queries.details(found),
        "uses": queries.uses(found, request.user),
        "may_change": request.user.can("documents.change", place=found.place),
        "may_direct": request.user.can("directives.give"),
    }
    return render(request, "documents/document.html", context)


@allow("documents.change")
def add(request):
    """A new document of the unit in sight."""
    place = request.scope.place
    form = DocumentForm(request.POST or None, request.FILES or None, place=place)
    details = DetailsForm(request.POST or None)
    if request.method == "POST" and all([form.is_valid(), details.is_valid()]):
        try:
            kept = form.add(by=request.user, details=details.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            say_done(request, _("%(document)s was saved.") % {"document": kept})
            return redirect(kept)
    context = {"form": form, "details": details, "title": _("Add a document"), "back": "../"}
    return render(request, "documents/form.html", context)


@allow("documents.change")
def change(request, pk):
    """Corrects what was written about a document."""
    found = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    if not request.user.can("documents.change", place=found.place):
        raise PermissionDenied
    form = DocumentForm(request.POST or None, request.FILES or None, document=found)
    details = DetailsForm(request.POST or None, document=found)
    if request.method == "POST" and all([form.is_valid(), details.is_valid()]):
        changes = form.fields_of_document | details.cleaned_data
        if not changes["file"]:
            del changes["file"]
        try:
            actions.change_document(document=found, by=request.user, **changes)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            say_done(request, _("%(document)s was saved.") % {"document": found})
            return redirect(found)
    context = {"form": form, "details": details, "title": _("Correct the document")}
    return render(request, "documents/form.html", context | {"back": found.get_absolute_url()})
