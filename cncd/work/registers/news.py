"""What is new in the registers, as lines for the group: named in `settings.QUICK_REPORT_PARTS`."""

import datetime as dt
from textwrap import shorten

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cncd.foundation.places.models import Place
from cncd.team.teams.models import Team
from cncd.team.teams.queries import places_held
from cncd.work.registers.models import Listing, Product, Recognition, Shop

NAMED, LONGEST = 3, 40  # how many are named, and how long a name may be


def lines_of(where, first_day: dt.date, last_day: dt.date) -> list[str]:
    """New on a floor, new storefronts, newly recognised, of a team's hamlets or of a unit.

    What is none is left out; four queries for a unit of any size.
    """
    places = _places(where, last_day)
    days = (first_day, last_day)
    listed = Listing.objects.standing().of_places(places).filter(first_listed_on__range=days)
    shops = Shop.objects.standing().of_places(places).filter(opened_on__range=days)
    known = Recognition.objects.filter(since_on__range=days)
    products = Product.objects.standing().of_places(places)
    return [
        *_line(_("- New on a floor: %(number)s (%(names)s)"), _named(products, listed)),
        *_line(_("- New storefronts: %(number)s"), [str(pk) for pk in shops.values_list("pk")]),
        *_line(_("- Newly recognised as OCOP: %(number)s (%(names)s)"), _named(products, known)),
    ]


def _places(where, day: dt.date):
    if isinstance(where, Team):
        return list(places_held([where.pk], day))
    return Place.objects.reached_from([where.pk], day)


def _named(products, rows) -> list[str]:
    """The names of the products that these rows are about."""
    found = products.filter(pk__in=rows.order_by().values("product"))
    return list(found.order_by("sort_key").values_list("name", flat=True))


def _line(text: str, names: list[str]) -> list[str]:
    if not names:
        return []
    shown = ", ".join(shorten(name, LONGEST, placeholder="…") for name in names[:NAMED])
    if len(names) > NAMED:
        shown += "…"
    number = number_format(len(names), force_grouping=True)
    return [text % {"number": number, "names": shown}]
