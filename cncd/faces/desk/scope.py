"""What a page is about: the unit, the period, and on the phone the team; kept in the address.

`?u=` names a place and `?k=` a period; both are remembered in the session, so that the context
stays from page to page and a shared link opens the same view for those allowed.
"""

from django.contrib import messages
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cncd.foundation.people import authority
from cncd.foundation.people.coordination import guides_at
from cncd.foundation.people.models import Posting, User
from cncd.foundation.places.models import Place
from cncd.foundation.places.queries import ancestors
from cncd.team.programme.models import Period
from cncd.team.programme.queries import current_period, period_coded
from cncd.team.teams.models import Team, TeamIndex

UNIT, PERIOD, TEAM = "u", "k", "t"
CALLED = "commune_officer"  # whose number stands on every phone page


class Scope:
    """Read from the request when first asked; a page that asks nothing pays nothing."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def today(self):
        return timezone.localdate()

    # -- unit --------------------------------------------------------------------------------

    @cached_property
    def place(self) -> Place | None:
        """The unit of the address if in reach, else the one used last, else the first of mine."""
        asked, kept = self.request.GET.get(UNIT, ""), self.request.session.get("scope.u")
        found = self._reached(asked) if asked else None
        if asked and not found:
            text = _("The unit in this link is outside your reach; you see your own unit instead.")
            messages.warning(self.request, text)
        found = found or (self._reached(str(kept)) if kept else None) or self._first()
        self._keep("scope.u", found and found.pk)
        return found

    def _reached(self, pk: str) -> Place | None:
        if not pk.isdecimal() or len(pk) > 18:
            return None
        reach = authority.reach(self.request.user, self.today, "desk.open")
        return self._named(reach.filter(pk=pk)).first()

    def _first(self) -> Place | None:
        user = self.request.user
        if authority.sees_everything(user, "desk.open"):
            mine = Place.objects.alive(self.today).filter(versions__parent=None)
        else:
            mine = Place.objects.filter(pk__in=authority.roots(user, "desk.open"))
        return self._named(mine).order_by("level__rank", "sort_key").first()

    def _named(self, places):
        return places.named(self.day).select_related("level")

    @property
    def unit_name(self) -> str:
        """Type and name: "Xã Nhơn Mỹ"; empty without a unit."""
        return f"{self.place.kind_name} {self.place.name}" if self.place else ""

    @cached_property
    def trail(self) -> list[Place]:
        """The unit and all above it, highest first.

        `.open` says which the person may choose, `.label` how each is called in the trail.
        """
        if not self.place:
            return []
        places = [*ancestors(self.place, self.day), self.place]
        roots = authority.roots(self.request.user, "desk.open")
        within = authority.sees_everything(self.request.user, "desk.open")
        names = {place.name for place in places[:1]}
        for place in places:
            within = within or place.pk in roots
            place.open = within
            is_namesake = place is not places[0] and place.name in names
            place.label = place.full_name if is_namesake else place.brief_name
        return places

    # -- period ------------------------------------------------------------------------------

    @cached_property
    def period(self) -> Period | None:
        """The period of the address, else the one used last, else today's."""
        asked = self.request.GET.get(PERIOD, "")[:10]
        kept = self.request.session.get("scope.k")
        found = period_coded(asked) if asked else None
        if asked and not found:
            messages.warning(self.request, _("There is no such period; you see the current one."))
            kept = None
        found = found or (period_coded(kept) if kept else None) or current_period(day=self.today)
        # Only another period than today's is remembered: tomorrow "now" must mean tomorrow.
        is_now = not found or found.first_day <= self.today <= found.last_day
        self._keep("scope.k", None if is_now else found.code)
        return found

    @cached_property
    def day(self):
        """The last day of the period, or today while it runs."""
        return min(self.period.last_day, self.today) if self.period else self.today

    @property
    def query(self) -> dict[str, object]:
        """What an address needs to open the same view."""
        found = {UNIT: self.place.pk if self.place else None}
        found[PERIOD] = self.period.code if self.period else None
        return {key: value for key, value in found.items() if value}

    @property
    def address(self) -> str:
        """This page's address with all that is in sight, for a form that goes by it.

        What another tab shows meanwhile changes nothing then.
        """
        query = self.request.GET.copy()
        for key, value in self.query.items() if self.place else ():
            query[key] = str(value)
        if len(self.teams) > 1:
            query[TEAM] = str(self.team.pk)
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    # -- team --------------------------------------------------------------------------------

    @cached_property
    def teams(self) -> list[Team]:
        """The person's own teams."""
        mine = authority.team_ids(self.request.user, "phone.open")
        return list(Team.objects.filter(pk__in=mine)) if mine else []

    @cached_property
    def team(self) -> Team | None:
        """The team in hand: `?t=`, else the one used last, else the first."""
        by_id = {str(team.pk): team for team in self.teams}
        asked, kept = self.request.GET.get(TEAM, ""), str(self.request.session.get("scope.t"))
        found = by_id.get(asked) or by_id.get(kept) or next(iter(self.teams), None)
        if len(self.teams) > 1:
            self._keep("scope.t", found.pk)
        return found

    @cached_property
    def commune(self) -> Place | None:
        """The commune the team works in today."""
        if not self.team:
            return None
        row = TeamIndex.objects.on(self.today).filter(team=self.team, level__code="commune")
        return Place.objects.filter(pk__in=row.values("place")).named(self.today).first()

    @cached_property
    def officer(self) -> Posting | User | None:
        """Who to call at the commune, if there is a number: its officer, else who acts for it.

        `.person` is who answers the phone: a substitute, an agency it was delegated to, a leader.
        """
        if not self.commune:
            return None
        held = Posting.objects.on(self.today).filter(place=self.commune, role__code=CALLED)
        found = held.exclude(person__contact_phone="").select_related("person").first()
        return found or self._acting()

    def _acting(self) -> User | None:
        acting = guides_at([self.commune.pk], "reports.accept", self.today)[self.commune.pk]
        return next((user for user in acting if user.person.contact_phone), None)

    # -- memory ------------------------------------------------------------------------------

    def _keep(self, key: str, value) -> None:
        if value is None:
            if key in self.request.session:
                del self.request.session[key]
        elif self.request.session.get(key) != value:
            self.request.session[key] = value


class KeepScope:
    """Middleware: `request.scope`; a link that names unit or period is obeyed at once."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.scope = Scope(request)
        if request.user.is_authenticated:
            # Read early, so that a warning about the link stands on this very page.
            if UNIT in request.GET and request.user.can("desk.open"):
                _place = request.scope.place
            if PERIOD in request.GET:
                _period = request.scope.period
        return self.get_response(request)
