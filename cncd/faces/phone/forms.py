"""The activity form as the phone asks it: today or yesterday with one tap."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.work.activities.forms import ActivityForm

STEPS = {"-1": -1, "1": 1, "5": 5, "10": 10}
TODAY, YESTERDAY, OTHER = "today", "yesterday", "other"


class PhoneForm(ActivityForm):
    day = forms.ChoiceField(
        label=_("When"),
        choices=[(TODAY, _("Today")), (YESTERDAY, _("Yesterday")), (OTHER, _("Another day"))],
        initial=TODAY,
        widget=forms.RadioSelect,
    )

    field_order = ["day", "happened_on"]

    def __init__(self, *args, today: dt.date | None = None, **options):
        self.today = today or timezone.localdate()  # of whoever pressed the button
        super().__init__(*args, **options)
        self.fields["happened_on"].required = False
        self.initial.pop("happened_on", None)

    def _day(self, day: dt.date | None) -> dt.date:
        named = self.data.get(self.add_prefix("day")) if self.is_bound else None
        return self._named_day(named) or super()._day(day)

    def _named_day(self, name: str | None) -> dt.date | None:
        return {TODAY: self.today, YESTERDAY: self.today - dt.timedelta(days=1)}.get(name)

    def clean(self):
        said = super().clean()
        if named := self._named_day(said.get("day")):
            said["happened_on"] = named
        elif not said.get("happened_on") and "happened_on" not in self.errors:
            self.add_error("happened_on", _("Write the day, for example 20/11/2026."))
        return said


def stepped(data, step: str):
    """What was sent, with one count moved up or down: "people:1", "people:10" or "elderly:-1"."""
    name, _colon, by = step.rpartition(":")
    data = data.copy()
    before = data.get(name, "").strip()
    number = int(before) if before.isdecimal() else 0
    data[name] = str(max(0, number + STEPS.get(by, 1)))
    return data
