"""The tables of the 100% line: the units below, and the products by how near they are to it."""

from dataclasses import dataclass, replace
from functools import cached_property, partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.kit.list_rows import PlainRows
from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.kit.text import sort_key
from cncd.work.registers.marks import TONES
from cncd.work.registers.models import Product
from cncd.work.registers.places import unit_names
from cncd.work.registers.queries.line import LinePage, state_in_words
from cncd.work.registers.queries.shelf import NEAREST, NONE, Item
from cncd.work.registers.queries.supporters import Supporters, supporters
from cncd.work.registers.sentences import RANKS

SHOWN = 100  # names of one kind of change on the page


class UnitTable(List):
    title = gettext_lazy("By unit")
    name = "ocop-theo-don-vi"
    order = "sort_key"
    size = 50
    empty = gettext_lazy("No unit stands below this one.")
    search_fields = ["name"]
    search_hint = gettext_lazy("Find a unit")
    columns = [
        Column("name", gettext_lazy("Unit"), sort="sort_key", link=lambda row: row.address),
        Column("on_floor", gettext_lazy("On a floor, checked"), kind="number", sort="on_floor",
               total=True),
        Column("recognised", gettext_lazy("OCOP products"), kind="number", sort="recognised",
               total=True),
        Column("share", gettext_lazy("Share on a floor, checked"), kind="percent", sort="share",
               template="registers/line_share.html"),
        Column("missing", gettext_lazy("Not there yet"), kind="number", sort="missing", total=True),
        Column("share_before", gettext_lazy("The month before"), kind="percent",
               sort="share_before", template="registers/line_share_before.html"),
    ]  # fmt: skip


@dataclass
class Row:
    """A product of the shelf with what its cells say."""

    item: Item
    product: Product
    hamlet: str
    commune: str
    days: int  # since it was recognised
    help: Supporters

    @property
    def rank(self) -> str:
        return str(RANKS[self.item.rank])

    @property
    def state(self) -> str:
        return state_in_words(self.item.state)

    @property
    def nearest(self) -> str:
        """ "Chưa kiểm tra: Vỏ Sò": how near it is to the line, and where."""
        return f"{self.state}: {self.item.floor}" if self.item.floor else self.state

    @property
    def help_lines(self) -> list[str]:
        """Who could help, for Excel."""
        found = []
        if self.help.leader:
            found.append(_("Team: %(name)s") % {"name": self.help.leader.name})
        if self.help.officer:
            found.append(_("Commune: %(name)s") % {"name": self.help.officer.name})
        return found + [
            _("%(agency)s (promised help)") % {"agency": each.agency} for each in self.help.promised
        ]


def _states(_request) -> list[tuple[str, str]]:
    rest = [(state, state_in_words(state)) for state in (*NEAREST, NONE)]
    return [("missing", _("Not on a floor, or not checked")), *rest]


def _in_state(rows, state: str):
    if state == "missing":
        return [item for item in rows if not item.is_on_floor]
    return [item for item in rows if item.state == state]


