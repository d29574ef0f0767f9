"""Products from Excel: one row per product, with its owner, recognition and floors."""

from collections import defaultdict
from contextlib import suppress
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cncd.foundation.kit.bulk import LinesRefused
from cncd.foundation.kit.excel import Heading, Row
from cncd.foundation.kit.import_store import Kept
from cncd.foundation.kit.imports import WRONG, Import, Line, PasteForm
from cncd.foundation.kit.text import fold, spelling
from cncd.foundation.places import queries as place_queries
from cncd.foundation.places.models import Place
from cncd.team.programme.models import Platform
from cncd.team.teams.authority import places_in_reach
from cncd.work.registers import alike
from cncd.work.registers.actions import import_products, rehearse
from cncd.work.registers.entering import until
from cncd.work.registers.forms.fields import POTENTIAL, whole
from cncd.work.registers.lines import ListingLine, ProductLine, faults
from cncd.work.registers.models import Owner, Product, ProductGroup
from cncd.work.registers.sentences import RANKS

FLOOR = "floor_"
ANOTHER = "new"  # decided: it is none of those that look alike
FIELDS = {"rank": "rank", "place": "hamlet", "listed_on": "listed_on"}  # of a line → heading


def headings(floors) -> list[Heading]:
    """The columns; groups and floors are those of the catalogue."""
    groups = [(group, group.name) for group in ProductGroup.objects.all()]
    return [
        Heading("name", gettext_lazy("Product"), ["tên sản phẩm", "sản phẩm ocop"], required=True,
                max_length=160, examples=["Cốm dẹp Ba Tý", "Bánh pía sầu riêng"]),
        Heading("kind", gettext_lazy("Kind"), ["loại sản phẩm"], kind="choice",
                choices=Product.Kind.choices, help=gettext_lazy("Left empty: OCOP product.")),
        Heading("hamlet", gettext_lazy("Hamlet"), ["ấp", "khóm", "tên ấp", "mã ấp", "địa bàn"],
                required=True, help=gettext_lazy("Name or code, as under “Places”.")),
        Heading("commune", gettext_lazy("Commune"), ["xã", "phường", "thị trấn", "tên xã"],
                help=gettext_lazy("Needed only where two hamlets bear one name.")),
        Heading("owner_name", gettext_lazy("Owner"), ["chủ thể", "cơ sở", "tên chủ thể"],
                required=True, max_length=160, examples=["HTX Mỹ Phước", "Hộ Lâm Thị Sáu"]),
        Heading("owner_kind", gettext_lazy("Kind of owner"), ["loại hình chủ thể"], kind="choice",
                choices=Owner.Kind.choices, help=gettext_lazy("Left empty: household.")),
        Heading("group", gettext_lazy("Product group"), ["nhóm", "nhóm ocop"], kind="choice",
                choices=groups),
        Heading("rank", gettext_lazy("OCOP rank"), ["sao", "hạng sao", "xếp hạng", "hạng"],
                kind="choice", choices=RANKS.items()),
        Heading("number", gettext_lazy("Decision number"), ["số qđ", "quyết định"], max_length=60),
        Heading("decided_on", gettext_lazy("Decision date"), ["ngày qđ", "ngày ký"], kind="day"),
        Heading("last_day", gettext_lazy("Holds until the end of"), ["hết hạn", "thời hạn"],
                kind="day", help=gettext_lazy("Left empty: as long as the setting says.")),
        *[Heading(FLOOR + floor.code, _floor_label(floor), [floor.name, floor.code],
                  max_length=500, help=gettext_lazy("The address of the product there."))
          for floor in floors],
        Heading("listed_on", gettext_lazy("Sold there since"), ["ngày lên sàn"], kind="day",
                help=gettext_lazy("Left empty: today.")),
        Heading("note", gettext_lazy("Note"), ["ghi chú"]),
    ]  # fmt: skip


def _floor_label(floor: Platform) -> str:
    return _("Address on {floor}").format(floor=floor.name)


