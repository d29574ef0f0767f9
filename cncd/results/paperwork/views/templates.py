"""Templates of documents: the packaged ones to take, an office's own to bring."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.results.paperwork import actions
from cncd.results.paperwork.forms import TemplateForm
from cncd.results.paperwork.layout.rendering import packaged_template
from cncd.results.paperwork.lists import TemplateList
from cncd.results.paperwork.models import PaperTemplate
from cncd.results.paperwork.registry import kinds
from cncd.results.paperwork.views.entering import kind_or_404
from cncd.results.paperwork.views.reading import DOCX


@allow("papers.templates")
def listed(request):
    """Every kind of document, and whether the office in sight has a template of its own."""
    own = {row.kind: row for row in _own(request)}
    rows = [
        {
            "code": kind.code, "label": str(kind.label), "template": own.get(kind.code),
            "own": _standing(own.get(kind.code)),
            "added_at": own[kind.code].added_at if kind.code in own else None,
        }
        for kind in kinds().values()
    ]  # fmt: skip
    return TemplateList(request, rows).response()


@allow("papers.templates")
def template(request, kind):
    """One kind: take the packaged template, bring an own one; errors say what to mend."""
    found = kind_or_404(kind)
    form = TemplateForm(request.POST or None, request.FILES or None)

    def act():
        return actions.add_template(
            kind=kind, place=request.scope.place, upload=form.cleaned_data["file"], by=request.user
        )

    if done(request, act, form):
        say_done(request, _("From now on documents of this kind are drawn on your template."))
        return redirect("paperwork:template", kind)
    own = _own(request).filter(kind=kind).first()
    context = {
        "form": form, "kind": found, "title": found.label, "own": own,
        "to_mend": own and actions.to_mend(own), "unit": request.scope.place,
    }  # fmt: skip
    return render(request, "paperwork/template.html", context)


@require_safe
@allow("papers.templates")
def packaged(request, kind):
    """The packaged template as a Word file."""
    name = kind_or_404(kind).template
    response = HttpResponse(packaged_template(name), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="mau-{name}.docx"'
    return response


@require_POST
@allow("papers.templates")
def end(request, kind):
    """Gives the own template up."""
    if own := _own(request).filter(kind=kind).first():
        actions.end_template(template=own, by=request.user)
        say_done(request, _("Documents of this kind are drawn on the packaged template again."))
    return redirect("paperwork:template", kind)


def _standing(own: PaperTemplate | None) -> str:
    """An own template may need mending after an upgrade of the program."""
    if own is None:
        return _("Packaged template")
    return _("Own template, to be mended") if actions.to_mend(own) else _("Own template")


def _own(request):
    rows = PaperTemplate.objects.visible_to(request.user).in_force()
    return rows.filter(place=request.scope.place).select_related("file", "place")
