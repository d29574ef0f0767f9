"""The tables of this room."""

from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.work.money.models import Purpose, Source


def _money(key, label, value, link=None, **options):
    options = {"total": link is not None} | options  # what is left here does not make up there
    return Column(key, label, value=value, kind="number", sort=value, link=link, **options)


class PlanList(List):
    """Plan against actual, by purpose, source or unit; every sum opens the rows behind it."""

    title = _("Money")
    name = "du-toan-va-da-chi"
    template = "money/plan.html"
    search_fields = ["name"]
    empty = _("No budget and no spending of this year was recorded yet.")

    def __init__(self, request, rows, *, label, opens, has_below, **options):
        """`opens(line, model name, whole)` is the address of the rows behind a sum."""
        self.columns = [Column("name", label, sort="name"), *self._own(opens, has_below)]
        if has_below:
            self.columns += self._whole(opens)
        super().__init__(request, rows, **options)

    @staticmethod
    def _own(opens, has_below) -> list[Column]:
        return [
            _money("budget", _("Own budget") if has_below else _("Budget"), "own.budget",
                   lambda line: line.own.budget and opens(line, "budget", False)),
            _money("spent", _("Own spending") if has_below else _("Spent"), "own.spent",
                   lambda line: line.own.spent and opens(line, "spending", False)),
            _money("left", _("Own, left") if has_below else _("Left"), "own.left"),
            _money("over", _("Own, beyond") if has_below else _("Beyond the budget"), "own.over"),
            Column("share", _("Own, share spent") if has_below else _("Share spent"),
                   value="own.share", kind="percent", sort="own.share", hidden=True),
        ]  # fmt: skip

    @staticmethod
    def _whole(opens) -> list[Column]:
        return [
            _money("all_budget", _("Budget with units below"), "all.budget",
                   lambda line: line.all.budget and opens(line, "budget", True)),
            _money("all_spent", _("Spent with units below"), "all.spent",
                   lambda line: line.all.spent and opens(line, "spending", True)),
            _money("all_left", _("Left with units below"), "all.left"),
            _money("all_over", _("Beyond, with units below"), "all.over", hidden=True),
        ]  # fmt: skip


class EntryList(List):
    template = "money/entries.html"
    search_fields = ["search_key"]
    search_hint = _("What for")
    shared = [
        Column("amount", _("Amount (đồng)"), kind="number", sort="amount", total=True),
        Column("purpose", _("Purpose"), value="purpose.name", sort="purpose__order"),
        Column("source", _("Source"), value="source.name", sort="source__order"),
        Column("unit", _("Unit"), value="unit_name", sort="unit_name"),
        Column("document", _("Document"), value=lambda row: str(row.document or ""),
               link=lambda row: row.document and row.document.get_absolute_url()),
        Column("recorded_at", _("Recorded at"), kind="datetime", sort="recorded_at", hidden=True),
    ]  # fmt: skip
    filters = [
        Choice("purpose", _("Purpose"),
               lambda request: [(row.code, row.name) for row in Purpose.objects.all()],
               lambda rows, value: rows.filter(purpose__code=value)),
        Choice("source", _("Source"),
               lambda request: [(row.code, row.name) for row in Source.objects.all()],
               lambda rows, value: rows.filter(source__code=value)),
    ]  # fmt: skip


def _page(row):
    return row.get_absolute_url()


class BudgetList(EntryList):
    title = _("Budget")
    name = "du-toan"
    order = ("-year", "purpose__order", "-recorded_at")
    empty = _("No budget of this year was recorded here yet.")
    columns = [
        Column("what", _("What for"), value=lambda row: row.what or row.purpose.name,
               sort="search_key", link=_page),
        Column("year", _("Year"), value=lambda row: str(row.year), sort="year"),
        *EntryList.shared,
    ]  # fmt: skip


class SpendingList(EntryList):
    title = _("Spending")
    name = "kinh-phi-da-chi"
    order = ("-spent_on", "-recorded_at")
    empty = _("No spending of this year was recorded here yet.")
    columns = [
        Column("what", _("What for"), sort="search_key", link=_page),
        Column("spent_on", _("Day of spending"), kind="date", sort="spent_on"),
        *EntryList.shared,
    ]
    filters = [
        *EntryList.filters,
        Choice("month", _("Month"), [(str(month), str(month)) for month in range(1, 13)],
               lambda rows, value: rows.filter(spent_on__month=value)),
    ]  # fmt: skip
