"""Tables of campaigns, their times, and what came of them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.work.directives.models import Campaign
from cncd.work.directives.rules import campaigns as rules

STATES = {
    rules.RUNNING: _("Running"),
    rules.PLANNED: _("Planned"),
    rules.ENDED: _("Ended"),
    rules.CANCELLED: _("Cancelled"),
}
TONES = {
    rules.RUNNING: "good",
    rules.PLANNED: "info",
    rules.ENDED: "quiet",
    rules.CANCELLED: "quiet",
}


class CampaignList(List):
    title = _("Campaigns and monthly themes")
    name = "chien-dich"
    template = "directives/campaigns.html"
    columns = [
        Column("name", _("Name"), value="campaign.name", sort="campaign.search_key",
               link=lambda row: row.campaign.get_absolute_url()),
        Column("kind", _("Kind"), value="campaign.get_kind_display", sort="campaign.kind"),
        Column("unit", _("Unit"), sort="unit"),
        Column("since", _("From"), value="span.since", kind="date", sort="span.since"),
        Column("last_day", _("Until the end of"), value="span.last_day", kind="date",
               sort="span.until"),
        Column("repeats", _("Repeats"), value="campaign.get_repeats_display"),
        Column("contents", _("Contents")),
        Column("state", _("State"), value=lambda row: STATES[row.state], kind="badge",
               tone=lambda row: TONES[row.state], sort="state"),
    ]  # fmt: skip
    filters = [
        Choice("kind", _("Kind"), Campaign.Kind.choices,
               lambda rows, value: [row for row in rows if row.campaign.kind == value]),
        Choice("state", _("State"), list(STATES.items())),
    ]  # fmt: skip
    search_fields = ["campaign.name", "unit", "contents"]
    search_hint = _("Name, unit or content")
    order = ("span.since", "campaign.search_key")
    empty = _("No campaign and no theme of the month yet.")


class ResultList(List):
    """What the units below did in the days of one time."""

    title = _("Results so far")
    name = "ket-qua-chien-dich"
    template = "directives/campaign.html"
    columns = [
        Column("name", _("Unit"), sort="name", link=lambda row: address_of(row)),
        Column("took_part", _("Teams that took part"), kind="number", sort="took_part", total=True),
        Column("teams", _("Teams"), kind="number", sort="teams", total=True),
        Column("activities", _("Activities"), kind="number", sort="activities", total=True),
        Column("people", _("People helped"), kind="number", sort="people", total=True),
        Column("times", _("Times of the contents"), kind="number", sort="times", total=True),
    ]  # fmt: skip
    search_fields = ["name"]
    search_hint = _("Unit or team")
    order = ("name",)
    empty = _("There is no team here.")


def address_of(row) -> str:
    """What stands behind a line: the same one level down, or the logs of the team."""
    if row.team is None:
        return f"?u={row.place.pk}"
    span, found = row.span, reverse("activities:list")
    return f"{found}?team={row.team.pk}&since={span.since:%Y-%m-%d}&until={span.last_day:%Y-%m-%d}"
