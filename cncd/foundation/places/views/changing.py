"""Beginning, changing, ending a place, and taking the latest change back."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.kit.figures import day as shown
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.foundation.places.actions import change_place, create_place, end_place, undo_change
from cncd.foundation.places.forms import (
    ChangePlaceForm,
    CitedForm,
    EndForm,
    NewPlaceForm,
    ReasonForm,
)
from cncd.foundation.places.models import Place, PlaceVersion
from cncd.foundation.places.rules import next_hamlet_code
from cncd.foundation.places.views.reaching import changeable
from cncd.foundation.places.views.writing import address, done


@allow("hamlets.change")
def new_place(request):
    """A unit that begins under another one (`?under=`)."""
    parent = _parent(request)
    form = NewPlaceForm(request.POST or None, parent=parent)
    cited = CitedForm(request.POST or None, place=parent)
    made = []
    if done(request, form, lambda doc: made.append(_create(form, request, doc)), cited=cited):
        say_done(request, _("%(place)s was added.") % {"place": made[0]})
        return HttpResponseRedirect(address(made[0]))
    title = _("New unit under %(place)s") % {"place": parent} if parent else _("New unit")
    context = {"form": form, "cited": cited, "title": title, "submit": _("Add the unit")}
    return render(request, "places/form.html", context | {"back": address(parent)})


def _parent(request) -> Place | None:
    asked = request.GET.get("under", "")
    if not asked.isdecimal() or len(asked) > 18:
        return None
    return get_object_or_404(Place.objects.visible_to(request.user), pk=asked)


def _create(form, request, document) -> Place:
    data = dict(form.cleaned_data)
    data["code"] = data["code"] or _local_code(data["parent"])
    return create_place(**data, document=document, by=request.user)


def _local_code(parent: Place | None) -> str:
    if parent is None:
        return ""
    code = parent.versions.get(is_last=True).code
    taken = PlaceVersion.objects.filter(code__startswith=f"{code}.").values_list("code", flat=True)
    return next_hamlet_code(code, taken)


@allow("hamlets.change")
def place_change(request, pk):
    """A new name, code, type, position or parent, from a day on."""
    place = changeable(request, pk)
    last = place.versions.select_related("kind", "place__level", "parent__level").get(is_last=True)
    form = ChangePlaceForm(request.POST or None, version=last)
    cited = CitedForm(request.POST or None, place=last.parent)

    def change(document):
        change_place(place=place, document=document, by=request.user, **form.changes())

    if done(request, form, change, cited=cited):
        undo = reverse("places:undo", args=[place.pk])
        say_done(request, _("The change to %(place)s was recorded.") % {"place": place}, undo=undo)
        return HttpResponseRedirect(address(place))
    intro = _("The present entry has held since %(day)s; what was before stays readable.")
    context = {"form": form, "cited": cited, "back": address(place)}
    context["title"] = _("Change %(place)s") % {"place": last.full_name}
    context["intro"] = intro % {"day": shown(last.since_on)}
    return render(request, "places/form.html", context)


@allow("hamlets.change")
def place_end(request, pk):
    """Ends a unit nothing succeeds."""
    place = changeable(request, pk)
    form = EndForm(request.POST or None)
    if done(
        request, form, lambda _doc: end_place(place=place, by=request.user, **form.cleaned_data)
    ):
        undo = reverse("places:undo", args=[place.pk])
        say_done(request, _("%(place)s has ended.") % {"place": place}, undo=undo)
        return HttpResponseRedirect(address(place))
    context = {
        "form": form,
        "title": _("End %(place)s") % {"place": place},
        "question": _("Only for a unit that no other one takes over. Otherwise record a merger."),
        "submit": _("End the unit"),
        "danger": True,
        "back": address(place),
    }
    return render(request, "kit/confirm.html", context)


@allow("hamlets.change")
def place_undo(request, pk):
    """Takes back the latest change of a unit."""
    place = changeable(request, pk)
    last = place.versions.select_related("kind", "parent").get(is_last=True)
    form = ReasonForm(request.POST or None)
    # The button beside "Saved." posts nothing: whoever just did it needs no reason to take it back.
    form.fields["reason"].required = "reason" in request.POST or request.method != "POST"

    def undo(_document):
        undo_change(place=place, by=request.user, reason=form.cleaned_data["reason"])

    form.is_bound = request.method == "POST"
    if done(request, form, undo):
        say_done(request, _("The latest change was taken back."))
        return HttpResponseRedirect(address(place if place.pk else last.parent))
    question = _("The entry since %(day)s is removed and the one before it holds again.")
    context = {"form": form, "submit": _("Take it back"), "danger": True, "back": address(place)}
    context["title"] = _("Take back the latest change of %(place)s") % {"place": last.full_name}
    context["question"] = question % {"day": shown(last.since_on)}
    return render(request, "kit/confirm.html", context)
