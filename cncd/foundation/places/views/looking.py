"""Pages that only look: the list, one place, suggestions while typing."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cncd.foundation.people.access import allow
from cncd.foundation.places import queries
from cncd.foundation.places.fields import labels
from cncd.foundation.places.lists import PlaceList, listed, places_under
from cncd.foundation.places.models import Place, PlaceVersion, Succession
from cncd.foundation.places.rules import HAMLET
from cncd.foundation.places.views.reaching import may_change, named
from cncd.foundation.places.views.reading import readings

EVERYWHERE = "all"
SUGGESTED = 12


@allow("places.view")
def place_list(request):
    """Units under the one in the scope (or `?under=`), or all there are."""
    day = request.scope.day
    under = _under(request)
    rows = listed(places_under(under, day), day)
    has_any = Place.objects.exists()
    steps = {} if has_any else {"first_step": (reverse("places:new"), _("Add the first unit →"))}
    context = steps | {
        "under": under and named(under, day),
        "day": day,
        "may_change": request.user.can("places.change"),
        "may_import": request.user.can("hamlets.change"),
    }
    return PlaceList(request, rows, day=day, context=context).response()


def _under(request) -> Place | None:
    asked = request.GET.get("under", "")
    if asked == EVERYWHERE:
        return None
    if asked.isdecimal() and len(asked) < 18:
        return get_object_or_404(Place.objects.visible_to(request.user), pk=asked)
    return request.scope.place


@allow("places.view")
def choose(request):
    """Suggestions for a text box; opened by itself it is the search page of the list."""
    field = request.GET.get("field", "q")
    text = request.GET.get(field, "").strip()[:200]
    if "HX-Request" not in request.headers:
        query = urlencode({"under": EVERYWHERE, "q": text, "level": request.GET.get("level", "")})
        return HttpResponseRedirect(f"{reverse('places:list')}?{query}")
    found = []
    if len(text) > 1:
        level = request.GET.get("level") or None
        found = list(queries.search_places(text, request.scope.today, level)[:SUGGESTED])
    offered = labels(found, request.scope.today)
    return render(
        request, "places/suggestions.html", {"offered": [offered[place.pk] for place in found]}
    )


@allow("places.view")
def place_page(request, pk):
    """What a place is called and where it stands, over time."""
    day = request.scope.day
    found = get_object_or_404(Place.objects.visible_to(request.user), pk=pk)
    place = named(found, day)
    known_on = queries.last_day_known(place, day)
    units = queries.children(place, known_on)
    context = {
        "place": place,
        "day": day,
        "known_on": known_on,
        "trail": queries.ancestors(place, day),
        "versions": _versions(place),
        "units": units[:200],
        "coming": _coming(place, known_on),
        "came_from": _successions(new=place),
        "went_to": _successions(old=place),
        "settings": readings(queries.setting_rows(place, known_on), place),
        "has_outline": bool(queries.boundaries([place.pk], known_on)),
        "last": place.versions.select_related("parent").get(is_last=True),
        "may_change": may_change(request.user, place),
        "may_reorganise": may_change(request.user, place, "places.change"),
        "may_add": may_change(request.user, place, "hamlets.change") and place.level.code != HAMLET,
    }
    return render(request, "places/place.html", context)


def _versions(place: Place) -> list[PlaceVersion]:
    """Newest first; each with what its parent was called then."""
    rows = list(place.versions.select_related("kind", "document").order_by("-since_on"))
    for row in rows:
        above = queries.names([row.parent_id], row.since_on) if row.parent_id else {}
        row.above = above.get(row.parent_id)
    return rows


def _coming(place: Place, day) -> list[PlaceVersion]:
    """Units that come to stand under it later."""
    rows = PlaceVersion.objects.filter(parent=place, since_on__gt=day)
    now = queries.children(place, day).values("pk")
    return list(rows.exclude(place__in=now).select_related("kind").order_by("since_on")[:50])


def _successions(**side) -> list[Succession]:
    """Successions on one side of a place, with the names both had around that day."""
    rows = list(Succession.objects.filter(**side).select_related("document"))
    ids = {pk for row in rows for pk in (row.old_id, row.new_id)}
    versions = PlaceVersion.objects.filter(place__in=ids).select_related("kind")
    for row in rows:
        mine = [v for v in versions if v.place_id in (row.old_id, row.new_id)]
        row.old_name = next(
            (v for v in mine if v.place_id == row.old_id and v.since_on < row.on), None
        )
        row.new_name = next(
            (v for v in mine if v.place_id == row.new_id and v.holds_on(row.on)), None
        )
    return rows
