"""Tables that search, filter, sort, choose columns, page, print and export, all from the address.

A room declares a `List`; its view ends with `return TeamList(request, queryset).response()`.
Everything works without JavaScript; with htmx only the table is sent again.
"""

from dataclasses import dataclass, field
from types import FunctionType
from typing import Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from . import cells
from .list_rows import rows_of
from .list_view import SIZES, ListView
from .text import fold

PRINTED = 2_000  # rows on one print-out


@dataclass
class Column:
    """One column: what it shows of a row, how it sorts, whether it is exported."""

    key: str
    label: str | Promise
    value: Any = None  # callable(row), or a path of attributes and keys; the key when not given
    sort: Any = None  # order_by expression(s); for plain rows a path or callable
    kind: str = "text"  # text code number percent date datetime phone badge lines
    link: Any = None  # callable(row) -> address
    tone: Any = None  # callable(row) -> good soon late info quiet, for badges
    template: str = ""  # draws the cell itself, from `row` and `value`
    hidden: bool = False
    export: bool = True
    total: bool = False  # a sum of all found rows below the table
    help: str | Promise = ""
    excel: Any = None  # what Excel gets where there is one: the number behind the words

    def of(self, row) -> Any:
        """The value in this row."""
        return cells.value_of(row, self.value or self.key)

    def in_excel(self, row) -> Any:
        """The value an Excel file holds."""
        found = cells.value_of(row, self.excel) if self.excel else None
        return self.of(row) if found is None else found

    @property
    def is_figure(self) -> bool:
        return self.kind in ("number", "percent")


@dataclass
class Choice:
    """One filter: its values, and what choosing one does to the rows."""

    key: str
    label: str | Promise
    choices: Any = ()  # [(value, label)…] or callable(request)
    apply: Any = None  # callable(rows, value); equality of the attribute when not given
    default: str = ""

    def options(self, request) -> list[tuple[str, str]]:
        found = self.choices(request) if callable(self.choices) else self.choices
        return [(str(value), label) for value, label in found]


@dataclass
class ActiveFilter:
    """A filter as it stands on this page."""

    choice: Choice
    name: str
    options: list[tuple[str, str]]
    value: str
    label: str = field(init=False)

    def __post_init__(self):
        self.label = next((label for value, label in self.options if value == self.value), "")


class List:
    title: Any = ""
    name = "list"  # of the exported file, and of the list's part of the page
    template = "kit/list.html"
    columns: list[Column] = []
    filters: list[Choice] = []
    search: Any = None  # function (rows, folded text) -> rows
    search_fields: list[str] = []
    search_hint: Any = _("Search")
    order: Any = None
    size = SIZES[0]
    empty: Any = _("There is nothing here yet.")
    select: str = ""  # a row's key: boxes named "row" of the form `<name>-bulk` stand before rows
    numbered = False
    exportable = True

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        found = cls.__dict__.get("search")
        # A bare function or lambda of the class body is meant as it is written: (rows, text).
        if isinstance(found, FunctionType) and found.__code__.co_argcount == 2:
            cls.search = staticmethod(found)

    def __init__(self, request, rows, *, context: dict | None = None, prefix: str = ""):
        self.request, self.source, self.context = request, rows, context or {}
        self.prefix = prefix
        self.rows = rows_of(rows)

    # -- what the address asks for -----------------------------------------------------------

    def asked(self, name: str, default: str = "") -> str:
        """The parameter of this list in the address."""
        return self.request.GET.get(self.prefix + name, default).strip()

    @cached_property
    def text(self) -> str:
        return self.asked("q")[:200]

    @cached_property
    def active(self) -> list[ActiveFilter]:
        """Every filter with its present value; a value that is not on offer counts as none."""
        found = []
        for choice in self.filters:
            options = choice.options(self.request)
            value = self.asked(choice.key, choice.default)
            value = value if value in dict(options) else ""
            found.append(ActiveFilter(choice, self.prefix + choice.key, options, value))
        return found

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a filter may be hiding rows."""
        return bool(self.text or any(each.value != each.choice.default for each in self.active))

    @cached_property
    def sort(self) -> tuple[Column | None, bool]:
        """The column sorted by, and whether downwards."""
        asked = self.asked("sort")
        key, down = asked.removeprefix("-"), asked.startswith("-")
        column = next((c for c in self.columns if c.key == key and c.sort), None)
        return column, down

    @cached_property
    def shown(self) -> list[Column]:
        """The columns chosen in the address, else those not hidden; never none at all."""
        asked = self.request.GET.getlist(self.prefix + "cols")
        wanted = {key for part in asked for key in part.split(",")}
        chosen = [column for column in self.columns if column.key in wanted]
        return chosen or [column for column in self.columns if not column.hidden]

    @cached_property
    def page_size(self) -> int:
        if self.asked("print"):
            return PRINTED
        asked = self.asked("size")
        return int(asked) if asked in map(str, SIZES) else self.size

    # -- rows --------------------------------------------------------------------------------

    @cached_property
    def found(self):
        """Every row that passes the search and the filters, in order."""
        rows = self.rows
        if self.text:
            rows = rows.searched(self.text, fold(self.text), self.search, self.search_fields)
        for each in self.active:
            if each.value:
                rows = rows.filtered(each.choice.apply, each.choice.key, each.value)
        column, down = self.sort
        return rows.sorted(column.sort if column else self.order, down, self.order)

    @cached_property
    def page(self):
        paginator = Paginator(self.found.source, self.page_size)
        return paginator.get_page(self.asked("page", "1"))

    @cached_property
    def totals(self) -> dict[str, Any]:
        """Column key → sum over all found rows, for the columns that ask for it."""
        return {c.key: self.found.sum(c.value or c.key) for c in self.shown if c.total}

    # -- answers -----------------------------------------------------------------------------

    @property
    def region(self) -> str:
        """The id of the part of the page that changes."""
        return f"list-{self.prefix}{self.name}"

    def part(self):
        """The Excel file or the changed part, when this list alone is asked for; else None."""
        if self.exportable and self.asked("export") == "xlsx":
            from .list_export import excel_response

            return excel_response(self)
        if not self.is_part:
            return None
        response = self._answer("kit/list_region.html")
        response.headers["HX-Push-Url"] = self.view.address_in_short
        return response

    @cached_property
    def is_part(self) -> bool:
        """Whether htmx asks for the changing part only."""
        headers = self.request.headers
        back = "HX-History-Restore-Request" in headers
        return headers.get("HX-Target") == self.region and not back

    def response(self):
        """The page, the changed part of it for htmx, or the Excel file."""
        return self.part() or self._answer(self.template)

    def _answer(self, template: str):
        response = render(self.request, template, {**self.context, "list": self.view})
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        return response

    @cached_property
    def view(self):
        """What the templates draw."""
        return ListView(self)
