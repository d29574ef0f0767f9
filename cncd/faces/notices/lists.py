"""Lists of the desk: one's notices, and what became of deliveries."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cncd.faces.notices.models import Delivery, Notice
from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.people.news import CHANNELS, PAGE, kinds


def _kinds(request) -> list[tuple[str, str]]:
    """What concerns the person, and what the person was told at all."""
    told = set(Notice.objects.visible_to(request.user).order_by().values_list("kind", flat=True))
    return [
        (kind.code, kind.label)
        for kind in kinds().values()
        if kind.code in told or kind.concerns(request.user)
    ]


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
        Column("kind", _("Kind"), value="kind_label", sort="kind", hidden=True),
        Column("read_at", _("Read at"), kind="datetime", sort="read_at", hidden=True),
    ]
    filters = [
        Choice(
            "state",
            _("State"),
            choices=[("unread", _("unread")), ("read", _("read"))],
            apply=lambda rows, value: rows.filter(read_at__isnull=value == "unread"),
        ),
        Choice("kind", _("Kind"), choices=_kinds),
    ]
    search_fields = ["search_key"]
    search_hint = _("Find a notice")
    order = ["-made_at", "pk"]
    empty = _("No notice yet. Here stands what is due, what was returned, what was received.")


TONES = {"sent": "success", "waiting": "info", "gone": "danger", "left": "quiet"}
STATES = Choice("state", _("State"), choices=Delivery.State.choices)
WHERE = Choice(
    "channel",
    pgettext_lazy("notices", "Where"),
    choices=[(code, label) for code, label in CHANNELS.items() if code != PAGE],
)
AFTER_WHAT = [
    Column("channel", pgettext_lazy("notices", "Where"), value="get_channel_display"),
    Column("shown", pgettext_lazy("notices", "Address")),
    Column(
        "state",
        _("State"),
        value="get_state_display",
        sort="state",
        kind="badge",
        tone=lambda row: TONES[row.state],
    ),
    Column("tries", _("Tries"), kind="number", sort="tries"),
    Column("why", _("Why not")),
    Column("next_at", _("Next try"), value="next_try", kind="datetime"),
    Column("done_at", _("Done at"), kind="datetime", sort="done_at"),
]


class OwnDeliveryList(List):
    title = _("Where my notices went")
    name = "nhat-ky-thong-bao"
    columns = [
        Column("made_at", _("When"), kind="datetime", sort="made_at"),
        Column("about", pgettext_lazy("notices", "Notice")),
        *AFTER_WHAT,
    ]
    filters = [WHERE, STATES]
    order = ["-made_at", "-pk"]
    empty = _("Nothing was sent yet: at the bell everything stands in any case.")


class DeliveryList(List):
    title = _("Where notices went")
    name = "nhat-ky-gui-thong-bao"
    columns = [
        Column("made_at", _("When"), kind="datetime", sort="made_at"),
        Column("reader", pgettext_lazy("notices", "To whom")),
        Column("kind", _("Kind"), value="kind_label"),
        *AFTER_WHAT,
    ]
    filters = [WHERE, STATES]
    search_fields = ["user__person__search_key"]
    search_hint = _("Find a person")
    order = ["-made_at", "-pk"]
    empty = _("Nothing was sent yet to the people of your units.")
