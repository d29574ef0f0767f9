"""The directives one sees: given by us, asked of us, given in our area."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Place, PlaceIndex
from cncd.work.directives.lists import DirectiveList
from cncd.work.directives.models import Directive, Obligation
from cncd.work.directives.queries.lines import directive_lines


@allow("directives.view")
def directives(request):
    """Who gave what to whom, and how far it has come, for the unit in sight."""
    scope = request.scope
    rows = directive_lines(_in_sight(request), request.user, scope.today)
    may_give = request.user.can("directives.give")
    first = (reverse("directives:new"), gettext("Write the first directive →"))
    context = {"may_give": may_give, "first_step": first if may_give else None}
    return DirectiveList(request, rows, context=context).response()


def _in_sight(request):
    """Given at the unit in sight or below it, or asking something there."""
    found = Directive.objects.visible_to(request.user)
    place, day = request.scope.place, request.scope.today
    if place is None:
        return found
    below = Place.objects.reached_from([place.pk], day).values("pk")
    asked = Obligation.objects.filter(
        Q(place__in=below) | Q(team__index__place=place.pk, team__index__until_on=None)
    )
    above = PlaceIndex.objects.on(day).filter(place=place, inherited=False).values("ancestor")
    here = Q(place__in=below) | (Q(place__in=above) & Q(pk__in=asked.values("directive")))
    return found.filter(here)
