"""Which notices, where, and when; and the addresses they may go to."""

import datetime as dt
from itertools import groupby

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.faces.notices.actions import choose_channels, choose_manner
from cncd.faces.notices.models import Manner
from cncd.faces.notices.queries import manner_of, wanted, ways_of
from cncd.foundation.people.news import CHANNELS, EMAIL, PAGE, PUSH, SERVICE, kinds, rooms_of_kinds


class ChannelsForm(forms.Form):
    """One group of boxes for each kind of notice that concerns the person."""

    def __init__(self, data=None, *, user):
        super().__init__(data)
        self.user = user
        self.kinds = [kind for kind in kinds().values() if kind.concerns(user)]
        # A way the person has not set up is not asked about, and stays as it was.
        self.ways = [PAGE, PUSH, *(c for c, way in ways_of(user).items() if way.is_in_use)]
        self.chosen = chosen = wanted([user.pk], [kind.code for kind in self.kinds])
        for kind in self.kinds:
            self.fields[kind.code] = forms.MultipleChoiceField(
                label=kind.label,
                help_text=kind.hint,
                choices=[(c, CHANNELS[c]) for c in CHANNELS if c in self.ways],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=sorted(chosen[user.pk, kind.code]),
            )

    def groups(self):
        """(room, its kinds): nobody looks through thirty in one row."""
        rooms = rooms_of_kinds()
        by_room = groupby(self.kinds, key=lambda kind: rooms[kind.code])
        return [(room, [self[kind.code] for kind in kinds]) for room, kinds in by_room]

    def save(self) -> None:
        chosen = {
            kind.code: set(self.cleaned_data[kind.code])
            | (self.chosen[self.user.pk, kind.code] - set(self.ways))
            for kind in self.kinds
        }
        choose_channels(by=self.user, chosen=chosen)


HALF_HOURS = [(f"{n // 2:02d}:{n % 2 * 30:02d}",) * 2 for n in range(48)]


class ClockField(forms.TypedChoiceField):
    """Half hours to choose from: nothing to type, and no a.m. and p.m. to mistake."""

    def __init__(self, **options):
        super().__init__(choices=HALF_HOURS, coerce=dt.time.fromisoformat, **options)

    def prepare_value(self, value):
        return f"{value:%H:%M}" if isinstance(value, dt.time) else value


class HoursForm(forms.ModelForm):
    """Hours of quiet; and many notices in one message, for whoever gets any but on a device."""

    quiet_from = ClockField(label=_("Quiet from"))
    quiet_until = ClockField(label=_("until"))
    digest_at = ClockField(label=_("Hour of the gathered message"))

    class Meta:
        model = Manner
        fields = [
            "has_quiet",
            "quiet_from",
            "quiet_until",
            "urgent_passes",
            "digest",
            "digest_channel",
            "digest_at",
            "digest_weekday",
        ]
        labels = {
            "has_quiet": _("Do not wake me at night"),
            "urgent_passes": _("Urgent matters may come at any hour"),
            "digest": _("E-mails and chat messages"),
            "digest_channel": _("Gather what comes"),
            "digest_weekday": _("Day of the gathered message"),
        }
        help_texts = {
            "has_quiet": _("What comes meanwhile waits and is sent when the quiet ends."),
            "urgent_passes": _("For instance figures returned to be corrected."),
            "digest": _("What you have read meanwhile is left out."),
            "digest_weekday": _("Only when it comes once a week."),
        }
        widgets = {"digest": forms.RadioSelect}

    def __init__(self, data=None, *, user):
        super().__init__(data, instance=manner_of(user))
        self.user = user
        ways = [channel for channel, way in ways_of(user).items() if way.is_in_use]
        self.fields["digest_channel"].choices = [(each, CHANNELS[each]) for each in ways]
        if not ways:
            for name in ("digest", "digest_channel", "digest_at", "digest_weekday"):
                del self.fields[name]

    def save(self) -> None:
        chosen = {name: getattr(self.instance, name) for name in self.Meta.fields}
        choose_manner(by=self.user, chosen=chosen | self.cleaned_data)


class MailboxForm(forms.Form):
    text = forms.CharField(
        label=_("E-mail address"),
        help_text=_("A code is sent there; type it on the next page. Nothing else is sent before."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ServiceForm(forms.Form):
    text = forms.CharField(
        label=_("Address of the chat, as Apprise writes it"),
        help_text=_("For example zalo://…, tgram://…, viber://…; how to get one stands below."),
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


FORM_OF = {EMAIL: MailboxForm, SERVICE: ServiceForm}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code of 6 digits"),
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
