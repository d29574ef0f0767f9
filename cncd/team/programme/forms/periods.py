"""When reports are due."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField, WholeNumberField
from cncd.team.programme.forms.fields import FirstDayField


class TimeField(forms.TimeField):
    """An hour and minute of the 24-hour day, typed as 17:00 or 17h00."""

    def __init__(self, **options):
        attrs = {"inputmode": "numeric", "placeholder": "17:00", "autocomplete": "off"}
        widget = forms.TimeInput(attrs=attrs, format="%H:%M")
        super().__init__(widget=widget, input_formats=["%H:%M", "%H:%M:%S", "%Hh%M"], **options)


class DueRuleForm(forms.Form):
    since_on = FirstDayField()
    when = forms.TypedChoiceField(
        label=_("Due day"),
        coerce=int,
        choices=[
            (0, _("on the last day of the period")),
            *((-n, _("%(days)s days before the last day") % {"days": n}) for n in range(1, 6)),
            *((n, _("%(days)s days after the last day") % {"days": n}) for n in range(1, 11)),
        ],
    )
    at_time = TimeField(label=_("At what time"), initial=dt.time(23, 59))
    lock_after_days = WholeNumberField(
        label=_("Locked after (days)"),
        max_value=365,
        initial=10,
        help_text=_("Days after the level above has confirmed."),
    )
    new_team_cutoff_days = WholeNumberField(
        label=_("New teams need not report (days)"),
        max_value=31,
        initial=0,
        help_text=_("A team formed within so many days before the end owes no report; 0: all do."),
    )

    def values(self) -> dict:
        data = dict(self.cleaned_data)
        return data | {"days_after_end": data.pop("when")}


class MoveDueForm(forms.Form):
    day = DayField(label=_("New due day"))
    at_time = TimeField(label=_("At what time"))
    reason = NFCCharField(label=_("Reason"), max_length=300)

    @property
    def due_at(self) -> dt.datetime:
        data = self.cleaned_data
        return timezone.make_aware(dt.datetime.combine(data["day"], data["at_time"]))
