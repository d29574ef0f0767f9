"""The list of one's notices on the desk."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cncd.faces.notices.kinds import KINDS
from cncd.faces.notices.models import Notice
from cncd.foundation.kit.lists import Choice, Column, List


class NoticeList(List):
    title = _("Notices")
    name = "thong-bao"
    template = "notices/list.html"
    columns = [
        Column(
            "title",
            pgettext_lazy("notices", "Notice"),
            sort="search_key",
            link=Notice.get_absolute_url,
        ),
        Column("text", _("Text")),
        Column("made_at", _("When"), kind="datetime", sort="made_at"),
        Column(
            "state",
            _("State"),
            value=lambda row: _("read") if row.read_at else _("unread"),
            sort="read_at",
            kind="badge",
            tone=lambda row: "quiet" if row.read_at else "info",
        ),
        Column("kind", _("Kind"), value="get_kind_display", sort="kind", hidden=True),
        Column("read_at", _("Read at"), kind="datetime", sort="read_at", hidden=True),
    ]
    filters = [
        Choice(
            "state",
            _("State"),
            choices=[("unread", _("unread")), ("read", _("read"))],
            apply=lambda rows, value: rows.filter(read_at__isnull=value == "unread"),
        ),
        Choice("kind", _("Kind"), choices=[(k.code, k.label) for k in KINDS.values()]),
    ]
    search_fields = ["search_key"]
    search_hint = _("Find a notice")
    order = ["-made_at", "pk"]
    empty = _("No notice yet. Here stands what is due, what was returned, what was received.")
