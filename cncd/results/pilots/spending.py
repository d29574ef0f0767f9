"""The lines of the money book behind the cost of a pilot."""

from cncd.results.pilots.queries.by_day import Ground
from cncd.results.pilots.queries.ground import Unit
from cncd.work.money.models import Spending


def spendings_of(ground: Ground, units: list[Unit], user):
    """What the communes of the pilot hamlets spent in these days, as far as the reader may see."""
    communes = {unit.commune_id for unit in units if unit.is_pilot and unit.commune_id}
    rows = (
        Spending.objects.visible_to(user)
        .standing()
        .filter(
            place__in=[*communes, *ground.places],
            spent_on__range=(ground.pilot.days.first_day, ground.last_day),
        )
    )
    return rows.select_related("purpose", "source", "place").order_by("spent_on")
