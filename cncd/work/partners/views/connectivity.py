"""Signal and lines of the hamlets in sight, the dead spots, and one of them."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cncd.foundation.people import authority
from cncd.foundation.people.access import allow
from cncd.foundation.places import queries as places
from cncd.foundation.places.models import Place
from cncd.team.teams.authority import places_in_reach
from cncd.work.partners.actions.connectivity import NOTE, may_note
from cncd.work.partners.connectivity_forms import CheckForm
from cncd.work.partners.connectivity_lists import BEST, AskList, GapList, HamletList
from cncd.work.partners.models import Gap, Noting
from cncd.work.partners.models.connectivity import VIEW
from cncd.work.partners.queries import connectivity_of, of_hamlets
from cncd.work.partners.queries.connectivity import OfHamlet
from cncd.work.partners.queries.gaps import waiting


@dataclass
class Row:
    """A hamlet with what is known of it."""

    pk: int
    name: str
    sort_key: str
    unit: str
    unit_key: str
    told: OfHamlet

    @property
    def page(self) -> str:
        return reverse("partners:hamlet", args=[self.pk])

    @property
    def gaps_page(self) -> str:
        return f"{reverse('partners:gaps')}?u={self.pk}"

    @property
    def lines(self) -> list[str]:
        """The operators, one a line."""
        return [f"{name}: {BEST[how]}" for name, how in self.told.signals.items()]


def hamlets_in_sight(request, permission=VIEW):
    """Hamlets of the unit in sight that the person sees, or may note."""
    day = request.scope.today
    found = Place.objects.at_level("hamlet").alive(day)
    found = found.filter(pk__in=places_in_reach(request.user, permission, day))
    if request.scope.place is not None:
        found = found.within([request.scope.place.pk], day)
    return found.distinct()


def rows_of(hamlets, day) -> list[Row]:
    """Each hamlet with its unit and what is known, in Vietnamese order."""
    ids = [each.pk for each in hamlets]
    names, told = places.names(ids, day), of_hamlets(ids, day)
    above = places.names({each.parent_id for each in names.values()}, day)
    return [
        Row(pk, name.full_name, name.sort_key, above[name.parent_id].full_name,
            above[name.parent_id].sort_key, told[pk])
        for pk, name in names.items()
    ]  # fmt: skip


@allow("connectivity.view")
def listed(request):
    """How the hamlets of the unit in sight are connected (IV.5)."""
    place, day = request.scope.place, request.scope.today
    rows = rows_of(hamlets_in_sight(request), day)
    context = {
        "sum": connectivity_of([place], day)[place.pk] if place else None,
        "unanswered": _seen_gaps(request).unanswered(day).count(),
        "may_note": request.user.can(NOTE),
        "may_see": request.user.can("registers.view"),
    }
    return HamletList(request, rows, context=context).response()


@allow("connectivity.view")
def hamlet(request, pk):
    """One hamlet: what is known today, its dead spots, and everything noted, by date."""
    day = request.scope.today
    seen = places_in_reach(request.user, VIEW, day).filter(level__code="hamlet")
    found = get_object_or_404(seen.select_related("level"), pk=pk)
    [row] = rows_of([found], day)
    notings = Noting.objects.filter(place=found).prefetch_related("signals__operator")
    context = {
        "row": row,
        "notings": notings.select_related("recorded_by__person"),
        "gaps": waiting(Gap.objects.standing().filter(place=found), day),
        "may_note": may_note(request.user, found, day),
    }
    return render(request, "partners/hamlet.html", context)


@allow("connectivity.view")
def gaps(request):
    """Dead spots of the unit in sight, what waits longest first."""
    day, rows = request.scope.today, _seen_gaps(request).standing()
    if request.GET.get("state") != Gap.State.COVERED:
        rows = rows.open()
    context = {
        "may_note": request.user.can(NOTE),
        "may_see": request.user.can("registers.view"),
    }
    return GapList(request, waiting(rows, day), context=context).response()


def _seen_gaps(request):
    rows, place = Gap.objects.visible_to(request.user), request.scope.place
    if place is None:
        return rows
    return rows.filter(place__in=Place.objects.reached_from([place.pk], request.scope.today))


@allow("partners.own")
def asks(request):
    """Dead spots the own enterprise is asked to close: answer, then do what was said."""
    day = request.scope.today
    rows = Gap.objects.standing().filter(agency__in=authority.own_agencies(request.user))
    if request.GET.get("state") != Gap.State.COVERED:
        rows = rows.open()
    return AskList(request, waiting(rows, day), context={"is_asked": True}).response()


@allow("connectivity.view")
def gap(request, pk):
    """One dead spot: whom it waits for, since when, what was answered, whether it is closed."""
    return _gap_page(request, Gap.objects.visible_to(request.user), pk, "partners:gaps")


@allow("partners.own")
def asked(request, pk):
    """The same for the enterprise that is asked, whatever else it may see of the place."""
    own = Gap.objects.filter(agency__in=authority.own_agencies(request.user))
    return _gap_page(request, own, pk, "partners:asks")


def _gap_page(request, rows, pk, back: str):
    user, day = request.user, request.scope.today
    found = get_object_or_404(rows.select_related("place__level", "recorded_by"), pk=pk)
    open_ = found.withdrawn_at is None and found.state != Gap.State.COVERED
    own = found.agency_id in authority.own_agencies(user)
    [row] = waiting([found], day)
    may = may_note(user, found.place, day)
    context = {
        "row": row, "gap": found, "form": CheckForm(), "back": back,
        "may_ask": open_ and user.can("partners.change", place=found.place),
        "may_answer": open_ and own and user.can("partners.own"),
        "may_check": may and found.withdrawn_at is None,
        "may_restore": may and found.withdrawn_at is not None,
    }  # fmt: skip
    return render(request, "partners/gap.html", context)
