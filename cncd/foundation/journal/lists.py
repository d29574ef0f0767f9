"""The journal as a list: its filters, and each entry as a sentence."""

from django.db.models import F
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal import queries, words
from cncd.foundation.journal.telling import Told, tell
from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.people import authority

HERE = "here"


class JournalList(List):
    """Entries the person may see, latest first."""

    title = _("Journal")
    name = "journal"
    template = "journal/list.html"
    search_fields = ["search_key"]
    search_hint = _("Person, record or reason")
    # Both columns are always there: an order that minds empty values could not use the index.
    order = [F("at").desc(), F("id").desc()]
    empty = _("Nothing has been changed here yet.")

    def __init__(self, request, entries, *, has_unit: bool, context=None):
        self.columns = [
            Column("at", _("When"), kind="datetime", sort=F("at").asc()),
            Column("told", _("What happened"), value=self.in_words, template="journal/cell.html"),
            Column("place", _("Place"), value="place_name"),
            Column("actor", _("Person"), value="actor_name", sort="actor_name", hidden=True),
        ]
        self.filters = [
            Choice("room", _("About"), _groups, _of_room),
            Choice("actor", _("Person"), self._actors, lambda rows, pk: rows.filter(actor_id=pk)),
        ]
        if has_unit:
            # The view has chosen the entries already.
            where = [(HERE, _("This unit and below"))]
            self.filters.insert(0, Choice("where", _("Where"), where, _as_they_are, default=HERE))
        rows = queries.with_place_names(entries).prefetch_related("personal_values")
        super().__init__(request, rows, context=context)

    @cached_property
    def page(self):
        """The page asked for, its entries put into words together."""
        page = super().page
        page.object_list = list(page.object_list)
        found = queries.told(page.object_list, self.request.user)
        for entry, told in zip(page.object_list, found, strict=True):
            entry.told = told
        return page

    def _actors(self, request) -> list[tuple[int, str]]:
        return queries.actors(self.source, request.GET.get("actor", ""))

    def in_words(self, entry) -> str:
        """The entry as text, for Excel."""
        told = getattr(entry, "told", None) or self._alone(entry)
        reason = f"({entry.reason})" if entry.reason else ""
        return "\n".join(line for line in (told.text, reason, told.in_short) if line)

    def _alone(self, entry) -> Told:
        own = entry.actor_id == self.request.user.pk
        return tell(entry, show_personal=own or entry.place_id in self._personal_places)

    @cached_property
    def _personal_places(self) -> set[int]:
        reach = authority.reach(self.request.user, None, "people.view")
        return set(reach.order_by().values_list("pk", flat=True))


def _groups(_request) -> list[tuple[str, str]]:
    return [(room.label, room.name) for room in words.rooms()]


def _of_room(rows, label: str):
    return rows.filter(event__in=words.events_of(label))


def _as_they_are(rows, _value):
    return rows
