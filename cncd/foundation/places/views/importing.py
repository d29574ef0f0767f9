"""Whole files: hamlets, reorganisations, boundaries."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.foundation.places.actions import load_boundaries
from cncd.foundation.places.forms import BoundariesForm
from cncd.foundation.places.imports import HamletImport, ReorganisationImport
from cncd.foundation.places.outlines import read_outlines
from cncd.foundation.places.views.reaching import changeable
from cncd.foundation.places.views.writing import address, done


@allow("hamlets.change")
def hamlets_import(request, pk=None):
    """Hamlets from Excel: of one unit, or of everything in reach."""
    place = changeable(request, pk, "hamlets.change") if pk else None
    return HamletImport(request, place=place, back=address(place)).response()


@allow("places.change")
def reorganisation_import(request):
    """A list of mergers, splits and abolitions."""
    return ReorganisationImport(request, back=reverse("places:list")).response()


@allow("places.change")
def boundaries_upload(request):
    """Outlines for the maps, from a GeoJSON file."""
    form = BoundariesForm(request.POST or None, request.FILES or None)
    count = []

    def store(_document):
        data = dict(form.cleaned_data)
        outlines = read_outlines(data.pop("file"))
        count.append(load_boundaries(outlines=outlines, by=request.user, **data))

    if done(request, form, store):
        say_done(request, _("Boundaries of %(count)s units were stored.") % {"count": count[0]})
        return HttpResponseRedirect(reverse("places:list"))
    context = {
        "form": form,
        "title": _("Boundaries for the maps"),
        "intro": _("Without boundaries the maps show units by their position, which works too."),
        "submit": _("Store the boundaries"),
        "back": reverse("places:list"),
    }
    return render(request, "kit/form_page.html", context)
