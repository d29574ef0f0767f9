"""Choosing a place in a form: type a code or a name; suggestions come while typing.

Without JavaScript the text is looked up when the form is sent: one match is taken, several are
listed to choose from.
"""

import datetime as dt

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cncd.foundation.kit.text import tidy
from cncd.foundation.places import queries
from cncd.foundation.places.models import Place

OFFERED = 6
MOST = 60


def labels(places: list[Place], day: dt.date) -> dict[int, str]:
    """What to offer for each place: "31552 Xã Nhơn Mỹ, Huyện Kế Sách"; a code finds it again."""
    found = queries.names([place.pk for place in places], day)
    above = queries.names([named.parent_id for named in found.values() if named.parent_id], day)
    return {
        pk: f"{named.code} {named.full_name}"
        + (f", {above[named.parent_id].full_name}" if named.parent_id else "")
        for pk, named in found.items()
    }


class PlaceInput(forms.TextInput):
    """A text box with suggestions from the list of places."""

    template_name = "places/place_input.html"

    def __init__(self, *, level: str = "", attrs=None):
        self.level = level
        super().__init__({"autocomplete": "off", "spellcheck": "false"} | (attrs or {}))

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        query = urlencode({"level": self.level, "field": name})
        context["suggestions"] = f"{reverse('places:choose')}?{query}"
        return context


class PlaceField(forms.CharField):
    """A place of a level (any when empty), as it is on `day` (today); cleans to a Place or None."""

    default_error_messages = {
        "unknown": _("No unit is called “%(text)s”. Write its code or its name."),
        "several": _("Several units match: %(names)s. Write the code of the right one."),
    }

    def __init__(self, *, level: str = "", day: dt.date | None = None, **options):
        self.level, self.day = level, day
        options.setdefault("widget", PlaceInput(level=level))
        super().__init__(max_length=200, **options)

    def prepare_value(self, value):
        if isinstance(value, Place):
            return labels([value], self.on)[value.pk]
        return value

    @property
    def on(self) -> dt.date:
        return self.day or timezone.localdate()

    def clean(self, value):
        text = super().clean(value)
        return self.find(text) if text else None

    def find(self, text: str) -> Place:
        """The one place the text means; raises ValidationError when there is none, or several."""
        text = tidy(text)
        place = queries.at_code(text.split(" ")[0].rstrip(","), self.on, self.level or None)
        if place:
            return place
        found = list(queries.search_places(text, self.on, self.level or None)[: OFFERED + 1])
        exact = [each for each in found if each.fit == 0] or found
        if len(exact) == 1:
            return exact[0]
        if not exact:
            raise forms.ValidationError(
                self.error_messages["unknown"], "unknown", {"text": escape(text)}
            )
        names = "; ".join(labels(exact[:OFFERED], self.on).values())
        raise forms.ValidationError(self.error_messages["several"], "several", {"names": names})

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


class PlacesField(PlaceField):
    """Several places, one on each line; cleans to a list without repetitions."""

    widget = forms.Textarea

    def __init__(self, **options):
        options.setdefault("widget", forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}))
        super().__init__(**options)
        self.max_length = None
        self.validators = []

    def prepare_value(self, value):
        if isinstance(value, list | tuple):
            return "\n".join(labels(list(value), self.on).values())
        return value

    def clean(self, value):
        lines = [line for line in (value or "").splitlines() if line.strip()]
        if not lines:
            return super().clean("") or []
        if len(lines) > MOST:
            raise forms.ValidationError(
                ngettext("At most %(most)s unit.", "At most %(most)s units.", MOST) % {"most": MOST}
            )
        found, wrong = [], []
        for line in lines:
            try:
                found.append(self.find(line))
            except forms.ValidationError as error:
                wrong += error.messages
        if wrong:
            raise forms.ValidationError(wrong)
        return list(dict.fromkeys(found))
