"""Forming, changing and dissolving a team: which hamlets, from which day."""

import datetime as dt

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cncd.foundation.kit.forms import DayField, NFCCharField, OnceMixin, today
from cncd.foundation.places import queries as place_queries
from cncd.foundation.places.models import Place
from cncd.team.teams.queries import covered_by, hamlets_of


class TwoColumns(forms.CheckboxSelectMultiple):
    template_name = "teams/parts/hamlets.html"


class HamletsField(forms.ModelMultipleChoiceField):
    """Hamlets of a commune to tick, each with the teams it has; or the commune itself."""

    widget = TwoColumns

    def offer(self, commune: Place, day: dt.date, also=()) -> None:
        """Offers what stands in the commune that day, and what the team covers already."""
        hamlets = hamlets_of(commune, day)
        ids = [*hamlets, *also, commune.pk]
        self.queryset = Place.objects.filter(pk__in=ids)
        names, teams = place_queries.names(ids, day), covered_by(ids, day)
        self.choices = [
            (pk, _described(names[pk].full_name, pk == commune.pk, len(teams.get(pk, []))))
            for pk in dict.fromkeys(ids)
        ]


def _described(name: str, is_commune: bool, teams: int) -> str:
    if is_commune:
        name = _("The whole {name} (a team of the commune)").format(name=name)
    if not teams:
        return name
    has = ngettext("has a team", "has {count} teams", teams).format(count=teams)
    return f"{name} · {has}"


class TeamForm(OnceMixin):
    """A new team; its roster and its decision are forms of their own."""

    places = HamletsField(label=gettext_lazy("Hamlets covered"), queryset=Place.objects.none())
    since_on = DayField(label=gettext_lazy("In force from"), initial=today)
    name = NFCCharField(
        label=gettext_lazy("Name of the team"),
        max_length=160,
        required=False,
        help_text=gettext_lazy(
            "Left empty, it is called after its hamlets: “Tổ CNCĐ ấp Mỹ Phước”."
        ),
    )
    is_pilot = forms.BooleanField(label=gettext_lazy("Pilot team (IV.3)"), required=False)

    def __init__(self, *args, commune: Place, day: dt.date, **options):
        super().__init__(*args, **options)
        self.fields["places"].offer(commune, day)


class ConsolidateForm(OnceMixin):
    """From which day the team changes, and what it covers from then on."""

    on = DayField(label=gettext_lazy("The change holds from"), initial=today)
    places = HamletsField(label=gettext_lazy("Hamlets covered"), queryset=Place.objects.none())

    def __init__(self, *args, commune: Place, day: dt.date, covered: list[int], **options):
        super().__init__(*args, **options)
        self.fields["places"].offer(commune, day, also=covered)
        self.fields["places"].initial = covered


class DissolveForm(OnceMixin):
    on = DayField(
        label=gettext_lazy("Dissolved from"),
        initial=today,
        help_text=gettext_lazy("The day before is the last day of the team and of its members."),
    )
    reason = NFCCharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