class ProductImport(Import):
    title = gettext_lazy("Products from Excel")
    name = "san-pham"
    intro = gettext_lazy(
        "One row per product. A product of the same name, owner and hamlet is brought up to date, "
        "never entered twice; what is left empty stays as it is."
    )
    notes = [
        gettext_lazy("One row per product; its owner is added when it is not in the register."),
        gettext_lazy("Stars, decision number and decision date are given together or not at all."),
        gettext_lazy("Never write the number of an account, a card or a phone in any column."),
    ]
    form_class = PasteForm
    form_template = "registers/import_form.html"
    preview_template = "registers/import_preview.html"

    def __init__(self, request, **options):
        super().__init__(request, **options)
        day = request.scope.today
        self.floors = list(Platform.objects.on(day).filter(use=Platform.Use.FLOOR))
        self.columns = headings(self.floors)
        self.decided: dict[str, str] = {}
        self.asking: list = []
        self.grounds: dict = {}
        self.grounds: dict[int, alike.Ground] = {}

    # -- what somebody decided about rows that look like a product we have -----------------------

    def response(self):
        request = self.request
        if request.method == "POST" and "decide" in request.POST and "import" in request.GET:
            if kept := Kept.of(request, self.name, request.GET["import"]):
                said = decisions(request.POST)
                kept.facts["decided"] = kept.facts.get("decided", {}) | said
                request.session.modified = True
            return HttpResponseRedirect(f"{request.path}?import={request.GET['import']}")
        return super().response()

    def _read(self, kept):
        self.decided = kept.facts.get("decided", {})
        self.file_name = kept.filename
        return super()._read(kept)

    # -- the rows --------------------------------------------------------------------------------

    @cached_property
    def known(self) -> dict[str, Product]:
        """The products that rows were said to be, as far as the person sees them."""
        ids = [pk for pk in self.decided.values() if pk != ANOTHER]
        rows = Product.objects.standing().visible_to(self.request.user)
        return {str(row.pk): row for row in rows.filter(pk__in=ids)}

    @cached_property
    def hamlets(self) -> "Hamlets":
        return Hamlets(self.request)

    def check(self, sheet) -> list[Line]:
        said = {row.number: self._line_of(row) for row in sheet}
        for row in sheet:
            self._mark(row, said[row.number])
        self._refuse_doubles(sheet, said)
        fine = [row for row in sheet if not row.errors]
        outcomes = rehearse(lines=[said[row.number] for row in fine], by=self.request.user)
        found = {}
        for row, outcome in zip(fine, outcomes, strict=True):
            for wrong in outcome.wrong:
                row.error(self._label(wrong.field), wrong.message)
            if outcome.state == "new":
                self._ask_about(row, said[row.number])
            found[row.number] = Line.of(row, outcome.state, said[row.number])
        return [found.get(row.number) or Line.of(row, WRONG) for row in sheet]

    def _line_of(self, row: Row) -> ProductLine | None:
        place = self.hamlets.find(row["hamlet"], row["commune"])
        if place is None:
            return None
        decided = self.decided.get(str(row.number), "")
        known = self.known.get(decided)
        rank = row["rank"] or ""
        last = row["last_day"]
        return ProductLine(
            kind=row["kind"] or Product.Kind.OCOP.value,
            name=row["name"] or "",
            owner_name=row["owner_name"] or "",
            place=place,
            owner_kind=row["owner_kind"] or Owner.Kind.HOUSEHOLD.value,
            group=row["group"],
            note=row["note"] or "",
            star=int(rank) if rank.isdecimal() else None,
            is_potential=rank == POTENTIAL,
            number=row["number"] or "",
            decided_on=row["decided_on"],
            until_on=until(last),
            listings=self._listings(row),
            same_as=known and known.pk,
            is_new=decided == ANOTHER,
            raw={str(h.label): row.raw[h.key] for h in self.columns if row.raw.get(h.key)},
            row_number=row.number,
        )

    def _listings(self, row: Row) -> tuple:
        said = ((floor, row[FLOOR + floor.code]) for floor in self.floors)
        return tuple(
            ListingLine(floor, whole(address), row["listed_on"])
            for floor, address in said
            if address
        )

    def _mark(self, row: Row, line: ProductLine | None) -> None:
        if line is None:
            if row["hamlet"]:
                row.error(self._label("hamlet"), self.hamlets.refusal(row["hamlet"]))
            return
        for fault in faults(line, self.request.scope.today):
            row.error(self._label(fault.field), fault.message)

    def _refuse_doubles(self, sheet, said: dict) -> None:
        first: dict[tuple, int] = {}
        for row in sheet:
            if line := said[row.number]:
                key = (spelling(line.name), spelling(line.owner_name), line.place.pk)
                earlier = first.setdefault(key, row.number)
                if earlier != row.number:
                    row.error(
                        self._label("name"), _("Row %(row)s already says this.") % {"row": earlier}
                    )

    def _ask_about(self, row: Row, line: ProductLine) -> None:
        """A new product that looks like one we have: somebody says whether it is that one."""
        if line.is_new:
            return
        place = line.place
        if place.pk not in self.grounds:
            self.grounds[place.pk] = alike.ground_of(place, self.request.scope.today)
        likely = alike.likely_products(
            name=line.name,
            owner_name=line.owner_name,
            place=place,
            ground=self.grounds[place.pk],
        )
        if likely:
            self.asking.append((row.number, line, likely))
            row.error("", _("This looks like a product we have. Say above whether it is that one."))

    def _label(self, field: str) -> str:
        key = FIELDS.get(field, field).replace("floor:", FLOOR)
        return next((str(h.label) for h in self.columns if h.key == key), "")

    def write(self, lines: list[Line]) -> str:
        try:
            found = import_products(
                lines=[line.content for line in lines],
                by=self.request.user,
                file_name=self.file_name,
            )
        except LinesRefused as refused:
            raise ValidationError(refused.messages) from None
        new = ngettext("{n} product was added", "{n} products were added", found.added)
        changed = ngettext(
            "{n} was brought up to date.", "{n} were brought up to date.", found.updated
        )
        return f"{new.format(n=found.added)}; {changed.format(n=found.updated)}"


