"""The log of broadcasts as a table."""

from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.work.broadcasts.models import Medium


class BroadcastList(List):
    title = _("Broadcasts")
    name = "phat-thanh-tin-bai"
    template = "broadcasts/list.html"
    search_fields = ["search_key"]
    search_hint = _("Title of the broadcast")
    order = ("-since_on", "-recorded_at")
    empty = _("Nothing was recorded for this unit and period yet.")
    columns = [
        Column("title", _("Title of the broadcast"), sort="search_key",
               link=lambda row: row.get_absolute_url()),
        Column("unit", _("Unit"), value="unit_name", sort="unit_name"),
        Column("medium", _("Broadcast where"), value="medium.name", sort="medium__order"),
        Column("days", _("On which days"), value="days_in_words", sort="since_on"),
        Column("amount", _("Times in the period"), kind="number", total=True,
               value=lambda row: row.amount),
        Column("total", _("Times in all"), kind="number", sort="total", hidden=True),
        Column("content", _("Content"), value=lambda row: row.content and row.content.short_name),
        Column("origin", _("Repeated from"), value=lambda row: row.origin and row.origin.title,
               link=lambda row: row.origin and row.origin.get_absolute_url(), hidden=True),
        Column("item", _("Text of the library"), value=lambda row: str(row.item or ""),
               hidden=True),
        Column("link", _("Link to it"), link=lambda row: row.link, hidden=True),
        Column("note", _("Note"), hidden=True),
    ]  # fmt: skip
    filters = [
        Choice("medium", _("Broadcast where"),
               lambda request: [(row.code, row.name) for row in Medium.objects.all()],
               lambda rows, value: rows.filter(medium__code=value)),
        Choice("repeated", _("Repeated"), [("yes", _("from above")), ("no", _("own"))],
               lambda rows, value: rows.filter(origin__isnull=value == "no")),
    ]  # fmt: skip
