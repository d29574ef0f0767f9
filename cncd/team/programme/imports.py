"""Targets from an Excel table: one row for each unit and indicator."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.documents.actions import add_document
from cncd.foundation.documents.models import Document
from cncd.foundation.kit.excel import Row, Sheet
from cncd.foundation.kit.excel_headings import Heading
from cncd.foundation.kit.forms import DayField, NFCCharField
from cncd.foundation.kit.imports import (
    NEW,
    UNCHANGED,
    UPDATED,
    Import,
    Line,
    UploadForm,
    refuse_doubles,
)
from cncd.foundation.people import authority
from cncd.foundation.places.models import Place
from cncd.team.programme import queries, rules, tables
from cncd.team.programme.actions import Refused, TargetLine, assign_targets
from cncd.team.programme.forms.targets import SpanForm
from cncd.team.programme.models import Indicator, Target
from cncd.team.programme.standing import givers_of
from cncd.team.teams.models import Team

UNIT, INDICATOR, VALUE = "unit", "indicator", "value"
HEADINGS = [
    Heading(
        UNIT,
        _("Code of the unit or team"),
        aliases=["mã đơn vị", "mã tổ", "mã xã", "mã huyện"],
        required=True,
        examples=["31552", "31552.001"],
    ),
    Heading("name", _("Name"), aliases=["tên đơn vị", "tên tổ"]),
    Heading(
        INDICATOR,
        _("Code of the indicator"),
        aliases=["mã chỉ tiêu"],
        required=True,
        examples=["KT03", "TC08"],
    ),
    Heading(
        VALUE,
        _("Target"),
        aliases=["mức giao", "chỉ tiêu giao"],
        kind="number",
        most=rules.LARGEST,
        examples=["100", "960"],
        help=_("In the unit of the indicator: percent, number, million đồng. Empty: no target."),
    ),
]


class SpanUploadForm(SpanForm, UploadForm):
    """Which file, for which days, and (if there is one) the document it rests on."""

    number = NFCCharField(
        label=_("Legal basis: number and symbol"),
        max_length=60,
        required=False,
        help_text=_("For example 12/QĐ-UBND."),
    )
    issued_on = DayField(label=_("Date of issue"), past=True, required=False)
    issuer = NFCCharField(label=_("Issuing agency"), max_length=200, required=False)
    field_order = ["since_on", "last_day", "per_month", "number", "issued_on", "issuer", "file"]

    def clean(self):
        data = super().clean()
        for name in ("issued_on", "issuer") if data.get("number") else ():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Needed when a number is given."))
        return data


class TargetImport(Import):
    title = _("Targets from Excel")
    name = "muc-giao"
    intro = _("The template holds the units below yours; fill in the numbers you hand down.")
    notes = [_("One row for each unit and indicator. Rows without a number are passed over.")]
    columns = HEADINGS
    form_class = SpanUploadForm

    def template_rows(self) -> list:
        """The units below the one in sight, for each indicator it has a target of."""
        place = self.options["place"]
        day = timezone.localdate()
        if place is None:
            return []
        own = queries.targets_of_places([place], day).get(place.pk, {}).values()
        codes = [target.indicator.code for target in own] or self._headlines(day)
        units = tables.units_below(place, day)
        return [[unit.code, tables.name_of(unit), code, None] for code in codes for unit in units]

    @staticmethod
    def _headlines(day) -> list[str]:
        rows = queries.indicators_on(day).filter(is_headline=True)
        return list(rows.values_list("code", flat=True))

    def check(self, sheet: Sheet) -> list[Line]:
        refuse_doubles(sheet, UNIT, INDICATOR)
        known = _Known(sheet, self.request.user, self.chosen)
        return [self._line(row, known) for row in sheet if row[VALUE] is not None or row.errors]

    def _line(self, row: Row, known: "_Known") -> Line:
        unit, indicator = known.unit(row), known.indicator(row)
        if row.errors:
            return Line.of(row)
        value = _stored(row, indicator)
        if row.errors:
            return Line.of(row)
        before = known.standing.get((indicator.pk, unit))
        note = [] if before is None else [f"{known.text(before, indicator)} → {row.raw[VALUE]}"]
        state = NEW if before is None else UNCHANGED if before == value else UPDATED
        return Line.of(row, state, content=(indicator, unit, value), notes=note)

    def write(self, lines: list[Line]) -> str:
        given = [
            TargetLine(indicator, value, **{"team" if isinstance(unit, Team) else "place": unit})
            for indicator, unit, value in (line.content for line in lines)
        ]
        form = self.form_class()
        form.cleaned_data = self.chosen
        try:
            with transaction.atomic():
                document = self._document()
                assign_targets(lines=given, document=document, by=self.request.user, **form.span)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return gettext("%(count)s targets assigned.") % {"count": len(given)}

    def _document(self):
        if not self.chosen["number"]:
            return None
        return add_document(
            kind=Document.Kind.DECISION,
            place=self.options["place"],
            by=self.request.user,
            **{name: self.chosen[name] for name in ("number", "issued_on", "issuer")},
        )


def _stored(row: Row, indicator: Indicator) -> int | None:
    """The value in the stored unit; an error on the row when it does not fit the indicator."""
    value = Decimal(row[VALUE]) * indicator.factor
    if value != value.to_integral_value():
        row.error(HEADINGS[3].label, gettext("Write a whole number."))
    elif indicator.is_ratio and value > 100:
        row.error(HEADINGS[3].label, gettext("A percentage is at most 100."))
    return int(value)


class _Known:
    """Units in reach by code, indicators by code, and targets that stand: looked up once."""

    def __init__(self, sheet: Sheet, user, chosen: dict):
        day = timezone.localdate()
        codes = {row[UNIT] for row in sheet if row[UNIT]}
        places = Place.objects.named(day).filter(code__in=codes).select_related("level")
        units = [*places.exclude(level__code="hamlet"), *Team.objects.filter(code__in=codes)]
        self.units = _within(user, units, day)
        self.indicators = {row.code: row for row in queries.indicators_on(day)}
        form = SpanUploadForm()
        form.cleaned_data = chosen
        span = form.span
        rows = Target.objects.filter(since_on=span["since_on"], until_on=span["until_on"])
        rows = rows.select_related("place", "team")
        self.standing = {(row.indicator_id, row.team or row.place): row.value for row in rows}

    def unit(self, row: Row):
        found = self.units.get(row[UNIT])
        if row[UNIT] and found is None:
            row.error(
                HEADINGS[0].label, gettext("You may not assign targets to a unit of this code.")
            )
        return found

    def indicator(self, row: Row) -> Indicator | None:
        code = (row[INDICATOR] or "").upper()
        if code and code not in self.indicators:
            row.error(HEADINGS[2].label, gettext("No indicator in force has this code."))
        return self.indicators.get(code)

    @staticmethod
    def text(value: int, indicator: Indicator) -> str:
        return rules.show_target(value, is_ratio=indicator.is_ratio, factor=indicator.factor)


def _within(user, units: list, day) -> dict:
    """Code → unit, of those whose level above the person may hand targets down from."""
    givers = givers_of(units, day)
    reach = authority.reach(user, permission="targets.assign").filter(pk__in=givers.values())
    allowed = set(reach.values_list("pk", flat=True))
    return {unit.code: unit for unit in units if givers[unit] in allowed}