def decisions(sent) -> dict[str, str]:
    """{row number: a product's id, or ANOTHER}, of those that can be either."""
    found = {}
    for name, value in sent.items():
        with suppress(ValueError):
            if name.startswith("row-") and value:
                found[name.removeprefix("row-")] = value if value == ANOTHER else str(UUID(value))
    return found


class Hamlets:
    """The hamlets a person may enter for, by name or code, under the unit in sight."""

    def __init__(self, request):
        day, seen = request.scope.today, request.scope.place
        reach = places_in_reach(request.user, "registers.enter").at_level("hamlet").alive(day)
        if seen is not None:
            reach = reach.filter(pk__in=Place.objects.within([seen.pk], day))
        self.places = {place.pk: place for place in reach.distinct()}
        named = place_queries.names(self.places, day)
        above = place_queries.names({n.parent_id for n in named.values() if n.parent_id}, day)
        self.by_name: dict[str, set[int]] = defaultdict(set)
        self.communes: dict[int, set[str]] = {}
        for pk, each in named.items():
            for text in {each.code, fold(each.name), fold(each.full_name)}:
                self.by_name[text].add(pk)
            commune = above.get(each.parent_id)
            said = {commune.code, fold(commune.name), fold(commune.full_name)} if commune else set()
            self.communes[pk] = said

    def _matching(self, text: str, commune: str | None) -> set[int]:
        found = self.by_name.get(text) or self.by_name.get(fold(text)) or set()
        if commune:
            wanted = {commune, fold(commune)}
            found = {pk for pk in found if wanted & self.communes[pk]}
        return found

    def find(self, text: str | None, commune: str | None) -> Place | None:
        """The one hamlet the words mean; None for none, or for several."""
        found = self._matching(text or "", commune)
        return self.places[next(iter(found))] if len(found) == 1 else None

    def refusal(self, text: str) -> str:
        if not self._matching(text, None):
            said = _("There is no hamlet “{name}” among those you may enter for. Check the name.")
        else:
            said = _("Several hamlets are called “{name}”. Fill in the commune, or use the code.")
        return said.format(name=text)
