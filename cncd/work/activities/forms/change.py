"""An entry opened for change, or taken back: what stands, and why it is changed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import NFCCharField
from cncd.work.activities.forms.entry import ActivityForm, SummaryForm


class ReasonField(NFCCharField):
    """Why something is changed: free words, with the usual ones offered."""

    def __init__(self, **options):
        usual = {"label": _("Why"), "max_length": 200, "required": False}
        super().__init__(**usual | options)


class EditMixin(forms.Form):
    """An entry opened for change: the version shown on the page, its photos, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    kept_photos = forms.MultipleChoiceField(
        label=_("Photos to keep"), required=False, widget=forms.CheckboxSelectMultiple
    )
    shown_photos = forms.CharField(widget=forms.HiddenInput, required=False)  # ids, with commas
    reason = ReasonField(help_text=_("For example: counted again, wrong date, written twice."))

    def __init__(self, *args, photos: tuple[str, ...] = (), **options):
        super().__init__(*args, **options)
        del self.fields["difficulty"]  # it went its own way when the entry was written
        self.photos = photos
        self.initial["shown_photos"] = ",".join(photos)
        offered = [(pk, _("Photo %(n)d") % {"n": n}) for n, pk in enumerate(photos, 1)]
        self.fields["kept_photos"].choices = offered
        self.initial["kept_photos"] = list(photos)
        if not photos:
            self.fields["kept_photos"].widget = forms.MultipleHiddenInput()

    @property
    def photos_kept(self) -> tuple[str, ...]:
        """Those ticked, and those that arrived after the page was opened."""
        kept, shown = self.cleaned_data["kept_photos"], self.cleaned_data["shown_photos"].split(",")
        offered = "shown_photos" in self.data
        late = [pk for pk in self.photos if offered and pk not in shown and pk not in kept]
        return (*kept, *late)


class EditForm(EditMixin, ActivityForm):
    pass


class SummaryEditForm(EditMixin, SummaryForm):
    pass


class WithdrawForm(forms.Form):
    """Why an entry is taken back; asked only when it is due."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = ReasonField(help_text=_("For example: written twice, it was another team's work."))
