"""From somebody's Excel file to rows of ours: upload, look at what would happen, confirm.

A room declares an `Import`; its view ends with `return HamletImport(request, place=…).response()`.
One address serves all steps: the form, the template (`?template=1`), the preview (`?import=…`).
With `form_class = PasteForm` cells may also be pasted; `?again=…` opens what was pasted once more.
Nothing is written until somebody confirms, and then by one batch action, all rows or none.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .excel import Heading, Row, RowError, Sheet, UnreadableFile, open_tables, rows_under
from .excel_cells import shown
from .excel_headings import Table, find_table
from .import_store import Kept, Taken
from .import_table import ImportTable

NEW, UPDATED, UNCHANGED, WRONG = "new", "updated", "unchanged", "wrong"


class UploadForm(forms.Form):
    """Which file; rooms add fields (a day, a decision's number), but no second file."""

    file = forms.FileField(
        label=gettext_lazy("Excel file"),
        help_text=gettext_lazy("An .xlsx, .xls or .csv file of at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )


class PasteForm(UploadForm):
    """Cells copied in Excel, or a file."""

    pasted = forms.CharField(
        label=gettext_lazy("Paste here what was copied in Excel"),
        required=False,
        strip=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 8, "wrap": "off", "spellcheck": "false"}),
    )
    field_order = ["pasted", "file"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["file"].required = False
        self.fields["file"].label = gettext_lazy("Or an Excel file")

    def clean(self):
        said = super().clean()
        if said.get("pasted", "").strip():
            said["file"] = ContentFile(said["pasted"].encode(), _("what was pasted"))
        elif not said.get("file") and not self.errors:
            self.add_error("pasted", _("Paste the cells, or choose a file."))
        return said


@dataclass
class Line:
    """One row of the file, checked: what confirming would do with it."""

    number: int
    state: str  # NEW, UPDATED, UNCHANGED or WRONG
    shown: dict[str, Any]  # heading key → value
    content: Any = None  # what `write` needs
    notes: list[str] = field(default_factory=list)  # "Số hộ: 500 → 512"
    errors: list[RowError] = field(default_factory=list)

    @classmethod
    def of(cls, row: Row, state: str = NEW, content: Any = None, notes=()) -> "Line":
        """The line of a row as read; wrong when the row has errors."""
        values = {key: row.raw[key] if row[key] is None else row[key] for key in row.raw}
        state = WRONG if row.errors else state
        return cls(row.number, state, values, content, [*row.notes, *notes], row.errors)


class Import:
    """What a room says about its import; `self.chosen` holds the form's other fields."""

    title: Any = ""
    intro: Any = ""
    name = "import"  # of the template file, and of what is kept meanwhile
    columns: list[Heading] = []
    notes: list[Any] = []  # for the guide in the template
    form_class = UploadForm
    back = "/"  # address to return to
    max_rows = 5_000
    form_template = "kit/import_form.html"
    preview_template = "kit/import_preview.html"

    def __init__(self, request, *, back: str = "", **options):
        self.request, self.options = request, options
        self.back = back or self.back
        self.chosen: dict = {}

    # -- what a room says --------------------------------------------------------------------

    def check(self, sheet: Sheet) -> list[Line]:
        """What confirming would do with each row; reads, never writes."""
        raise NotImplementedError

    def write(self, lines: list[Line]) -> str:
        """Calls one batch action with the new and updated lines; returns what to tell the person.

        May raise ValidationError: the preview is shown again with its message.
        """
        raise NotImplementedError

    def template_rows(self) -> list:
        """Rows the template holds to begin with."""
        return []

    # -- the steps ---------------------------------------------------------------------------

    def response(self):
        request = self.request
        if "template" in request.GET:
            from .sheets import template_response

            rows, notes = self.template_rows(), self.notes
            title = str(self.title)
            return template_response(self.name, self.columns, title=title, notes=notes, rows=rows)
        if "import" not in request.GET:
            return self._form()
        kept = Kept.of(request, self.name, request.GET["import"])
        if kept is None:
            messages.warning(
                request, _("This file is no longer here: it was written, or has expired.")
            )
            return HttpResponseRedirect(request.path)
        if request.method != "POST":
            return self._preview(kept)
        if "drop" in request.POST:
            kept.drop()
            return HttpResponseRedirect(request.path)
        return self._confirm(kept)

    def _form(self):
        request = self.request
        form = self.form_class(request.POST or None, request.FILES or None, initial=self._again())
        if request.method == "POST" and form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                tables = open_tables(upload, self.max_rows)
                if form.cleaned_data.get("pasted", "").strip():
                    tables = with_headings(tables, self.columns)
                rows_under(tables, self.columns, self.max_rows)
            except UnreadableFile as refused:
                form.add_error("file", refused)
            else:
                token = Kept.keep(request, self.name, upload.name, tables)
                return HttpResponseRedirect(f"{request.path}?import={token}")
        context = {"form": form, "title": self.title, "intro": self.intro, "back": self.back}
        context |= {"submit": _("Check the file"), "columns": self.columns}
        return render(request, self.form_template, context)

    def _again(self) -> dict:
        """What was pasted before, to be put right and pasted anew."""
        token = self.request.GET.get("again", "")
        kept = Kept.of(self.request, self.name, token) if token else None
        if kept is None or kept.outcome:
            return {}
        widest = max(kept.open(), key=lambda table: table.width)
        lines = ("\t".join(map(shown_again, cells)) for cells in widest.rows.values())
        return QueryDict(kept.form).dict() | {"pasted": "\n".join(lines)}

    def _read(self, kept: Kept) -> tuple[Sheet, list[Line]]:
        tables = kept.open()
        form = self.form_class(QueryDict(kept.form), {"file": ContentFile(b"read", kept.filename)})
        if not form.is_valid():
            raise Http404
        self.chosen = form.cleaned_data
        sheet = rows_under(tables, self.columns, self.max_rows)
        return sheet, self.check(sheet)

    def _preview(self, kept: Kept):
        if kept.outcome:
            return self._said_already(kept)
        try:
            sheet, lines = self._read(kept)
        except Taken:
            return self._said_already(kept)
        count = Counter(line.state for line in lines)
        return ImportTable(
            self.request,
            lines,
            sheet.headings,
            title=self.title,
            template=self.preview_template,
            context={
                "importing": self,
                "kept": kept,
                "count": {state: count[state] for state in (NEW, UPDATED, UNCHANGED, WRONG)},
                "to_write": count[NEW] + count[UPDATED],
                "digest": digest_of(lines),
                "notes": sheet.notes,
                "back": self.request.path,
            },
        ).response()

    def _confirm(self, kept: Kept):
        if kept.outcome:
            return self._said_already(kept)
        try:
            with kept.taken() as taken:
                problem = self._write_checked(kept)
                if problem:
                    taken.give_back()
        except Taken:
            return self._said_already(kept)
        if problem:
            messages.error(self.request, problem)
            return HttpResponseRedirect(f"{self.request.path}?import={kept.token}")
        messages.success(self.request, kept.outcome)
        return HttpResponseRedirect(self.back)

    def _write_checked(self, kept: Kept) -> str:
        """Writes, unless what would happen is no longer what was shown; returns what hinders."""
        _sheet, lines = self._read(kept)
        if digest_of(lines) != self.request.POST.get("digest"):
            return _("The data has changed since this page was made. Look again, then confirm.")
        wrong = sum(line.state == WRONG for line in lines)
        if wrong:
            return ngettext(
                "One row is wrong; nothing was written. Correct the file and upload it again.",
                "%(count)s rows are wrong; nothing was written. Correct the file, upload it again.",
                wrong,
            ) % {"count": wrong}
        try:
            kept.outcome = self.write([line for line in lines if line.state in (NEW, UPDATED)])
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    def _said_already(self, kept: Kept):
        told = kept.outcome or _("This file is being written, or has been. Look at the list.")
        messages.info(self.request, told)
        return HttpResponseRedirect(self.back)


def digest_of(lines: list[Line]) -> str:
    """Stands for all that the preview shows; another digest means another outcome."""
    seen = [
        [line.number, line.state, line.shown, line.notes, [str(error) for error in line.errors]]
        for line in lines
    ]
    return hashlib.sha256(json.dumps(seen, default=str).encode()).hexdigest()


def with_headings(tables: list[Table], columns: list[Heading]) -> list[Table]:
    """The tables, under headings of ours when what was pasted has none: columns in our order."""
    if any(find_table(table, columns) for table in tables):
        return tables
    widest = max(tables, key=lambda table: table.width)
    return [replace(widest, rows={0: [str(heading.label) for heading in columns], **widest.rows})]


def shown_again(cell) -> str:
    return "" if cell is None else shown(cell)


def refuse_doubles(sheet: Sheet, *keys: str) -> None:
    """Adds an error to each row that repeats the values of an earlier row under these headings."""
    labels = [str(heading.label) for heading in sheet.headings if heading.key in keys]
    first: dict[tuple, int] = {}
    for row in sheet:
        values = tuple(row[key] for key in keys)
        if None in values:
            continue
        earlier = first.setdefault(values, row.number)
        if earlier != row.number:
            row.error(", ".join(labels), _("Row %(row)s already says this.") % {"row": earlier})


def take_form_errors(row: Row, form, columns: list[Heading]) -> None:
    """Adds a form's errors to the row, each at the column of the same key."""
    labels = {heading.key: str(heading.label) for heading in columns}
    for name, found in form.errors.items():
        for message in found:
            row.error(labels.get(name, ""), message)
