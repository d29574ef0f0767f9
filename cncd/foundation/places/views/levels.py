"""The levels of administration and the types of unit of each: read by all, kept by a few."""

from django.db.models import Count, Prefetch
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.foundation.places.actions import add_kind, change_kind, change_level
from cncd.foundation.places.level_forms import KindForm, LevelForm, NewKindForm
from cncd.foundation.places.models import Level, Place, PlaceKind
from cncd.foundation.places.views.writing import done


@allow("places.view")
def levels(request):
    """Each level with its types of unit, and how many units it has today."""
    kinds = PlaceKind.objects.order_by("name")
    rows = list(Level.objects.prefetch_related(Prefetch("placekind_set", queryset=kinds)))
    alive = Place.objects.alive(request.scope.today).values("level").annotate(n=Count("pk"))
    counts = dict(alive.order_by().values_list("level", "n"))
    context = {
        "levels": [(level, counts.get(level.pk, 0)) for level in rows],
        "may_change": request.user.can("places.change"),
    }
    return render(request, "places/levels.html", context)


@allow("places.change")
def level_change(request, code):
    """What a level is called."""
    level = get_object_or_404(Level, code=code)
    form = LevelForm(request.POST or None, initial={"name": level.name, "name_en": level.name_en})

    def run(_document):
        change_level(level=level, by=request.user, **form.cleaned_data)

    return _answer(request, form, run, _("Level of administration: %(name)s") % {"name": level})


@allow("places.change")
def new_kind(request):
    """One more type of unit."""
    form = NewKindForm(request.POST or None)

    def run(_document):
        add_kind(by=request.user, **form.cleaned_data)

    return _answer(request, form, run, _("Add a type of unit"))


@allow("places.change")
def kind_change(request, code):
    """How a type of unit is written."""
    kind = get_object_or_404(PlaceKind.objects.select_related("level"), code=code)
    form = KindForm(
        request.POST or None, initial={"name": kind.name, "short_name": kind.short_name}
    )

    def run(_document):
        change_kind(kind=kind, by=request.user, **form.cleaned_data)

    return _answer(request, form, run, _("Type of unit: %(name)s") % {"name": kind})


def _answer(request, form, run, title: str):
    """Shows the form; once it is sent and right, goes back to the levels."""
    back = reverse("places:levels")
    if done(request, form, run):
        say_done(request, _("Recorded."))
        return HttpResponseRedirect(back)
    return render(request, "kit/form_page.html", {"form": form, "title": title, "back": back})
