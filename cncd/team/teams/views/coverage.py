"""How far the teams reach, unit by unit, and the hamlets left out."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.people.access import allow
from cncd.foundation.places import queries as place_queries
from cncd.team.teams.queries import hamlet_lines, hamlets_without_team, reaches
from cncd.team.teams.views.scope import place_in_sight


def share_or_nothing(share):
    """The fraction, or "không phát sinh" where there is nothing to divide by."""
    return gettext("nothing arose") if share is None else share


def further_down(name: str):
    """A function: a row of a unit → the same page one level down."""
    return lambda row: f"{reverse(name)}?u={row.place}"


class CoverageList(List):
    title = _("Coverage of hamlets by teams")
    name = "do-phu"
    template = "teams/coverage.html"
    size = 200
    search_fields = ["name"]
    search_hint = _("Find a unit")
    order = "sort_key"
    empty = _("No unit stands under this one.")
    columns = [
        Column("name", _("Unit"), sort="sort_key", link=further_down("teams:coverage")),
        Column("hamlets", _("Hamlets"), kind="number", sort="hamlets", total=True),
        Column("covered", _("With a team"), kind="number", sort="covered", total=True),
        Column("uncovered", _("Without a team"), kind="number", sort="uncovered", total=True,
               link=lambda row: f"{reverse('teams:uncovered')}?u={row.place}"),
        Column("share", _("Share with a team"), kind="percent", sort="share",
               value=lambda row: share_or_nothing(row.share), template="teams/cells/share.html"),
        Column("teams", _("Teams formed"), kind="number", sort="teams", total=True,
               link=lambda row: f"{reverse('teams:list')}?u={row.place}"),
        Column("members", _("Members"), kind="number", sort="members", total=True),
    ]  # fmt: skip


class UnionList(CoverageList):
    title = _("Youth Union members in the teams (IV.4)")
    name = "doan-vien"
    columns = [
        Column("name", _("Unit"), sort="sort_key", link=further_down("teams:union")),
        Column("teams", _("Teams formed"), kind="number", sort="teams", total=True),
        Column("members", _("Members"), kind="number", sort="members", total=True),
        Column("union_members", _("Youth Union members"), kind="number", sort="union_members",
               total=True),
        Column("union_share", _("Share of Youth Union members"), kind="percent",
               sort="union_share", value=lambda row: share_or_nothing(row.union_share),
               template="teams/cells/share.html"),
        Column("women", _("Women"), kind="number", sort="women", total=True),
    ]  # fmt: skip


class HamletList(List):
    title = _("Hamlets and their teams")
    name = "ap-khom"
    template = "teams/coverage.html"
    size = 50
    search_fields = ["name", "commune_name"]
    search_hint = _("Find a hamlet")
    empty = _("No hamlet is recorded here yet. Hamlets are entered under “Places”.")
    columns = [
        Column("name", _("Hamlet"), sort="sort_key"),
        Column("commune_name", _("Commune"), sort="commune_name"),
        Column("teams", _("Team"), kind="lines", template="teams/cells/teams.html",
               value=lambda row: [name for _pk, name in row.teams]),
    ]  # fmt: skip
    filters = [
        Choice("team", _("Team"), [("yes", _("With a team")), ("no", _("Without a team"))],
               lambda rows, value: [row for row in rows if bool(row.teams) == (value == "yes")]),
    ]  # fmt: skip


class UncoveredList(List):
    title = _("Hamlets without a team")
    name = "ap-chua-co-to"
    template = "teams/uncovered.html"
    size = 50
    search_fields = ["name", "commune_name"]
    search_hint = _("Find a hamlet")
    empty = _("Every hamlet of this unit has a team.")
    columns = [
        Column("name", _("Hamlet"), sort="sort_key"),
        Column("commune_name", _("Commune"), sort="commune_name"),
        Column("old_teams", _("Team of the old hamlet, not yet consolidated"), kind="lines",
               template="teams/cells/old_teams.html",
               value=lambda row: [name for _pk, name in row.old_teams]),
    ]  # fmt: skip
    form_column = Column(
        "form", _("What to do"), value="place", template="teams/cells/form.html", export=False
    )


def _units_below(request):
    """The unit in sight and the units right under it, hamlets aside."""
    place = place_in_sight(request)
    below = place_queries.children(place, request.scope.day).exclude(level__code="hamlet")
    return place, [unit.pk for unit in below]


def _context(request, place, **more) -> dict:
    found = reaches([place], request.scope.day)
    return {"whole": found[0] if found else None, "day": request.scope.day, **more}


@allow("teams.view")
def coverage(request):
    """Hamlets, teams, members per unit; one level down at each step, to the single hamlet."""
    place, units = _units_below(request)
    context, day = _context(request, place), request.scope.day
    if units:
        return CoverageList(request, reaches(units, day), context=context).response()
    return HamletList(request, hamlet_lines([place.pk], day), context=context).response()


@allow("teams.view")
def union(request):
    """The share of Youth Union members per unit, down to the commune (IV.4)."""
    place, units = _units_below(request)
    context = _context(request, place, is_union=True)
    rows = reaches(units or [place], request.scope.day)
    return UnionList(request, rows, context=context).response()


@allow("teams.view")
def uncovered(request):
    """Hamlets no team covers, each with the way to form one."""
    place, day = place_in_sight(request), request.scope.day
    table = UncoveredList(request, hamlets_without_team([place.pk], day), context={"day": day})
    if request.user.can("teams.form", place=place):
        table.columns = [*table.columns, table.form_column]
    return table.response()
