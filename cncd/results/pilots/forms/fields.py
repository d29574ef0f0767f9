"""Fields and small forms that several pages of this room share."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.kit.forms import NFCCharField, SeenField
from cncd.foundation.places import queries as places_room
from cncd.foundation.places.models import Place
from cncd.team.programme.models import Measure

SHOWN = 4  # hamlets of one name told apart in a message
DONG = 1_000_000_000_000


def long_text(rows: int, **options) -> NFCCharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return NFCCharField(widget=widget, required=False, **options)


class HamletsField(NFCCharField):
    """Hamlets by name, one a line, as documents write them: "ấp Mỹ Phước, xã Nhơn Mỹ"."""

    def __init__(self, *, one: bool = False, **options):
        self.one = one
        widget = forms.TextInput() if one else forms.Textarea(attrs={"rows": 4})
        super().__init__(widget=widget, **options)

    def offer(self, below: Place, day) -> None:
        """Looks for them under that unit, by the names of that day."""
        self.below, self.day = below, day

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        found = [self._hamlet(line) for line in lines]
        return (found[0] if found else None) if self.one else list(dict.fromkeys(found))

    def _hamlet(self, line: str) -> Place:
        rows = Place.objects.within([self.below.pk], self.day).at_level("hamlet").distinct()
        rows = places_room.matching(rows.alive(self.day).named(self.day), line, self.day)
        fits = list(rows.filter(fit=0)[: SHOWN + 1])
        if len(fits) == 1:
            return fits[0]
        if not fits:
            text = _("“%(line)s” was not found in this unit. Write it with its commune.")
            raise forms.ValidationError(text, "unknown", {"line": line})
        above = places_room.names({row.parent_id for row in fits}, self.day)
        which = "; ".join(f"{row.full_name}, {above[row.parent_id].full_name}" for row in fits)
        text = _("There are several “%(line)s”: %(which)s. Write the one with its commune.")
        raise forms.ValidationError(text, "several", {"line": line, "which": which})


def hamlets_in_words(places, day) -> str:
    """Hamlets as the field takes them, one a line."""
    names = places_room.names(places, day)
    above = places_room.names({name.parent_id for name in names.values()} - {None}, day)
    return "\n".join(
        f"{name.full_name}, {above[name.parent_id].full_name}" for name in names.values()
    )


class MeasuresField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, measure: Measure) -> str:
        return f"{measure.code} · {measure.short_name} ({measure.unit})"


class VersionForm(forms.Form):
    """Guards against changes made meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    reason = NFCCharField(label=gettext_lazy("Reason"), max_length=300)


class TakeBackForm(ReasonForm):
    """Why, of what the page showed."""

    version = SeenField()
