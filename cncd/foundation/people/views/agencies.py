"""Agencies: the list, one agency, founding, renaming, replacing; and who may do what."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people import actions, agency_page, authority, queries
from cncd.foundation.people.access import allow
from cncd.foundation.people.forms import agencies as forms
from cncd.foundation.people.lists import AgencyList
from cncd.foundation.people.models import Agency
from cncd.foundation.people.views.answers import Paper


def _agency(request, pk):
    """An agency at a place where this officer may change agencies."""
    reach = authority.reach(request.user, permission="agencies.change")
    return get_object_or_404(Agency.objects.filter(place__in=reach), pk=pk)


@allow("agencies.view")
def agencies(request):
    """The agencies within the unit in sight."""
    found = agency_page.agencies_of(request.user, request.scope.place, request.scope.today)
    context = {"may_change": request.user.can("agencies.change")}
    return AgencyList(request, found, context=context).response()


@allow("agencies.view")
def agency(request, pk):
    """One agency: its names over time, who came before and after, its officers."""
    found = get_object_or_404(Agency.objects.visible_to(request.user), pk=pk)
    context = agency_page.context(found, request.user, request.scope.today)
    return render(request, "people/agency.html", context)


@allow("agencies.change")
def found(request):
    """A new agency."""
    places = authority.reach(request.user, permission="agencies.change").alive(request.scope.today)
    places = places.exclude(level__code="hamlet").distinct()
    form = forms.FoundForm(
        request.POST or None, places=places, day=request.scope.today,
        initial={"place": request.scope.place},
    )  # fmt: skip
    paper = Paper(request, request.scope.place)

    if new := paper.saved(form, actions.create_agency):
        say_done(request, _("The agency is added."))
        return redirect("people:agency", new.pk)
    return paper.page(
        form,
        title=_("Add an agency"),
        back="/agencies/",
    )


@allow("agencies.change")
def rename(request, pk):
    """Another name from a day on."""
    agency = _agency(request, pk)
    form, paper = forms.RenameForm(request.POST or None), Paper(request, agency.place)

    if paper.saved(form, actions.rename_agency, agency=agency):
        say_done(request, _("The new name is saved; the old one stays true for the days before."))
        return redirect("people:agency", pk)
    return paper.page(
        form,
        title=_("Rename the agency"),
        intro=str(agency),
        back=f"/agencies/{pk}/",
    )


@allow("agencies.change")
def succeed(request, pk):
    """Ends this agency; another one takes over."""
    agency = _agency(request, pk)
    others = agency_page.takers(agency, request.user, request.scope.today)
    form = forms.SucceedForm(request.POST or None, agencies=others, day=request.scope.today)
    paper = Paper(request, agency.place)

    if paper.saved(form, actions.succeed_agency, old=[agency]):
        say_done(request, _("The succession is saved."))
        return redirect("people:agency", pk)
    return paper.page(
        form,
        title=_("Another agency takes over"),
        intro=str(agency),
        back=f"/agencies/{pk}/",
    )


@allow("account.own")
def rights(request):
    """Who may do what: every permission in words, and the roles that hold it."""
    return render(request, "people/rights.html", {"rights": queries.rights(request.user)})
