"""Who acts in the measurements: some sign in by password, many are simply signed in."""

from django.test import Client

from bench.browser import Browser
from cncd.config.demo.logins import PASSWORD
from cncd.foundation.people.models import User
from cncd.foundation.places.models import Place
from cncd.results.reports import queries as reports
from cncd.results.reports.models import ReportVersion
from cncd.team.programme import queries as programme
from cncd.team.teams.models import Membership, Team


def signed_in(door, login: str) -> Browser:
    """Somebody of the demo who came in by the sign-in page."""
    browser = Browser(door)
    browser.sign_in(login, PASSWORD)
    return browser


def known(door, user: User) -> Browser:
    """Somebody whose session stands already: no password is hashed, nothing else is left out."""
    client, browser = Client(), Browser(door)
    client.force_login(user)
    browser.cookies["sessionid"] = client.cookies["sessionid"].value
    return browser


class Cast:
    """The province, its communes with their officers, and teams that have sent nothing yet."""

    def __init__(self):
        self.period = programme.current_period()
        day = self.period.last_day
        self.province = Place.objects.alive(day).at_level("province").get()
        self.communes = list(Place.objects.alive(day).at_level("commune").order_by("pk"))
        self.officers = officers("commune_officer")
        self.district_officers = officers("district_officer")
        self.oldest = programme.series(self.period, 100)[0]
        rows = Membership.objects.filter(position="leader", person__user__isnull=False)
        self.leaders = {row.team_id: row.person.user for row in rows.select_related("person__user")}

    def unsent(self, commune) -> list[int]:
        """Teams of the commune that owe this month's report and have not sent it."""
        teams = reports.teams_under(commune, self.period).exclude(
            reports__period=self.period, reports__sent__isnull=False
        )
        return [t.pk for t in teams if reports.owes(t, self.period) and t.pk in self.leaders]

    def imported_codes(self, place: int) -> list[str]:
        """Codes of teams below the place whose report of the oldest month came from a file."""
        teams = Team.objects.within([place], self.oldest.last_day)
        imported = ReportVersion.Origin.IMPORTED
        kept = teams.filter(reports__period=self.oldest, reports__sent__origin=imported)
        return list(kept.values_list("code", flat=True))


def officers(role: str) -> dict[int, User]:
    """{place id: somebody who holds the role there}."""
    posts = User.objects.filter(person__postings__role__code=role)
    pairs = posts.values_list("person__postings__place", "pk")
    users = User.objects.in_bulk([pk for _place, pk in pairs])
    return {place: users[pk] for place, pk in pairs}
