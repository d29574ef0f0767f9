"""Who hears of the library: the Sở of what waits for it, the writer of what was decided (IV.5)."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.people.coordination import guides_at
from cncd.foundation.people.models import User
from cncd.foundation.people.news import Kind, News, Settled
from cncd.work.library.models import Edition, Item

WAITING, DECIDED = "library.waiting", "library.decided"
KEPT = dt.timedelta(days=30)  # how long it is news

KINDS = (
    Kind(
        WAITING,
        gettext_lazy("Guides of enterprises to approve"),
        gettext_lazy("When an enterprise sends a guide for approval."),
        "book",
        for_leads=False,
        permission="library.approve",
    ),
    Kind(
        DECIDED,
        gettext_lazy("Guides approved or returned"),
        gettext_lazy("When the Sở has decided about a guide you sent."),
        "book",
        for_leads=False,
        permission="library.change",
    ),
)


def submitted(entry) -> Iterator[News]:
    """Tells those who approve that something waits, once for each edition sent."""
    item = _item(entry)
    if item is None or item.open is None or item.open.state != Edition.State.SUBMITTED:
        return
    day = timezone.localdate(entry.at)
    said = {"who": item.agency, "title": item.open.title}
    for user in guides_at([item.place_id], "library.approve", day)[item.place_id]:
        with translation.override(user.language):
            yield News(
                user=user, kind=WAITING, what=_what(item), moment=f"sent {entry.pk}",
                title=_("A guide waits for approval"),
                text=_("%(who)s sent “%(title)s”.") % said,
                address=f"{item.get_absolute_url()}decide/", until_at=entry.at + KEPT,
            )  # fmt: skip


def decided(entry) -> Iterator[News | Settled]:
    """Tells the writer; nothing waits any more for those who approve."""
    item = _item(entry)
    if item is None:
        return
    yield Settled(what=_what(item), kinds=[WAITING])
    edition = item.editions.filter(number=entry.after["number"]).first()
    ids = {edition.submitted_by_id, edition.written_by_id} if edition else set()
    for user in User.objects.filter(pk__in=ids - {None}, is_active=True):
        with translation.override(user.language):
            yield _of_decision(entry, item, user)


def _of_decision(entry, item: Item, user) -> News:
    approved = entry.event == "library_item.approved"
    if approved:
        title, text = _("Your guide was approved"), _("“%(title)s” can be read by everybody now.")
    else:
        title, text = _("Your guide came back"), _("“%(title)s”: %(note)s")
    said = {"title": item.title, "note": entry.after.get("note", "")}
    return News(
        user=user, kind=DECIDED, what=_what(item), moment=f"decided {entry.pk}", title=title,
        text=text % said, address=item.get_absolute_url(), until_at=entry.at + KEPT,
    )  # fmt: skip


def taken_back(entry) -> Iterator[Settled]:
    """What was taken back waits no more."""
    if item := _item(entry):
        yield Settled(what=_what(item), kinds=[WAITING])


def _item(entry) -> Item | None:
    rows = Item.objects.select_related("open", "current", "agency", "place")
    return rows.filter(pk=entry.subject_id).first()


def _what(item: Item) -> str:
    return f"library item {item.pk}"


EVENTS = {
    "library_item.submitted": submitted,
    "library_item.approved": decided,
    "library_item.refused": decided,
    "library_item.taken_back": taken_back,
    "library_item.withdrawn": taken_back,
}
