"""Household lists and yearly counts from somebody's Excel file, or pasted from it."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cncd.foundation.kit.excel import Heading, Row, Sheet
from cncd.foundation.kit.excel_headings import heading_key
from cncd.foundation.kit.figures import number
from cncd.foundation.kit.imports import (
    NEW,
    UNCHANGED,
    UPDATED,
    Import,
    Line,
    PasteForm,
    refuse_doubles,
)
from cncd.foundation.kit.text import fold
from cncd.foundation.places.models import Place
from cncd.work.households.actions import (
    CountLine,
    HouseholdLine,
    import_households,
    state_counts,
)
from cncd.work.households.actions.counts import FIGURES
from cncd.work.households.forms import LABELS, MOST_COUNTED, SourceMixin, YearForm, years
from cncd.work.households.models import Household, HouseholdCount
from cncd.work.households.rules import NotACode, checked_code, code_key

HAMLET = gettext_lazy("Hamlet")
CODE = Heading(
    "code",
    gettext_lazy("Household code"),
    ["mã hộ", "mã số hộ", "mã", "số hộ", "hộ"],
    required=True,
    max_length=60,
    examples=["001", "002"],
    help=gettext_lazy("Only the code, no name. Leading zeros stay."),
)
FLAGS = {
    "is_producing": Heading(
        "is_producing",
        gettext_lazy("Produces"),
        ["sản xuất", "hộ sản xuất", "sx"],
        kind="yes",
        examples=["x", ""],
        help=gettext_lazy("x for yes, empty for no."),
    ),
    "is_business": Heading(
        "is_business",
        gettext_lazy("Business"),
        ["kinh doanh", "hộ kinh doanh", "kd"],
        kind="yes",
        examples=["", "x"],
        help=gettext_lazy("x for yes, empty for no."),
    ),
}


def hamlet_heading(*, required: bool) -> Heading:
    names = ["ấp", "khóm", "ấp/khóm", "ấp, khóm", "khóm, ấp", "tên ấp", "mã ấp", "địa bàn"]
    told = gettext_lazy("Name or code, as under “Places”.")
    return Heading("hamlet", HAMLET, names, required=required, help=told)


class OfHamlets(Import):
    """An import about some hamlets, named by row; a single one need not be named."""

    form_class = PasteForm

    def __init__(self, request, *, hamlets: list[Place], **options):
        super().__init__(request, **options)
        self.hamlets = hamlets
        self.only = hamlets[0] if len(hamlets) == 1 else None
        if self.only:
            self.title = f"{self.title}: {self.only.full_name}"
        self.known: dict[str, list[Place]] = defaultdict(list)
        for place in hamlets:
            for text in {place.code, fold(place.name), fold(place.full_name)}:
                self.known[text].append(place)

    def hamlet_of(self, row: Row) -> Place | None:
        """The hamlet of the row; what is wrong is added to the row."""
        written = row["hamlet"]
        if not written:
            return self.only
        found = self.known.get(written) or self.known.get(fold(written)) or []
        if len(found) == 1:
            return found[0]
        told = _("Several hamlets here bear the name “%(name)s”; write the code of the hamlet.")
        if not found:
            told = _("There is no hamlet “%(name)s” whose list you keep. Check the name or code.")
        row.error(str(HAMLET), told % {"name": written})
        return None

    @property
    def under(self) -> Place | None:
        """What the journal says the file is about."""
        return self.only or self.request.scope.place


class HouseholdImport(OfHamlets):
    title = gettext_lazy("Household list from Excel")
    name = "danh-sach-ho"
    intro = gettext_lazy(
        "One row per household: its code, and whether it produces or does business. No names, no"
        " phone numbers: other columns are not kept. The same file again updates the list, it does"
        " not double it; households the file does not name stay."
    )
    notes = [
        gettext_lazy("Write codes as text, so that Excel keeps the zeros: 001."),
        gettext_lazy("1, 01 and 001 are one and the same household."),
        gettext_lazy("Names and phone numbers have no place here."),
    ]

    @property
    def columns(self) -> list[Heading]:
        own = [CODE, *FLAGS.values()]
        return own if self.only else [hamlet_heading(required=True), *own]

    def template_rows(self) -> list:
        """The households there are already, so that the file can be completed."""
        rows = Household.objects.on(timezone.localdate()).filter(place__in=self.hamlets)
        names = {place.pk: [] if self.only else [place.full_name] for place in self.hamlets}
        found = rows.order_by("place", "sort_key")[: self.max_rows]
        flags = [tuple("x" if getattr(h, name) else "" for name in FLAGS) for h in found]
        return [[*names[h.place_id], h.code, *ticks] for h, ticks in zip(found, flags, strict=True)]

    def check(self, sheet: Sheet) -> list[Line]:
        rows = list(_without_heading(sheet))
        places = {row.number: self.hamlet_of(row) for row in rows}
        there = Household.objects.filter(place__in={p.pk for p in places.values() if p})
        self.there = {(row.place_id, row.sort_key): row for row in there}
        self.seen: dict[tuple, int] = {}
        return [self._line(row, places[row.number]) for row in rows]

    def _line(self, row: Row, place: Place | None) -> Line:
        code = self._code(row)
        if row.errors or place is None or code is None:
            return Line.of(row)
        key = (place.pk, code_key(code))
        earlier = self.seen.setdefault(key, row.number)
        if earlier != row.number:
            told = _("Row %(row)s already has this code of the same hamlet.")
            row.error(str(CODE.label), told % {"row": earlier})
        before = self.there.get(key)
        line = HouseholdLine(place, code, *(row[name] for name in FLAGS))
        notes = _notes(before, line) if before else []
        if before and before.code != code:
            as_is = _("“%(written)s” is household %(code)s on the list.")
            row.notes.append(as_is % {"written": code, "code": before.code})
        state = NEW if before is None else UPDATED if notes else UNCHANGED
        return Line.of(row, state, line, notes)

    def _code(self, row: Row) -> str | None:
        if not row["code"]:
            return None
        try:
            return checked_code(row["code"])
        except NotACode as refused:
            row.error(str(CODE.label), str(refused.message))
            return None

    def write(self, lines: list[Line]) -> str:
        about = {"under": self.under, "file_name": str(self.chosen["file"].name)}
        done = import_households(
            lines=[line.content for line in lines], by=self.request.user, **about
        )
        return _("%(new)s households are new, %(changed)s were changed.") % done


def _without_heading(sheet: Sheet) -> Iterable[Row]:
    """The rows, but for a heading alone above pasted codes: one word is no row of headings."""
    names = CODE.names()
    return (row for row in sheet if heading_key(row.raw.get("code", "")) not in names)


def _notes(before: Household, line: HouseholdLine) -> list[str]:
    """What the row changes of the household as it stands."""
    words = {True: _("yes"), False: _("no")}
    found = [
        f"{FLAGS[name].label}: {words[getattr(before, name)]} → {words[getattr(line, name)]}"
        for name in FLAGS
        if getattr(line, name) not in (None, getattr(before, name))
    ]
    return [*found, _("Comes back to the list.")] if before.until_on else found


class CountsUpload(PasteForm, SourceMixin, YearForm):
    """The cells or the file, the year they speak of, and who says so."""

    field_order = ["year", "source", "pasted", "file"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial.setdefault("year", years()[0])


class CountsImport(OfHamlets):
    title = gettext_lazy("Households in numbers, from Excel")
    name = "so-ho-hang-nam"
    intro = gettext_lazy(
        "One row per hamlet. A correction does not overwrite: what was stated before stays"
        " readable, and sent reports keep their figures."
    )
    notes = [
        gettext_lazy("Leave a cell empty when the figure is not known; 0 means there is none."),
        gettext_lazy("A figure that the file does not speak of stays as it is."),
    ]
    form_class = CountsUpload

    @property
    def columns(self) -> list[Heading]:
        also = {
            "households": ["số hộ", "tổng số hộ", "hộ"],
            "businesses": ["hộ sản xuất, kinh doanh", "hộ sxkd", "hộ kinh doanh"],
            "adults": ["người trưởng thành", "dân số trưởng thành", "từ 18 tuổi"],
        }
        figures = [
            Heading(name, LABELS[name], also[name], kind="whole", most=MOST_COUNTED)
            for name in FIGURES
        ]
        source = Heading(
            "source",
            gettext_lazy("Source"),
            ["nguồn", "nguồn số liệu"],
            help=gettext_lazy("When it differs from that of the whole file."),
        )
        return [hamlet_heading(required=True), *figures, source]

    def template_rows(self) -> list:
        return [[place.full_name, "", "", "", ""] for place in self.hamlets]

    def check(self, sheet: Sheet) -> list[Line]:
        refuse_doubles(sheet, "hamlet")
        rows = [
            row for row in sheet if row.errors or any(row[name] is not None for name in FIGURES)
        ]
        places = {row.number: self.hamlet_of(row) for row in rows}
        ids = {place.pk for place in places.values() if place}
        current = HouseholdCount.objects.current().filter(place__in=ids, year=self.chosen["year"])
        self.standing = {row.place_id: row for row in current}
        return [self._line(row, places[row.number]) for row in rows]

    def _line(self, row: Row, place: Place | None) -> Line:
        if place is None:
            return Line.of(row)
        old = self.standing.get(place.pk)
        kept = {name: getattr(old, name, None) for name in FIGURES}
        said = kept | {name: row[name] for name in FIGURES if row[name] is not None}
        line = CountLine(place, **said, source=row["source"] or "")
        if None not in (line.businesses, line.households) and line.businesses > line.households:
            told = _("More than the households (%(all)s).") % {"all": number(line.households)}
            row.error(str(LABELS["businesses"]), told)
        notes = [
            f"{LABELS[name]}: {_shown(kept[name])} → {_shown(said[name])}"
            for name in FIGURES
            if old and said[name] != kept[name]
        ]
        if old and line.source and line.source != old.source:
            notes.append(f"{old.source} → {line.source}")
        state = NEW if old is None else UPDATED if notes else UNCHANGED
        return Line.of(row, state, line, notes)

    def write(self, lines: list[Line]) -> str:
        rows = state_counts(
            year=self.chosen["year"],
            source=self.chosen["source"],
            lines=[line.content for line in lines],
            by=self.request.user,
            under=self.under,
            file_name=str(self.chosen["file"].name),
        )
        return ngettext("%(n)d hamlet stated.", "%(n)d hamlets stated.", len(rows)) % {
            "n": len(rows)
        }


def _shown(value: int | None) -> str:
    return "–" if value is None else number(value)
