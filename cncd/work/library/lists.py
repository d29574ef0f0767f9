"""The shelf as a table: filters first, then the search, which finds the best of what is left."""

from collections.abc import Sequence
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.list_rows import PlainRows
from cncd.foundation.kit.lists import Choice, Column, List
from cncd.team.programme.models import Content
from cncd.work.library import rules, wording
from cncd.work.library.models import Edition, Item
from cncd.work.library.queries.shelf import bodies_of
from cncd.work.library.rules.asking import Asked, asked
from cncd.work.library.rules.snippets import highlighted, snippet
from cncd.work.library.search import Found, find


def _of_state(rows, value):
    if value == wording.WITHDRAWN:
        return rows.exclude(withdrawn_at=None)
    rows = rows.standing()
    return rows.published() if value == Edition.State.PUBLISHED else rows.filter(open__state=value)


class ItemList(List):
    title = _("Library")
    name = "thu-vien"
    template = "library/list.html"
    search_fields = ["title"]
    search_hint = _("What is it about? Marks may be left out")
    order = ("-published_at", "sort_key")
    empty = _("Nothing on the shelf yet.")
    columns = [
        Column("title", _("Title of the text"), sort="sort_key",
               template="library/title_cell.html"),
        Column("kind", _("Kind"), value="get_kind_display", sort="kind"),
        Column("audience", _("For whom"), value=wording.audiences_in_words),
        Column("language", _("Language"), value="get_language_display", sort="language"),
        Column("unit", _("Issued by"), value=lambda row: row.agency_name or row.unit_name),
        Column("published_at", _("Published on"), kind="date", sort="published_at"),
        Column("state", _("State of the text"), kind="badge", hidden=True,
               value=lambda row: wording.STATES[wording.state_of(row)],
               tone=lambda row: wording.TONES[wording.state_of(row)]),
        Column("edition", _("Edition"), value="current.number", kind="number", hidden=True),
        Column("document", _("Document"), value=lambda row: str(row.document or ""), hidden=True),
    ]  # fmt: skip

    def __init__(self, request, rows, *, may_write=False, **options):
        of_items = Item.contents.through.objects.filter(item__in=rows.order_by().values("pk"))
        contents = Content.objects.filter(pk__in=of_items.values("content"))
        self.filters = [
            Choice("kind", _("Kind"), Item.Kind.choices),
            Choice("for", _("For whom"), list(wording.AUDIENCES.items()),
                   lambda rows, value: rows.for_audience(value)),
            Choice("language", _("Language"), Item.Language.choices),
            Choice("content", _("Content"),
                   lambda request: [(row.code, row.short_name) for row in contents],
                   lambda rows, value: rows.filter(contents__code=value)),
        ]  # fmt: skip
        if may_write:
            self.filters.append(
                Choice("state", _("State of the text"), list(wording.STATES.items()), _of_state)
            )
        super().__init__(request, rows, **options)

    @cached_property
    def asked_for(self) -> Asked:
        return asked(self.text)

    @cached_property
    def answer(self) -> Found | None:
        """What the search found among the rows that the filters leave; None without a search."""
        return find(self.filtered_rows, self.asked_for) if self.text else None

    @cached_property
    def filtered_rows(self):
        rows = self.rows.source
        for each in self.active:
            if each.value:
                apply = each.choice.apply
                rows = apply(rows, each.value) if apply else rows.filter(
                    **{each.choice.key: each.value})  # fmt: skip
        return rows

    @cached_property
    def found(self):
        if self.answer is None:
            return super().found
        rows = PlainRows(Ranked(self.answer.ids, self.filtered_rows))
        column, down = self.sort
        return rows.sorted(column.sort, down, None) if column else rows

    @cached_property
    def page(self):
        source = self.found.source if self.text else OneByOne(self.found.source)
        page = Paginator(source, self.page_size).get_page(self.asked("page", "1"))
        if self.asked_for.terms:
            mark(page.object_list, self.asked_for)
        return page


class Ranked(Sequence):
    """Items in the order of their ids; only those of the page shown are read."""

    def __init__(self, ids, rows):
        self.ids, self.rows = ids, rows

    def __len__(self):
        return len(self.ids)

    def __getitem__(self, at):
        ids = self.ids[at] if isinstance(at, slice) else [self.ids[at]]
        items = self.rows.order_by().in_bulk(ids)
        found = [items[pk] for pk in ids if pk in items]
        return found if isinstance(at, slice) else found[0]


class OneByOne:
    """A QuerySet that orders bare ids, and reads what a row shows for one page only."""

    def __init__(self, rows):
        self.rows, self.count = rows, rows.count

    def __getitem__(self, at: slice):
        ids = list(self.rows.values_list("pk", flat=True)[at])
        return Ranked(ids, self.rows)[:]


def mark(items, asked_for: Asked) -> None:
    """Adds to each item of a page its title and the best part of its text, hits marked."""
    bodies = bodies_of(items)
    for item in items:
        item.marked_title = highlighted(item.title, asked_for)
        body = bodies.get(item.current_id or item.open_id, "")
        item.pieces = snippet(rules.text_of(body), asked_for)


class OpeningList(List):
    """How often what was opened: numbers by item and unit, never who."""

    title = _("What was opened")
    name = "luot-mo-thu-vien"
    template = "library/openings.html"
    columns = [
        Column("title", _("Title of the text"), sort="sort_key",
               link=lambda row: row.get_absolute_url()),
        Column("by_teams", _("By teams"), kind="number", sort="by_teams", total=True),
        Column("by_desks", _("At desks"), kind="number", sort="by_desks", total=True),
        Column("total", _("In all"), kind="number", sort="total", total=True),
    ]  # fmt: skip
    search_fields = ["sort_title"]
    order = ("-total", "sort_key")
    empty = _("Nothing was opened in these days.")

    @classmethod
    def counted(cls, items, openings):
        """The items that were opened, with their numbers."""
        sums = openings.order_by().values("item", "by_teams").annotate(n=Sum("count"))
        found: dict[int, dict[bool, int]] = {}
        for row in sums:
            found.setdefault(row["item"], {})[row["by_teams"]] = row["n"]
        rows = list(items.filter(pk__in=found))
        for row in rows:
            row.by_teams, row.by_desks = found[row.pk].get(True, 0), found[row.pk].get(False, 0)
            row.total, row.sort_title = row.by_teams + row.by_desks, row.title
        return rows