class ShelfList(List):
    """The products recognised that day; first those that are missing."""

    title = gettext_lazy("Products missing")
    name = "ocop-chua-len-san"
    order = None  # as they stand: in Vietnamese order
    empty = gettext_lazy("No OCOP product is recognised here on this day.")
    search_hint = gettext_lazy("Find a product or its owner")
    columns = [
        Column("name", gettext_lazy("Product"), value="product.name",
               link=lambda row: reverse("registers:product", args=[row.item.pk])),
        Column("owner", gettext_lazy("Owner"), value="product.owner.name",
               link=lambda row: reverse("registers:owner", args=[row.product.owner_id])),
        Column("hamlet", gettext_lazy("Hamlet"), sort="hamlet"),
        Column("commune", gettext_lazy("Commune"), sort="commune"),
        Column("nearest", gettext_lazy("How near"), kind="badge",
               tone=lambda row: TONES.get(row.item.state, "late"), sort="state"),
        Column("days", gettext_lazy("Days since recognised"), kind="number", sort="-since_on"),
        Column("help", gettext_lazy("Who could help"), template="registers/line_help.html",
               excel=lambda row: "; ".join(row.help_lines)),
        Column("rank", gettext_lazy("Rank"), sort="rank", hidden=True),
        Column("since_on", gettext_lazy("Recognised from"), value="item.since_on", kind="date",
               sort="since_on", hidden=True),
    ]  # fmt: skip

    def __init__(self, request, page: LinePage):
        self.line = page
        self.filters = [
            Choice("state", gettext_lazy("State"), _states, _in_state, "missing"),
            Choice("team", gettext_lazy("Team"), TEAMS, self._of_team),
            Choice("rank", gettext_lazy("Rank"), list(RANKS.items())),
        ]
        self.search = self._search
        by_name = {"hamlet": 0, "commune": 1}
        self.columns = [
            replace(column, sort=partial(self._place_key, by_name[column.key]))
            if column.key in by_name
            else column
            for column in self.columns
        ]
        super().__init__(request, page.items)

    @cached_property
    def named(self) -> dict[int, tuple[str, str]]:
        """{place: (hamlet, commune)} of every product in sight."""
        return unit_names({item.place for item in self.line.items}, self.line.day)

    def _place_key(self, which: int, item: Item) -> str:
        return sort_key(self.named[item.place][which])

    def _of_team(self, rows, value: str):
        return [item for item in rows if (item.place in self.line.held) == (value == "yes")]

    @staticmethod
    def _search(rows, text: str):
        found = Product.objects.standing().filter(kind=Product.Kind.OCOP)
        for word in text.split():
            found = found.filter(search_key__contains=word)
        wanted = set(found.values_list("pk", flat=True))
        return [item for item in rows if item.pk in wanted]

    @cached_property
    def found(self):
        rows = List.found.func(self)
        exporting = self.asked("export") == "xlsx"
        return PlainRows(self.describe(list(rows.source))) if exporting else rows

    @cached_property
    def page(self):
        found = List.page.func(self)
        found.object_list = self.describe(list(found.object_list))
        return found

    def describe(self, items: list[Item]) -> list[Row]:
        """The rows with names and who could help: a fixed number of queries."""
        day, today = self.line.day, timezone.localdate()
        wanted = [item.pk for item in items]
        rows = Product.objects if len(wanted) > MANY else Product.objects.filter(pk__in=wanted)
        products = {product.pk: product for product in rows.select_related("owner")}
        help_at = supporters({item.place for item in items}, today, self.request.user)
        return [
            Row(
                item,
                products[item.pk],
                *self.named[item.place],
                (day - item.since_on).days,
                help_at[item.place],
            )
            for item in items
        ]


MANY = 5_000  # products, above which reading all is quicker than naming them
TEAMS = [("yes", gettext_lazy("of a team")), ("no", gettext_lazy("of no team"))]


@dataclass(frozen=True)
class Told:
    """One kind of change since the month before: how many, the first of them by name."""

    key: str
    title: str
    tone: str
    names: list  # (product, what happened)
    number: int

    @property
    def more(self) -> int:
        return self.number - len(self.names)


def told(page: LinePage) -> list[Told]:
    """What changed, by name; one query."""
    found = page.changes
    kinds = [
        ("listed", _("Newly on a floor, checked"), "good", found.listed),
        ("recognised", _("Newly recognised"), "info", found.recognised),
        ("lost", _("No longer counted: broken, taken off, or to be checked again"), "late",
         found.lost),
        ("ended", _("Recognition ended"), "quiet", found.ended),
    ]  # fmt: skip
    wanted = [item.pk for *_words, items in kinds for item in items[:SHOWN]]
    products = Product.objects.filter(pk__in=wanted).select_related("owner").in_bulk()
    return [
        Told(
            key,
            title,
            tone,
            [(products[item.pk], _happened(key, item, products[item.pk], page)) for item in
             items[:SHOWN]],
            len(items),
        )
        for key, title, tone, items in kinds
    ]  # fmt: skip


def _happened(key: str, item: Item, product: Product, page: LinePage) -> str:
    if key == "ended":
        made = product.ended_on is None or product.ended_on > page.day
        return _("expired") if made else _("no longer made")
    if key == "recognised":
        return str(RANKS[item.rank])
    return item.floor if key == "listed" else f"{state_in_words(item.state)}: {item.floor}"
