"""Budgets or spending from a file or pasted from a list: one row per line of the book."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cncd.foundation.kit.amounts import AmountField
from cncd.foundation.kit.bulk import LinesRefused
from cncd.foundation.kit.excel import Heading
from cncd.foundation.kit.imports import NEW, UNCHANGED, Import, Line, PasteForm
from cncd.foundation.kit.text import fold
from cncd.foundation.places.models import Place
from cncd.work.money.actions import EntryRefused, Said, check_said, import_entries
from cncd.work.money.models import Budget, Purpose, Source, Spending

WHAT = Heading(
    "what", gettext_lazy("What for"), ["nội dung", "nội dung chi", "diễn giải"], max_length=200,
    examples=["Loa cầm tay cho Tổ ấp 1", "Tập huấn kỹ năng số"],
)  # fmt: skip
SHARED = [
    Heading("amount", gettext_lazy("Amount (đồng)"), ["số tiền", "số tiền (đồng)", "thành tiền"],
            required=True, help=gettext_lazy("1.250.000 or 1,25 triệu"),
            examples=["1.250.000", "12,5 triệu"]),
    Heading("purpose", gettext_lazy("Purpose"), ["mục đích", "mục đích chi", "khoản mục"],
            required=True, examples=["Thiết bị", "Tập huấn"]),
    Heading("source", gettext_lazy("Source"), ["nguồn", "nguồn kinh phí"], required=True,
            examples=["Ngân sách xã", "Xã hội hóa"]),
]  # fmt: skip
SPENT_ON = Heading("on", gettext_lazy("Day of spending"), ["ngày", "ngày chi"], required=True,
                   kind="day", examples=["02/11/2026", "05/11/2026"])  # fmt: skip
YEAR = Heading("on", gettext_lazy("Year"), ["năm", "năm ngân sách"], required=True, kind="whole",
               least=2020, most=2100, examples=["2026", "2026"])  # fmt: skip


class EntryImport(Import):
    intro = gettext_lazy(
        "One row per line of your own unit's book. A row that stands there already (same day or "
        "year, amount, purpose, source and text) is left out."
    )
    notes = [gettext_lazy("Only your own unit's money; the units below keep their own book.")]
    form_class = PasteForm
    max_rows = 2_000
    model = Spending

    def __init__(self, request, *, unit: Place, **options):
        super().__init__(request, **options)
        self.unit, day = unit, request.scope.today
        self.labels = {heading.key: heading.label for heading in self.columns}
        self.catalogues = {
            name: {
                fold(word): row for row in model.objects.on(day) for word in (row.code, row.name)
            }
            for name, model in (("purpose", Purpose), ("source", Source))
        }

    def check(self, sheet) -> list[Line]:
        when = "year" if self.model is Budget else "spent_on"
        standing = self.model.objects.standing().filter(place=self.unit)
        seen = set(standing.values_list(when, "amount", "purpose", "source", "search_key"))
        return [self._line(row, seen) for row in sheet]

    def _line(self, row, seen: set) -> Line:
        amount = self._amount(row)
        purpose, source = self._of("purpose", row), self._of("source", row)
        if row.errors:
            return Line.of(row)
        said = Said(on=row["on"], source=source, purpose=purpose, amount=amount,
                    what=row["what"] or "")  # fmt: skip
        key = (said.on, amount, purpose.pk, source.pk, fold(said.what)[:300])
        if key in seen:
            return Line.of(row, UNCHANGED, said)
        seen.add(key)
        try:
            check_said(self.unit, said)
        except EntryRefused as refused:
            for field, messages in refused.message_dict.items():
                row.error(self.labels.get(field, self.labels["amount"]), messages[0])
        return Line.of(row) if row.errors else Line.of(row, NEW, said)

    def _amount(self, row) -> int | None:
        try:
            return AmountField().clean(row["amount"]) if row["amount"] else None
        except ValidationError as refusal:
            row.error(self.labels["amount"], refusal.messages[0])
            return None

    def _of(self, name: str, row):
        """The row of the catalogue that was named; marks an error when there is none."""
        written, catalogue = row[name], self.catalogues[name]
        found = catalogue.get(fold(written)) if written else None
        if written and found is None:
            offered = ", ".join(dict.fromkeys(str(each) for each in catalogue.values()))
            said = _("“%(name)s” is not in the catalogue. Choose: %(offered)s.")
            row.error(self.labels[name], said % {"name": written, "offered": offered})
        return found

    def write(self, lines: list[Line]) -> str:
        try:
            done = import_entries(
                place=self.unit, lines=[line.content for line in lines], by=self.request.user,
                file_name=str(self.name),
            )  # fmt: skip
        except LinesRefused as refused:
            raise refused.by_row([line.number for line in lines]) from None
        text = ngettext("%(n)s line was recorded.", "%(n)s lines were recorded.", len(done))
        return text % {"n": len(done)}


class SpendingImport(EntryImport):
    title = gettext_lazy("Spending from a list")
    name = "kinh-phi-da-chi"
    columns = [SPENT_ON, WHAT, *SHARED]


class BudgetImport(EntryImport):
    title = gettext_lazy("Budget from a list")
    name = "du-toan"
    model = Budget
    columns = [YEAR, WHAT, *SHARED]
