"""Hamlets from somebody's Excel file: what each row means, and what is wrong with it."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.kit.excel import Heading, Row, Sheet
from cncd.foundation.kit.text import fold, spelling
from cncd.foundation.places.checks import shown
from cncd.foundation.places.models import Place, PlaceKind, PlaceVersion
from cncd.foundation.places.rules import CODE, HAMLET, next_hamlet_code

COMMUNE, NAME, KIND = (
    gettext_lazy("Commune code"),
    gettext_lazy("Name of the hamlet"),
    gettext_lazy("Type"),
)
LOCAL_CODE, SINCE = gettext_lazy("Hamlet code"), gettext_lazy("From day")


def headings() -> list[Heading]:
    """The columns of the file, with the types of hamlet there are today."""
    kinds = list(PlaceKind.objects.filter(level__code=HAMLET).values_list("code", "name"))
    return [
        Heading("commune", COMMUNE, ["mã xã", "mã phường", "mã đơn vị"], required=True, kind="code",
                width=5, examples=["31552", "31552"], help=_("The official code, five digits.")),
        Heading("name", NAME, ["tên ấp", "tên khóm", "tên ấp/khóm", "tên khóm/ấp", "ấp", "khóm"],
                required=True, max_length=120, examples=["Mỹ Phước", "Mỹ Hòa"],
                help=_("Without the type: “Mỹ Phước”, not “Ấp Mỹ Phước”.")),
        Heading("kind", KIND, ["loại", "loại hình"], kind="choice", choices=kinds,
                examples=["Ấp", "Ấp"], help=_("“Ấp” when left empty.")),
        Heading("code", LOCAL_CODE, ["mã ấp", "mã khóm", "mã ấp/khóm"], kind="code", max_length=20,
                examples=["31552.001", ""],
                help=_("Left empty, the next free one is given: 31552.001, 31552.002…")),
        Heading("since", SINCE, ["từ ngày", "ngày bắt đầu"], kind="day",
                examples=["", ""], help=_("Left empty: as long as the commune exists.")),
    ]  # fmt: skip


@dataclass
class HamletLine:
    """What one row of the file asks for."""

    row: Row
    commune: Place
    name: str
    kind: PlaceKind
    code: str
    since_on: dt.date
    until_on: dt.date | None = None  # when the commune ends
    known: PlaceVersion | None = None  # the hamlet it updates
    changes: dict = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        return self.known is None or bool(self.changes)


def check_hamlets(sheet: Sheet, *, by, day: dt.date, within: set[int] | None = None):
    """The lines of the rows that can be understood; what is wrong is added to the rows.

    `by` may write in their own reach only (None: everywhere); `within` narrows it to communes.
    """
    reader = _Reader(sheet, by, day, within)
    lines = [reader.line(row) for row in sheet]
    return [line for line in lines if line is not None]


class _Reader:
    """The communes and hamlets the file speaks of, looked up once."""

    def __init__(self, sheet: Sheet, by, day: dt.date, within: set[int] | None):
        self.by, self.day, self.within = by, day, within
        codes = {row["commune"] for row in sheet if row["commune"]}
        self.communes: dict[str, list[PlaceVersion]] = defaultdict(list)
        versions = PlaceVersion.objects.filter(place__level__code="commune", code__in=codes)
        for version in versions.select_related("place__level", "kind").order_by("since_on"):
            self.communes[version.code].append(version)
        self.hamlets = list(
            PlaceVersion.objects.filter(place__level__code=HAMLET, is_last=True)
            .filter(parent__in=[v.place_id for found in self.communes.values() for v in found])
            .select_related("kind", "place__level", "parent")
        )
        mentioned = {row["code"] for row in sheet if row["code"]}
        elsewhere = PlaceVersion.objects.filter(place__level__code=HAMLET, is_last=True)
        self.bearers = {
            version.code: version
            for version in elsewhere.filter(code__in=mentioned).select_related("kind", "parent")
        }
        self.taken = {version.code for version in self.hamlets} | mentioned
        kinds = PlaceKind.objects.filter(level__code=HAMLET).select_related("level").order_by("pk")
        self.kinds = {kind.code: kind for kind in kinds}
        self.reach: dict[int, bool] = {}
        self.first: dict[tuple, int] = {}

    def line(self, row: Row) -> HamletLine | None:
        """What the row asks for; None when the row is wrong."""
        commune = self._commune(row) if row["commune"] else None
        if commune is None or not row["name"]:
            return None
        kind, name = self._kind_and_name(row)
        code = self._code(row, commune)
        known = self._known(row, commune, kind, name, code)
        self._refuse_doubles(row, commune, kind, name, code)
        since = row["since"] or self._begin(commune)
        self._check_day(row, commune, since)
        if row.errors:
            return None
        if not code:
            code = known.code if known else next_hamlet_code(commune.code, self.taken)
            self.taken.add(code)
        line = HamletLine(
            row, commune.place, name, kind, code, since, until_on=commune.until_on, known=known
        )
        self._compare(line)
        return line

    # -- columns --------------------------------------------------------------------------------

    def _commune(self, row: Row) -> PlaceVersion | None:
        found = self.communes.get(row["commune"])
        if not found:
            row.error(COMMUNE, _("No commune has the code “%(code)s”.") % {"code": row["commune"]})
            return None
        on = row["since"] or self.day
        commune = next((version for version in found if version.holds_on(on)), found[-1])
        if not self._may_write(commune.place):
            row.error(COMMUNE, _("%(place)s is outside your reach.") % {"place": commune.full_name})
            return None
        return commune

    def _may_write(self, commune: Place) -> bool:
        if commune.pk not in self.reach:
            inside = self.within is None or commune.pk in self.within
            allowed = self.by is None or self.by.can("hamlets.change", place=commune)
            self.reach[commune.pk] = inside and allowed
        return self.reach[commune.pk]

    def _kind_and_name(self, row: Row) -> tuple[PlaceKind, str]:
        """The type as its column says, else as the name begins ("Khóm 3"), else "Ấp"."""
        name = row["name"]
        kind = self.kinds.get(row["kind"])
        for each in self.kinds.values():
            rest = name[len(each.name) :].strip()
            if rest and fold(name).startswith(fold(each.name) + " ") and kind in (None, each):
                return each, rest
        return kind or self.kinds.get("ap") or next(iter(self.kinds.values())), name

    def _code(self, row: Row, commune: PlaceVersion) -> str:
        """The hamlet's code as written, the zeros Excel dropped from its head put back."""
        code = row["code"] or ""
        head, dot, tail = code.partition(".")
        if dot and head.isdigit() and head.zfill(5) == commune.code:
            if len(tail) < 3 and tail.isdigit():
                row.error(
                    LOCAL_CODE,
                    _("“%(code)s” has lost digits: write three after the dot, as text.")
                    % {"code": code},
                )
            code = f"{commune.code}.{tail}"
        if code and not CODE.fullmatch(code):
            row.error(
                LOCAL_CODE,
                _("A code has digits, letters, dots and hyphens only, at most 20 signs."),
            )
        return code

    def _known(self, row, commune, kind, name, code) -> PlaceVersion | None:
        """The hamlet of this commune that the row means: by its code, else by its name."""
        bearer = self.bearers.get(code)
        if bearer and bearer.parent_id != commune.place_id:
            row.error(
                LOCAL_CODE,
                _("Code %(code)s belongs to %(place)s.")
                % {"code": code, "place": f"{bearer.full_name}, {bearer.parent}"},
            )
            return None
        if bearer:
            return bearer
        mine = [v for v in self.hamlets if v.parent_id == commune.place_id]
        return next(
            (v for v in mine if v.kind == kind and spelling(v.name) == spelling(name)), None
        )

    def _refuse_doubles(self, row, commune, kind, name, code) -> None:
        for label, key in (
            (NAME, (commune.place_id, kind.pk, spelling(name))),
            (LOCAL_CODE, ("code", code)),
        ):
            if key == ("code", ""):
                continue
            earlier = self.first.setdefault(key, row.number)
            if earlier != row.number:
                row.error(label, _("Row %(row)s already says this.") % {"row": earlier})

    # -- days -----------------------------------------------------------------------------------

    def _begin(self, commune: PlaceVersion) -> dt.date:
        return min(
            version.since_on
            for version in self.communes[commune.code]
            if version.place_id == commune.place_id
        )

    def _check_day(self, row: Row, commune: PlaceVersion, since: dt.date) -> None:
        if since > self.day:
            row.error(SINCE, _("%(day)s has not come yet.") % {"day": shown(since)})
        elif not any(
            version.place_id == commune.place_id and version.holds_on(since)
            for version in self.communes[commune.code]
        ):
            row.error(
                SINCE,
                _("%(place)s does not exist on %(day)s.")
                % {"place": commune.full_name, "day": shown(since)},
            )

    def _compare(self, line: HamletLine) -> None:
        """What the row changes about the hamlet it means."""
        known = line.known
        if known is None:
            return
        for column, new, old in (
            (NAME, line.name, known.name),
            (KIND, line.kind, known.kind),
            (LOCAL_CODE, line.code, known.code),
        ):
            if new != old:
                line.notes.append(f"{column}: {old} → {new}")
        line.changes = {
            name: new
            for name, new in (("name", line.name), ("kind", line.kind), ("code", line.code))
            if new != getattr(known, name)
        }
        wanted = line.row["since"]
        if wanted is None or wanted < known.since_on:
            line.since_on = known.since_on
