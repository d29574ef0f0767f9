"""What the templates of a list draw: headings with sort links, cells, chips, pages."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.html import conditional_escape, escape
from django.utils.safestring import mark_safe

from . import cells, figures

SIZES = (20, 50, 100, 200)


@dataclass
class Heading:
    column: object
    address: str  # "" when the column does not sort
    direction: str  # ascending, descending or ""


@dataclass
class Cell:
    column: object
    html: str


@dataclass
class Row:
    row: object
    key: object
    first: str  # what its first cell shows
    html: str  # its cells


@dataclass
class Chip:
    label: str
    value: str
    address: str


class ListView:
    """One page of a list, ready to draw."""

    def __init__(self, source):
        self.source = source
        for name in ("title", "name", "empty", "region", "text", "active", "page", "shown",
                     "prefix", "numbered", "select", "search_hint", "is_narrowed"):  # fmt: skip
            setattr(self, name, getattr(source, name))
        self.can_search = bool(source.search or source.search_fields)
        self.form = f"{self.region}-form"
        self.printing = bool(source.asked("print"))
        self.is_part = source.is_part

    def address(self, **changes) -> str:
        """This page's address with parameters of this list changed; None takes one away."""
        query = self.source.request.GET.copy()
        for name, value in {"page": None, "export": None, "print": None, **changes}.items():
            query.pop(self.prefix + name, None)
            if value is not None:
                query[self.prefix + name] = value
        return f"{self.source.request.path}?{query.urlencode()}"

    @property
    def address_in_short(self) -> str:
        """This page's address without the parameters a form sends empty."""
        usual = {self.prefix + each.choice.key for each in self.active if each.choice.default}
        query = self.source.request.GET.copy()
        for name in [name for name, value in query.items() if not value and name not in usual]:
            del query[name]
        if query.get(self.prefix + "size") == str(self.source.size):
            del query[self.prefix + "size"]
        path = self.source.request.path
        return f"{path}?{query.urlencode()}" if query else path

    @cached_property
    def headings(self) -> list[Heading]:
        sorted_by, down = self.source.sort
        found = []
        for column in self.shown:
            mine = column is sorted_by
            direction = ("descending" if down else "ascending") if mine else ""
            turned = f"-{column.key}" if mine and not down else column.key
            address = self.address(sort=turned) if column.sort else ""
            found.append(Heading(column, address, direction))
        return found

    @cached_property
    def rows(self) -> list[Row]:
        return [self._row(row) for row in self.page.object_list]

    def _row(self, row) -> Row:
        """Joined here, not by a template: that took longer than finding the row."""
        key = cells.value_of(row, self.select) if self.select else None
        shown = [conditional_escape(cells.draw(column, row)) for column in self.shown]
        html = "".join(
            f"{before}{cell}{after}"
            for (before, after), cell in zip(self._frames, shown, strict=True)
        )
        return Row(row, key, shown[0], mark_safe(html))  # noqa: S308  cells and frames are escaped

    @cached_property
    def _frames(self) -> list[tuple[str, str]]:
        """What stands before and after each cell of a row; the first one heads the row."""
        found = []
        for place, column in enumerate(self.shown):
            kind = "num" if column.is_figure else f"kind-{column.kind}"
            tag, scope = ("td", "") if place else ("th", ' scope="row"')
            label = escape(column.label)
            found.append((f'<{tag}{scope} class="{kind}" data-label="{label}">', f"</{tag}>"))
        return found

    @cached_property
    def totals(self) -> list[Cell]:
        """The last line: sums under the columns that ask for them; empty when none does."""
        sums = self.source.totals
        if not sums or not self.rows:
            return []
        return [
            Cell(c, figures.number(sums[c.key] or 0) if c.key in sums else "") for c in self.shown
        ]

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(each.choice.label, each.label, self.address(**{each.choice.key: ""}))
            for each in self.active
            if each.value
        ]

    @property
    def cleared(self) -> str:
        """The address without search and filters; what is not of this list stays."""
        gone = {each.choice.key: "" for each in self.active}
        return self.address(q=None, **gone)

    @property
    def columns(self) -> list[tuple[object, bool]]:
        return [(column, column in self.shown) for column in self.source.columns]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What of the address the search form must send again: all it has no field for."""
        fields = {"q", "page", "export", "print", "size", *(e.choice.key for e in self.active)}
        names = {self.prefix + name for name in fields}
        pairs = self.source.request.GET.lists()
        return [(name, value) for name, values in pairs if name not in names for value in values]

    @property
    def kept_for_columns(self) -> list[tuple[str, str]]:
        """What of the address the form of columns must send again."""
        names = {self.prefix + name for name in ("cols", "page", "export", "print")}
        pairs = self.source.request.GET.lists()
        return [(name, value) for name, values in pairs if name not in names for value in values]

    @property
    def sizes(self) -> list[int]:
        return sorted({*SIZES, self.source.page_size}) if not self.printing else []

    @property
    def size(self) -> int:
        return self.source.page_size

    @property
    def pages(self) -> list[tuple[object, str]]:
        """Numbers of pages to offer, with their addresses; a gap is (…, "")."""
        paginator = self.page.paginator
        elided = paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        return [(n, "" if n == paginator.ELLIPSIS else self.address(page=n)) for n in elided]

    @property
    def previous(self) -> str:
        has = self.page.has_previous()
        return self.address(page=self.page.previous_page_number()) if has else ""

    @property
    def next(self) -> str:
        return self.address(page=self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def export(self) -> str:
        return self.address(export="xlsx") if self.source.exportable else ""

    @property
    def paged(self) -> str:
        return self.address()

    @property
    def print(self) -> str:
        return self.address(print="1")
