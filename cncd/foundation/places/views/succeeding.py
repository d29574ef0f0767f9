"""Merging, dividing, transferring, abolishing: fill in, look at what it touches, confirm."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.foundation.places.actions import succeed_places, undo_succession
from cncd.foundation.places.actions.undoing import together
from cncd.foundation.places.forms import CitedForm, ReasonForm
from cncd.foundation.places.models import Succession
from cncd.foundation.places.succession_forms import Asked, asked_for
from cncd.foundation.places.views.reaching import changeable
from cncd.foundation.places.views.writing import address, done

PERMISSION = "places.change"


@allow("places.change")
def succession(request, pk, kind):
    """A reorganisation that starts from one unit, in two steps: what, then what it touches."""
    if kind not in Succession.Kind.values:
        raise Http404
    place = changeable(request, pk, PERMISSION)
    asked = asked_for(kind, place, request.POST or None)
    # No scan here: a file would not survive the second step. It is added on the document's page.
    cited = CitedForm(request.POST or None, place=None, with_file=False)
    context = {"asked": asked, "cited": cited, "place": place, "back": address(place)}
    filled = request.method == "POST" and asked.is_valid() & cited.is_valid()
    if not filled or "change" in request.POST:
        return render(request, "places/succession.html", context)
    if asked.wants_preview():
        return render(request, "places/succession_preview.html", context)
    if done(request, asked.form, lambda doc: _carry_out(asked, doc, request.user), cited=cited):
        say_done(request, _("The reorganisation was recorded."))
        return HttpResponseRedirect(address(asked.news[0]))
    return render(request, "places/succession.html", context)


def _carry_out(asked: Asked, document, by) -> None:
    made = succeed_places(**asked.arguments(), document=document, by=by)
    asked.news = [each.new for each in made]


@allow("places.change")
def succession_undo(request, pk):
    """Takes a whole reorganisation back."""
    found = get_object_or_404(Succession.objects.select_related("old__level", "new__level"), pk=pk)
    place = changeable(request, found.old_id, PERMISSION)
    form = ReasonForm(request.POST or None)

    def undo(_document):
        undo_succession(succession=found, by=request.user, **form.cleaned_data)

    group = together(found)
    if done(request, form, undo):
        say_done(request, _("The reorganisation was taken back."))
        return HttpResponseRedirect(address(place))
    context = {
        "form": form,
        "title": _("Take back the reorganisation of %(day)s") % {"day": f"{found.on:%d/%m/%Y}"},
        "consequences": [f"{each.old} → {each.new}" for each in group],
        "submit": _("Take it back"),
        "danger": True,
        "back": reverse("places:place", args=[place.pk]),
    }
    return render(request, "kit/confirm.html", context)
