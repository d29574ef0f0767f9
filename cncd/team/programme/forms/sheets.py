"""Which figures a level's report holds, in which order, which of them must be stated."""

from dataclasses import dataclass

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import WholeNumberField
from cncd.foundation.places.models import Level
from cncd.team.programme import queries
from cncd.team.programme.forms.fields import FirstDayField
from cncd.team.programme.models import Measure, Source


@dataclass
class Line:
    """One possible line of the sheet, with its bound fields."""

    measure: Measure
    is_counted: bool
    stands: object = None
    place: object = None
    required: object = None


class SheetForm(forms.Form):
    """A row per figure of the level: on the sheet or not, where, required or not."""

    since_on = FirstDayField()

    def __init__(self, *args, level: Level, **options):
        super().__init__(*args, **options)
        day = timezone.localdate()
        now = {row.measure.pk: row for row in queries.sheet_rows(level.code, day)}
        places = {pk: number for number, pk in enumerate(now, 1)}
        counted = set(
            Source.objects.on(day).exclude(counter=None).values_list("measure", flat=True)
        )
        standing = Measure.objects.on(day).filter(Q(level=level) | Q(pk__in=now))
        self.lines = [Line(measure, measure.pk in counted) for measure in standing]
        self.lines.sort(key=lambda line: places.get(line.measure.pk, 10_000))
        for line in self.lines:
            self._add_fields(line, now.get(line.measure.pk), places.get(line.measure.pk))

    def _add_fields(self, line: Line, row, place) -> None:
        pk, name = line.measure.pk, line.measure.code
        on = forms.BooleanField(
            required=False,
            initial=row is not None,
            label=_("%(code)s: on the sheet") % {"code": name},
        )
        number = WholeNumberField(
            required=False,
            initial=place,
            max_value=999,
            label=_("%(code)s: place") % {"code": name},
        )
        must = forms.BooleanField(
            required=False,
            initial=bool(row and row.required),
            label=_("%(code)s: required") % {"code": name},
        )
        number.widget.attrs["class"] = "short"
        self.fields |= {f"on-{pk}": on, f"place-{pk}": number, f"must-{pk}": must}
        line.stands, line.place = self[f"on-{pk}"], self[f"place-{pk}"]
        line.required = None if line.is_counted else self[f"must-{pk}"]

    def chosen(self) -> list[tuple[Measure, bool]]:
        """The figures ticked, by their place; those without a place come last."""
        data = self.cleaned_data
        found = []
        for order, line in enumerate(self.lines):
            pk = line.measure.pk
            if data[f"on-{pk}"]:
                place = data[f"place-{pk}"]
                key = (place is None, place or 0, order)
                found.append((key, line.measure, data[f"must-{pk}"] and not line.is_counted))
        return [
            (measure, required) for _key, measure, required in sorted(found, key=lambda f: f[0])
        ]
