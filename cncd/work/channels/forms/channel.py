"""What is asked about a group."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField, OnceMixin, WholeNumberField, today
from cncd.foundation.people.models import Agency, Person
from cncd.team.programme.models import Platform
from cncd.work.channels.actions.checks import runners
from cncd.work.channels.models import Channel, RequiredMember

MOST_MEMBERS = 100_000
FOUNDERS = {"province": "information"}  # level → branch that makes its group; else UBND (II.2.7)


class ChannelForm(OnceMixin):
    """A group of a unit or a team; the name is taken exactly as it was pasted."""

    name = forms.CharField(
        label=_("Name of the group"),
        strip=False,
        help_text=_("Copy it from the group and paste it here, mistakes included."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    platform = forms.ModelChoiceField(Platform.objects.none(), label=_("Platform"))
    link = forms.CharField(
        label=_("Link of the group"),
        required=False,
        max_length=500,
        help_text=_("For example https://zalo.me/g/abcdef123. It can be printed as a square code."),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    runner = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who runs it"), required=False, empty_label=_("Not known")
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("Agency that owns it"),
        required=False,
        empty_label=_("Not known"),
    )
    admins = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=_("Other administrators"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    member_count = WholeNumberField(
        label=_("Members of the group"), required=False, max_value=MOST_MEMBERS
    )
    last_active_on = DayField(label=_("Last active on"), required=False, past=True)
    opened_on = DayField(label=_("Group made on"), past=True, initial=today)
    is_common = forms.BooleanField(
        label=_("This is the common group of the unit (II.2.9)"), required=False
    )

    def __init__(self, *args, place, team=None, channel: Channel | None = None, **options):
        super().__init__(*args, **options)
        self.place, self.team, self.clash = place, team, None
        day = today()
        blank = channel or Channel(place=place, team=team)
        fitting = runners(blank, day).values("person")
        people = Person.objects.filter(pk__in=fitting).order_by("sort_key")
        self.fields["runner"].queryset = self.fields["admins"].queryset = people
        social = Platform.objects.on(day).filter(use=Platform.Use.SOCIAL)
        self.fields["platform"].queryset = social.order_by("-code")
        agencies = Agency.objects.alive(day).filter(place=place)
        self.fields["agency"].queryset = agencies
        founder = FOUNDERS.get(place.level.code, "ubnd")
        self.fields["agency"].initial = agencies.filter(branch__code=founder).first()
        self._leave_out(place, team, day)

    def _leave_out(self, place, team, day) -> None:
        """Asks only what can be said of this group."""
        required = RequiredMember.objects.on(day).filter(level=place.level_id)
        if team or not required.exists():
            del self.fields["is_common"]
        if team:
            del self.fields["agency"]
        for name in ("runner", "agency", "admins"):
            if name in self.fields and not self.fields[name].queryset.exists():
                del self.fields[name]

    def said(self) -> dict:
        """The answers, as the actions take them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "envelope"}


class TeamGroupForm(ChannelForm):
    """What a team leader is asked on the phone."""

    def _leave_out(self, place, team, day) -> None:
        super()._leave_out(place, team, day)
        for name in ("admins", "last_active_on", "opened_on"):
            self.fields.pop(name, None)


class EditForm(ChannelForm):
    """The same, over what stands; `version` is the one the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    envelope = None

    def said(self) -> dict:
        return {name: value for name, value in super().said().items() if name != "version"}


class WithdrawForm(forms.Form):
    reason = NFCCharField(label=_("Reason"), max_length=200, required=False)


class CloseForm(WithdrawForm):
    on = DayField(label=_("Closed from"), past=True, initial=today)
    field_order = ["on", "reason"]
