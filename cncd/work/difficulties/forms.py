"""Raising a difficulty, answering it, giving it to somebody, passing it on."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.files.forms import PhotosField
from cncd.foundation.kit.forms import NFCCharField, OnceMixin
from cncd.foundation.people.coordination import officers_at
from cncd.foundation.people.forms.fields import PlaceField
from cncd.foundation.places.models import Place
from cncd.team.programme.models import DifficultyCategory
from cncd.work.difficulties.actions import ANSWER, Said
from cncd.work.difficulties.models import Case

LONGEST = 500
PRIVATE = _("Do not write neighbours' names or phone numbers.")


def text_area(rows: int, **attrs) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class RaiseForm(OnceMixin, forms.Form):
    """What is difficult; nothing else has to be said."""

    text = NFCCharField(
        label=_("What is difficult?"), max_length=LONGEST, widget=text_area(3), help_text=PRIVATE
    )
    category = forms.ModelChoiceField(
        DifficultyCategory.objects.none(), label=_("Kind of difficulty"), required=False,
        empty_label=_("Let the program sort it"),
    )  # fmt: skip
    photos = PhotosField(label=_("Photo"), required=False, most=1, along=True)

    def __init__(self, *args, day=None, **options):
        super().__init__(*args, **options)
        rows = DifficultyCategory.objects.on(day or timezone.localdate())
        self.fields["category"].queryset = rows.order_by("order", "pk")

    def said(self, photo=None) -> Said:
        """What the action takes."""
        said = self.cleaned_data
        return Said(said["text"], said["category"], photo)


class DeskRaiseForm(RaiseForm):
    """An officer raises for a team of theirs, or for the unit itself."""

    team = forms.ModelChoiceField(
        None, label=_("Team"), required=False, empty_label=_("The unit itself"),
        help_text=_("A team's difficulty goes to its commune; the unit's own to the level above."),
    )  # fmt: skip
    field_order = ["team", "text", "category", "photos"]

    def __init__(self, *args, teams, **options):
        super().__init__(*args, **options)
        self.fields["team"].queryset = teams


class AnswerForm(forms.Form):
    """The answer, for all its origins at once."""

    answer = NFCCharField(
        label=_("Answer"), max_length=2000, widget=text_area(4),
        help_text=_("It goes to every team that raised this. Say what is done, by whom, by when."),
    )  # fmt: skip
    link = forms.URLField(
        label=_("Page or guide that helps"), required=False, assume_scheme="https",
        help_text=_("For example the address of a guide in the library."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


class AssignForm(forms.Form):
    """Who of the unit answers."""

    assignee = forms.TypedChoiceField(
        label=_("Who answers"), required=False, coerce=int, empty_value=None
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, case: Case, **options):
        super().__init__(*args, **options)
        day = timezone.localdate()
        self.officers = {
            user.pk: user
            for user in officers_at([case.owner_id], ANSWER, day).get(case.owner_id, ())
        }
        everybody = [("", _("The whole unit"))]
        self.fields["assignee"].choices = everybody + [
            (pk, user.person.full_name) for pk, user in self.officers.items()
        ]

    def chosen(self):
        return self.officers.get(self.cleaned_data["assignee"])


class PassForm(forms.Form):
    """To whom, and why."""

    to = PlaceField(label=_("To which unit"), required=False)
    reason = NFCCharField(label=_("Why"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, case: Case, above: str, near: list[int], **options):
        super().__init__(*args, **options)
        field = self.fields["to"]
        field.offer(
            Place.objects.filter(pk__in=near).exclude(pk=case.owner_id), timezone.localdate()
        )
        self.fields["to"].choices = (
            [("", above), *list(field.choices)[1:]] if above else field.choices
        )
        field.required = not above


class SortForm(forms.Form):
    """Another kind of difficulty."""

    category = forms.ModelChoiceField(
        DifficultyCategory.objects.none(), label=_("Kind of difficulty"), empty_label=None
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        rows = DifficultyCategory.objects.on(timezone.localdate())
        self.fields["category"].queryset = rows.order_by("order", "pk")


class HelpedForm(forms.Form):
    """Whether the answer helped; what did not help says what is still missing."""

    YES, NO = "yes", "no"
    helped = forms.ChoiceField(
        label=_("Did the answer help?"), choices=[(YES, _("It helped")), (NO, _("Not yet"))]
    )
    note = NFCCharField(label=_("What is still missing"), max_length=300, required=False)

    def clean(self):
        said = super().clean()
        if said.get("helped") == self.NO and not said.get("note"):
            self.add_error("note", _("Say in a few words what is still missing."))
        return said

    @property
    def is_yes(self) -> bool:
        return self.cleaned_data["helped"] == self.YES


class WithdrawForm(forms.Form):
    reason = NFCCharField(label=_("Reason"), max_length=200, required=False)
