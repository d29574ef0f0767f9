"""Which notices, and where."""

from django import forms

from cncd.faces.notices.actions import choose_channels
from cncd.faces.notices.kinds import KINDS
from cncd.faces.notices.queries import wanted
from cncd.foundation.people.news import CHANNELS


class ChannelsForm(forms.Form):
    """One group of boxes for each kind of notice that concerns the person."""

    def __init__(self, data=None, *, user):
        super().__init__(data)
        self.user = user
        self.kinds = [kind for kind in KINDS.values() if kind.concerns(user)]
        chosen = wanted([user.pk], [kind.code for kind in self.kinds])
        for kind in self.kinds:
            self.fields[kind.code] = forms.MultipleChoiceField(
                label=kind.label,
                help_text=kind.hint,
                choices=list(CHANNELS.items()),
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=sorted(chosen[user.pk, kind.code]),
            )

    def save(self) -> None:
        chosen = {kind.code: set(self.cleaned_data[kind.code]) for kind in self.kinds}
        choose_channels(by=self.user, chosen=chosen)
