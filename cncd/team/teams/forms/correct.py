"""Mending what was mistyped, and saying why a finding stands."""

from django import forms
from django.utils.translation import gettext_lazy

from cncd.foundation.kit.forms import DayField, NFCCharField
from cncd.team.teams.forms.roster import PostForm
from cncd.team.teams.models import Membership, Team


class ReasonForm(forms.Form):
    reason = NFCCharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class CorrectTeamForm(forms.Form):
    name = NFCCharField(label=gettext_lazy("Name of the team"), max_length=160)
    is_pilot = forms.BooleanField(label=gettext_lazy("Pilot team (IV.3)"), required=False)

    def __init__(self, data, team: Team):
        super().__init__(data, initial={"name": team.name, "is_pilot": team.is_pilot})


class CorrectMemberForm(PostForm, ReasonForm):
    """What a line should have said from the beginning, and why it is corrected."""

    since_on = DayField(label=gettext_lazy("Member since"))
    field_order = ("position", "hamlet_post", "component", "tie", "union_member", "since_on")

    def __init__(self, data, membership: Membership):
        names = (*self.field_order,)
        super().__init__(data, initial={name: getattr(membership, name) for name in names})

    def values(self) -> dict:
        """What the action takes, the reason included."""
        return dict(self.cleaned_data)
