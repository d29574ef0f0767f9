"""The forms of the rules: how groups of a level are named, who must be in them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField, WholeNumberField, today
from cncd.foundation.people.models import Branch, Role
from cncd.foundation.places.models import Level
from cncd.work.channels.rules import BadPattern, read_pattern
from cncd.work.channels.rules.members import Fit

MOST_FORMS = 4


class NameRuleForm(forms.Form):
    """The forms of a name, one a line; the first is the expected one."""

    patterns = forms.CharField(
        label=_("Forms of the name, one on each line"),
        help_text=_("The first line is the expected form; names in another form are right too."),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        max_length=800,
    )
    since_on = DayField(label=_("In force from"), initial=today)
    clause = NFCCharField(label=_("Legal basis"), max_length=60, required=False)

    def __init__(self, *args, level: Level, **options):
        super().__init__(*args, **options)
        self.level = level

    def clean_patterns(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["patterns"].splitlines()]
        found = [line for line in lines if line]
        if len(found) > MOST_FORMS:
            raise forms.ValidationError(
                _("At most %(most)d forms: one to expect, the others to accept.")
                % {"most": MOST_FORMS}
            )
        codes = list(Level.objects.values_list("code", flat=True))
        for text in found:
            try:
                read_pattern(text, codes, self.level.code)
            except BadPattern as bad:
                raise forms.ValidationError(f"“{text}”: {bad}") from bad
        return found


class RequiredMemberForm(forms.Form):
    """A kind of member, and which posts are of that kind."""

    name = NFCCharField(label=_("Kind of member"), max_length=200)
    roles = forms.ModelMultipleChoiceField(
        Role.objects.all(), label=_("Roles"), widget=forms.CheckboxSelectMultiple
    )
    branches = forms.ModelMultipleChoiceField(
        Branch.objects.all(),
        label=_("Branches"),
        required=False,
        help_text=_("None ticked: of any branch."),
        widget=forms.CheckboxSelectMultiple,
    )
    at = forms.ModelMultipleChoiceField(
        Level.objects.all(),
        label=_("Held at these levels"),
        help_text=_("Of the unit of the group, or of a unit above it."),
        widget=forms.CheckboxSelectMultiple,
    )
    anywhere = forms.BooleanField(
        label=_("A post at any of these levels will do"),
        help_text=_("Otherwise the lowest level the unit has above it counts."),
        required=False,
    )
    order = WholeNumberField(label=_("Place in the list"), max_value=1000, required=False)
    since_on = DayField(label=_("In force from"), initial=today)
    until_on = DayField(label=_("No longer from"), required=False)
    clause = NFCCharField(label=_("Legal basis"), max_length=60, required=False)

    @staticmethod
    def of(required) -> dict:
        """What the form starts with for a kind that stands."""
        fit = Fit.read(required.fits)
        return {
            "name": required.name,
            "roles": Role.objects.filter(code__in=fit.roles),
            "branches": Branch.objects.filter(code__in=fit.branches),
            "at": Level.objects.filter(code__in=fit.at),
            "anywhere": fit.anywhere,
            "order": required.order,
            "since_on": required.since_on,
            "until_on": required.until_on,
            "clause": required.clause,
        }

    def said(self) -> dict:
        """The answers, as the action takes them; levels the lowest first."""
        said = self.cleaned_data
        fit = Fit(
            tuple(role.code for role in said["roles"]),
            tuple(branch.code for branch in said["branches"]),
            tuple(level.code for level in sorted(said["at"], key=lambda level: -level.rank)),
            said["anywhere"],
        )
        kept = ("name", "order", "since_on", "until_on", "clause")
        return {name: said[name] for name in kept} | {"fit": fit}
