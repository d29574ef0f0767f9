"""Readiness of communes and districts (IV.1): what is in place before teams in every hamlet."""

from django.utils.translation import gettext as _

from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Place
from cncd.results.pilots.lists import ReadinessList
from cncd.results.pilots.queries import ready_communes, ready_districts
from cncd.results.pilots.rules.readiness import CONDITIONS
from cncd.results.pilots.wording import CONDITIONS as NAMES


@allow("pilots.view")
def readiness(request):
    """The communes of the unit in sight with their conditions; ?by=district adds them up."""
    scope = request.scope
    places = Place.objects.at_level("commune")
    if scope.place:
        places = places.within([scope.place.pk], scope.today)
    ids = places.alive(scope.today).order_by().values_list("pk", flat=True).distinct()
    rows = ready_communes(ids, scope.today)
    by_district = request.GET.get("by") == "district"
    whole = ready_districts(rows, scope.today)
    context = {
        "by_district": by_district,
        "sum": _sum(rows),
        "chart": [row for row in (whole if len(whole) > 1 else rows) if row.hamlets][:20],
        "conditions": [NAMES[name] for name in CONDITIONS],
        "may_plan": request.user.can("pilots.plan"),
        "unit": scope.unit_name if scope.place else _("All units in sight"),
    }
    return ReadinessList(request, whole if by_district else rows, context=context).response()


def _sum(rows) -> dict:
    """The unit in sight in four numbers."""
    hamlets = sum(row.hamlets for row in rows)
    without = sum(row.without for row in rows)
    return {
        "communes": len(rows),
        "ready": sum(row.ready for row in rows),
        "hamlets": hamlets,
        "covered": hamlets - without,
        "without": without,
    }
