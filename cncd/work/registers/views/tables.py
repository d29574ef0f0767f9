"""What the lists of the room share: rows that know their hamlet, on the page and in Excel."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.work.registers.places import unit_names
from cncd.work.registers.views.scope import units_offered, within_unit

AT_ONCE = 1000
FEW = 500


class Described:
    """The rows of a QuerySet, a thousand at a time, each with the names its cells show."""

    def __init__(self, rows, describe):
        self.rows, self.describe = rows, describe

    def __iter__(self):
        some = []
        for row in self.rows.iterator(chunk_size=AT_ONCE):
            some.append(row)
            if len(some) == AT_ONCE:
                yield from self.describe(some)
                some = []
        yield from self.describe(some)


class RegisterList(List):
    """A list of records that belong to hamlets; `place_of` says to which."""

    template = "registers/list.html"
    tab = ""
    search_fields = ["search_key"]
    order: str | tuple = "sort_key"

    def __init__(self, request, rows, *, context: dict | None = None):
        self.day = request.scope.today
        unit = Choice("unit", _("Unit"), units_offered, lambda r, v: within_unit(r, v, self.day))
        self.filters = [*self.choices(request), unit]
        place = request.scope.place
        if place and place.level.code == "commune":
            self.columns = [column for column in self.columns if column.key != "commune"]
        super().__init__(request, rows, context={"tab": self.tab} | (context or {}))

    def choices(self, request) -> list[Choice]:
        return []

    @staticmethod
    def place_id(row) -> int:
        return row.place_id

    def describe(self, rows: list) -> list:
        """The rows with `hamlet` and `commune`, and what a kind of record adds."""
        named = unit_names({self.place_id(row) for row in rows}, self.day)
        for row in rows:
            row.hamlet, row.commune = named.get(self.place_id(row), ("", ""))
        return rows

    @cached_property
    def found(self):
        rows = List.found.func(self)
        return Described(rows.source, self.describe) if self.asked("export") == "xlsx" else rows

    @cached_property
    def page(self):
        found = List.page.func(self)
        # Keys first, then the few rows: the long rows are never sorted.
        keys = self.keys_on(found)
        rows = self.source.in_bulk(keys)
        found.object_list = self.describe([rows[key] for key in keys])
        return found

    def keys_on(self, page) -> list:
        """The keys of the rows on the page, in order.

        The last pages are read from the end. Few rows are found first and sorted then: a database
        asked for both may walk the whole table in the order wanted, looking for them.
        """
        first, last, all_rows = page.start_index(), page.end_index(), page.paginator.count
        ordered = self.found.source
        if self.sort[0] and all_rows <= FEW:
            ordered = ordered.filter(pk__in=list(ordered.order_by().values_list("pk", flat=True)))
        keys = ordered.values_list("pk", flat=True)
        if first <= all_rows // 2 or all_rows <= FEW:
            return list(keys[max(first - 1, 0) : last])
        return list(keys.reverse()[all_rows - last : all_rows - first + 1])[::-1]


def hamlet_columns() -> list[Column]:
    return [Column("hamlet", _("Hamlet")), Column("commune", _("Commune"))]
