"""All groups of a unit and below, with what is to be put right; and the list for renaming."""

from dataclasses import replace

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Level
from cncd.team.programme.models import Platform
from cncd.team.teams.models import Team
from cncd.work.channels.models import Channel
from cncd.work.channels.queries import Row, lacking, standings
from cncd.work.channels.queries.standing import NONE
from cncd.work.channels.rules import CODES, FAULT, NOTE, RIGHT

STATES = {
    RIGHT: _("Named right"),
    FAULT: _("To put right"),
    NOTE: _("A note"),
    NONE: _("No group yet"),
}
TONES = {RIGHT: "good", FAULT: "soon", NOTE: "info", NONE: "quiet"}


def address_of(row: Row) -> str:
    """The page of the group, or the form to enter one."""
    if row.channel:
        return reverse("channels:channel", args=[row.channel.pk])
    whose = f"team={row.team.pk}" if row.team else f"place={row.place}"
    return f"{reverse('channels:new')}?{whose}"


def said(row: Row) -> list[str]:
    return list(dict.fromkeys(finding.title for finding in row.findings))


def runner(row: Row) -> str:
    """Who answers for the group: the member or officer who runs it, else the owner."""
    channel = row.channel
    if channel is None:
        return ""
    return str(channel.runner or channel.agency or "")


def searched(rows: list[Row], text: str) -> list[Row]:
    words = text.split()
    return [row for row in rows if all(word in row.search_key for word in words)]


class ChannelList(List):
    title = _("Groups on Zalo, Viber, Facebook")
    name = "kenh-trao-doi"
    template = "channels/list.html"
    columns = [
        Column("unit", _("Unit"), sort="sort", link=address_of,
               value=lambda row: str(row.team) if row.team else row.unit),
        Column("level_name", _("Level"), sort="sort", hidden=True),
        Column("above", _("Belongs to"), sort="above"),
        Column("name", _("Name of the group"), sort="search_key",
               template="channels/name_cell.html"),
        Column("state", _("State"), kind="badge", sort="state",
               value=lambda row: STATES[row.state], tone=lambda row: TONES[row.state]),
        Column("findings", _("What was found"), kind="lines", value=said,
               template="channels/findings_cell.html"),
        Column("expected", _("Right name"), hidden=True),
        Column("platform", _("Platform"), sort="channel.platform.name",
               value=lambda row: row.channel and str(row.channel.platform)),
        Column("runner", _("Run by"), value=runner),
        Column("members", _("Members"), kind="number", sort="channel.member_count",
               value="channel.member_count"),
        Column("last_active", _("Last active"), kind="date", value="channel.last_active_on",
               sort="channel.last_active_on"),
        Column("link", _("Link"), value="channel.link", hidden=True),
    ]  # fmt: skip
    filters = [
        Choice("state", _("State"), list(STATES.items()),
               lambda rows, value: [row for row in rows if row.state == value]),
        Choice("level", _("Level"), lambda _request: Level.objects.values_list("code", "name"),
               lambda rows, value: [row for row in rows if row.level == value]),
        Choice("finding", _("What was found"), [(kind.code, kind.title) for kind in CODES],
               lambda rows, value: [
                   row for row in rows if any(each.code == value for each in row.findings)
               ]),
        Choice("platform", _("Platform"),
               lambda _request: Platform.objects.filter(use="social").values_list("code", "name"),
               lambda rows, value: [
                   row for row in rows if row.channel and row.channel.platform.code == value
               ]),
    ]  # fmt: skip
    search = searched
    search_hint = _("Name, unit, team")
    order = "sort"
    empty = _("No group is entered here yet.")

    def __init__(self, request, rows, **options):
        super().__init__(request, rows, **options)
        place = request.scope.place
        if place and place.level.code == "commune":  # nearly all belong to it
            self.columns = [replace(column, hidden=column.hidden or column.key == "above")
                            for column in self.columns]  # fmt: skip


class RenameList(List):
    title = _("Groups to rename")
    name = "doi-ten-nhom"
    template = "channels/rename.html"
    columns = [
        Column("unit", _("Unit"), sort="sort", link=address_of,
               value=lambda row: str(row.team) if row.team else row.unit),
        Column("name", _("Name now"), template="channels/name_cell.html"),
        Column("expected", _("Take this name"), template="channels/take_cell.html"),
        Column("findings", _("Why"), kind="lines", template="channels/findings_cell.html",
               value=lambda row: [each.detail for each in row.of_name]),
        Column("runner", _("Run by"), value=runner),
    ]  # fmt: skip
    filters = [ChannelList.filters[1], ChannelList.filters[3]]
    search = searched
    search_hint = _("Name, unit, team")
    order = "sort"
    empty = _("Every group here is named right.")


def rows_in_sight(request: HttpRequest, *, with_lacking: bool = True) -> list[Row]:
    """The groups under the unit in sight, and the units and teams there without one."""
    place, day = request.scope.place, request.scope.day
    channels = Channel.objects.visible_to(request.user).open_on(day).listed()
    if place is None:
        return standings(channels.select_related("place"), day)
    found = standings(channels.within(place, day).select_related("place"), day)
    if with_lacking:
        teams = Team.objects.visible_to(request.user, "channels.view")
        found += lacking(place, day, teams)
    return found


@allow("channels.view")
def listed(request):
    """The groups of the unit in sight and below, those to put right marked."""
    rows = rows_in_sight(request)
    count = {state: sum(row.state == state for row in rows) for state in STATES}
    tiles = [(STATES[state], count[state], state, TONES[state]) for state in STATES]
    context = {
        "tiles": tiles,
        "to_rename": sum(row.must_rename for row in rows),
        "may_change": request.user.can("channels.change"),
        "may_rule": request.user.can("channels.rules"),
    }
    return ChannelList(request, rows, context=context).response()


@allow("channels.view")
def rename(request):
    """Old name → new name of each group to rename, with one text to send to those who run them."""
    rows = [row for row in rows_in_sight(request, with_lacking=False) if row.must_rename]
    context = {"text": rename_text(sorted(rows, key=lambda row: row.sort)), "rows": rows}
    return RenameList(request, rows, context=context).response()


def rename_text(rows: list[Row]) -> str:
    """What to paste into the superior's group, or to send to whoever runs these."""
    if not rows:
        return ""
    head = gettext("Please rename these groups as the plan asks (II.2.7). Copy the new name:")
    lines = []
    for number, row in enumerate(rows, 1):
        whose = str(row.team) if row.team else row.unit
        lines += [f"{number}. {whose}", f"   “{row.name.strip()}”", f"   → {row.expected}"]
    return "\n".join([head, *lines])
