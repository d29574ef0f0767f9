"""Fields that several forms of the room use: hamlets, floors, helpers, ranks, addresses."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cncd.foundation.people.models import Agency
from cncd.foundation.places import queries as place_queries
from cncd.foundation.places.fields import PlaceField, labels
from cncd.foundation.places.models import Place
from cncd.team.programme.models import Platform
from cncd.team.teams.authority import places_in_reach
from cncd.work.registers.models import Recognition
from cncd.work.registers.sentences import RANKS

MOST_OFFERED = 60  # hamlets; where there are more, a name is typed
POTENTIAL = "potential"


class HamletChoice(forms.ModelChoiceField):
    """One of the few hamlets a person may enter for."""

    def __init__(self, *, names: dict[int, str], **options):
        self.names = names
        super().__init__(queryset=Place.objects.filter(pk__in=names), **options)

    def label_from_instance(self, place):
        return self.names[place.pk]


class HamletText(PlaceField):
    """A hamlet by name or code, among those a person may enter for."""

    default_error_messages = {
        "not_yours": _("%(name)s is not a hamlet you may enter for. Choose one of your unit."),
    }

    def __init__(self, *, user, **options):
        self.user = user
        super().__init__(level="hamlet", **options)

    def clean(self, value):
        place = super().clean(value)
        reach = places_in_reach(self.user, "registers.enter")
        if place and not reach.filter(pk=place.pk).exists():
            raise ValidationError(
                self.error_messages["not_yours"],
                "not_yours",
                {"name": labels([place], self.on)[place.pk]},
            )
        return place


def hamlet_field(user, within: Place | None, day: dt.date, **options) -> forms.Field:
    """A list of the hamlets to choose from, or a box to type in where they are many."""
    options = {"label": _("Hamlet")} | options
    reach = places_in_reach(user, "registers.enter").at_level("hamlet").alive(day)
    if within is not None:
        reach = reach.filter(pk__in=Place.objects.within([within.pk], day))
    ids = list(reach.values_list("pk", flat=True).distinct()[: MOST_OFFERED + 1])
    if len(ids) > MOST_OFFERED or not ids:
        help_text = _("Type the name and choose from the list.")
        return HamletText(user=user, **{"help_text": help_text} | options)
    return HamletChoice(names=hamlet_names(ids, day), empty_label=_("Choose the hamlet"), **options)


def hamlet_names(ids, day: dt.date) -> dict[int, str]:
    """What to call each hamlet in a list: with its commune when there are several communes."""
    named = place_queries.names(ids, day)
    above = place_queries.names({each.parent_id for each in named.values() if each.parent_id}, day)
    alone = len(above) == 1
    ordered = sorted(named, key=lambda pk: (_key(above, named[pk].parent_id), named[pk].sort_key))
    return {
        pk: named[pk].full_name
        if alone or named[pk].parent_id not in above
        else f"{named[pk].full_name}, {above[named[pk].parent_id].full_name}"
        for pk in ordered
    }


def _key(above, pk) -> str:
    return above[pk].sort_key if pk in above else ""


def floors(day: dt.date, but=()) -> forms.ModelChoiceField:
    """An e-commerce floor of the catalogue, in use that day."""
    rows = Platform.objects.on(day).filter(use=Platform.Use.FLOOR).exclude(pk__in=but)
    return forms.ModelChoiceField(rows, label=_("Floor"), empty_label=_("Choose the floor"))


def helpers(day: dt.date) -> forms.ModelChoiceField:
    """The enterprise that helped, if any (IV.5)."""
    rows = Agency.objects.filter(is_enterprise=True).alive(day).named(day).order_by("sort_key")
    field = forms.ModelChoiceField(
        rows,
        label=_("Helped by"),
        required=False,
        empty_label=_("Nobody, or not known"),
        help_text=_("The enterprise that opened it or put it there together with the owner."),
    )
    field.label_from_instance = lambda agency: agency.name
    return field


def whole(address: str) -> str:
    """ "voso.vn/…" without https:// is taken for what it means."""
    if address and "://" not in address and "." in address.split("/")[0]:
        return f"https://{address}"
    return address


class AddressField(forms.CharField):
    """The address of a page."""

    def __init__(self, **options):
        attrs = {"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}
        options.setdefault("label", _("Address"))
        super().__init__(max_length=500, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value):
        return whole(super().clean(value))


class RankField(forms.ChoiceField):
    """3, 4 or 5 stars, or potential 5 stars; cleans to (stars or None, is it potential)."""

    def __init__(self, **options):
        options.setdefault("label", _("Rank"))
        first = _("Choose the rank") if options.get("required", True) else _("Not recognised yet")
        super().__init__(choices=[("", first), *RANKS.items()], **options)

    def clean(self, value):
        rank = super().clean(value)
        if not rank:
            return None
        return (None, True) if rank == POTENTIAL else (int(rank), False)


def rank_of(recognition: Recognition | None) -> str:
    return recognition.rank if recognition else ""
