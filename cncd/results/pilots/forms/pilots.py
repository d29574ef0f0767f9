"""Entering a pilot, and hamlets to compare with."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.kit.forms import (
    DayField,
    NFCCharField,
    OnceMixin,
    SeenField,
    WholeNumberField,
)
from cncd.foundation.people import authority
from cncd.foundation.people.forms.fields import PlaceField
from cncd.foundation.places.models import Place
from cncd.results.pilots.forms.fields import HamletsField, MeasuresField
from cncd.results.pilots.models import Pilot
from cncd.team.programme import queries as programme
from cncd.team.programme.models import Measure

PART = r"[.](?!num$)"  # "of which…" and what a share is of: no result by themselves


class PilotForm(OnceMixin, forms.Form):
    """A pilot: what the plan says of it, and how hamlets to compare with are chosen."""

    version = SeenField()
    place = PlaceField(label=gettext_lazy("Unit that runs the pilot"))
    name = NFCCharField(label=gettext_lazy("Name"), max_length=200)
    issued_on = DayField(
        label=gettext_lazy("Date of issue of the plan"),
        help_text=gettext_lazy(
            "The pilot counts from this day. The plan's own text leaves it out, so take it from the"
            " issued document."
        ),
    )
    months = WholeNumberField(
        label=gettext_lazy("Months"), min_value=1, max_value=36, initial=3,
        help_text=gettext_lazy("Three months by the plan (IV.3)."),
    )  # fmt: skip
    places = HamletsField(
        label=gettext_lazy("Pilot hamlets, one a line"),
        help_text=gettext_lazy("For example: ấp Mỹ Phước, xã Nhơn Mỹ"),
    )
    measures = MeasuresField(
        Measure.objects.none(),
        label=gettext_lazy("Figures to follow"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Few and telling ones, chosen before: each more makes a chance finding likelier. Of a"
            " share, follow the count on top; it is compared per 100 households."
        ),
    )
    window_days = WholeNumberField(
        label=gettext_lazy("Days that are compared"), min_value=7, max_value=92, initial=30,
        help_text=gettext_lazy(
            "Equally many days before the issue, up to the middle, and at the end."
        ),
    )  # fmt: skip
    synthesis_days = WholeNumberField(
        label=gettext_lazy("Days for the synthesis after the end"), max_value=90, initial=10
    )
    near = forms.ChoiceField(
        label=gettext_lazy("Hamlets to compare with are looked for in"),
        choices=Pilot.Near.choices, initial=Pilot.Near.DISTRICT,
    )  # fmt: skip
    same_kind = forms.BooleanField(
        label=gettext_lazy("Only of the same kind (khóm or ấp)"), required=False, initial=True
    )
    with_team = forms.BooleanField(
        label=gettext_lazy("Only hamlets that had a team before"), required=False, initial=True,
        help_text=gettext_lazy(
            "Then records say what was there before. Without it, hamlets that have no team fit too:"
            " their figures are entered by hand from a list or survey."
        ),
    )  # fmt: skip
    spread = WholeNumberField(
        label=gettext_lazy("Households within ± percent"), min_value=5, max_value=200, initial=30
    )
    per_unit = WholeNumberField(
        label=gettext_lazy("How many for each pilot hamlet"), min_value=1, max_value=10, initial=2
    )

    def __init__(self, *args, user, day, pilot: Pilot | None = None, **options):
        super().__init__(*args, **options)
        if pilot:
            own = Place.objects.filter(pk=pilot.place_id)
        else:
            own = Place.objects.filter(pk__in=authority.roots(user, "pilots.run"))
            own = own.exclude(level__code="hamlet").alive(day).distinct()
        self.fields["place"].offer(own, day)
        counts = programme.measures_on(day).filter(level__code="hamlet", yes_no=False)
        counts = counts.exclude(code__regex=PART)
        chosen = Measure.objects.filter(pilots=pilot.pk) if pilot else Measure.objects.none()
        asked = (counts | chosen).distinct().order_by("order", "code")
        self.fields["measures"].queryset = asked
        if not pilot:
            plain = Q(indicators__is_headline=True) & Q(kind="flow")
            self.fields["measures"].initial = asked.filter(plain)
        self.day = day

    def _clean_fields(self):
        raw = self.fields["place"].widget.value_from_datadict(self.data, {}, "place")
        place = self.fields["place"].queryset.filter(pk=raw if str(raw).isdecimal() else 0).first()
        self.fields["places"].offer(place or Place(pk=0), self.day)
        super()._clean_fields()

    @property
    def terms(self) -> dict:
        """What the actions take, but the unit."""
        held = self.cleaned_data
        return {name: held[name] for name in held if name not in ("envelope", "version", "place")}


class UnitForm(forms.Form):
    """A hamlet to compare with, taken by an officer."""

    place = HamletsField(
        one=True,
        label=gettext_lazy("Hamlet"),
        help_text=gettext_lazy("For example: ấp Mỹ Phước, xã Nhơn Mỹ"),
    )
    beside = forms.ModelChoiceField(None, label=gettext_lazy("Beside the pilot hamlet"))
    reason = NFCCharField(label=gettext_lazy("Reason"), max_length=300)

    def __init__(self, *args, pilot: Pilot, units, below: Place, replacing=False, **options):
        super().__init__(*args, **options)
        self.fields["place"].offer(below, pilot.issued_on)
        if replacing:
            del self.fields["beside"]
            self.fields["place"].required = False
            self.fields["place"].help_text = _("Leave empty to leave the hamlet out.")
            return
        names = {unit.row.pk: unit.full_name for unit in units if unit.is_pilot}
        field = self.fields["beside"]
        field.queryset = pilot.units.standing().tried()
        field.label_from_instance = lambda row: names.get(row.pk, str(row))
