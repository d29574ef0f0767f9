"""In whose name a person gives directives."""

from cncd.foundation.people import authority
from cncd.foundation.people.models import Agency
from cncd.foundation.people.permissions import SALES, UNION
from cncd.foundation.places.models import Place
from cncd.work.directives.queries.rights import GIVE


def giver_of(user, sight: Place | None, day) -> tuple[Place, Agency | None] | None:
    """The place in sight, or the person's first, and the department or union they give for there;
    no agency for who acts for the unit itself. None for who gives nowhere.
    """
    if authority.sees_everything(user, GIVE):
        return (sight, None) if sight else None
    held = [grant for grant in authority.permitted(user, GIVE, day) if grant.place_id]
    places = {grant.place_id for grant in held}
    if not places:
        return None
    pk = sight.pk if sight and sight.pk in places else min(places)
    place = Place.objects.select_related("level").named(day).get(pk=pk)
    roles = {grant.role for grant in held if grant.place_id == pk}
    if roles - set(SALES) - set(UNION):
        return place, None
    own = Agency.objects.filter(pk__in=authority.own_agencies(user, day), place=pk)
    return place, own.order_by("pk").first()
