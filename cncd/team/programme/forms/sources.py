"""Where a figure shall come from."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.team.programme.actions import counter_like
from cncd.team.programme.forms.adding import LogDraftForm
from cncd.team.programme.forms.fields import FirstDayField, Group
from cncd.team.programme.models import Counter
from cncd.team.programme.wording import counter_in_words, names_of_codes

ASKED, LOG, OTHER = "asked", "log", "other"


class CounterField(forms.ModelChoiceField):
    """A standing counter, named by what it counts."""

    def label_from_instance(self, obj):
        return counter_in_words(obj, self.names)

    names = None  # of the codes in its filters, read once for all options


class SwitchForm(forms.Form):
    """By hand, by the activity log with filters, or by a counter that stands already."""

    source = forms.ChoiceField(
        label=_("New source"),
        choices=[
            (ASKED, _("Entered by hand")),
            (LOG, _("Counted from the activity log, as chosen below")),
            (OTHER, _("Counted as another figure of the catalogue is")),
        ],
        widget=forms.RadioSelect,
    )
    since_on = FirstDayField()
    counts = forms.ChoiceField(
        label=_("What is counted"), choices=Counter.Counts.choices, required=False
    )
    kinds = LogDraftForm.base_fields["kinds"]
    contents = LogDraftForm.base_fields["contents"]
    languages = LogDraftForm.base_fields["languages"]
    other = CounterField(
        label=_("Counter"),
        queryset=Counter.objects.none(),
        required=False,
        empty_label=_("Choose…"),
    )

    def __init__(self, *args, measure, **options):
        super().__init__(*args, **options)
        self.measure = measure
        standing = Counter.objects.filter(source__measure__level=measure.level).distinct()
        self.fields["other"].names = names_of_codes()
        self.fields["other"].queryset = standing.order_by("room", "counts", "pk")

    @property
    def groups(self) -> list[Group]:
        """The fields under titles: those that matter for one choice stand together."""
        log = ["counts", "kinds", "contents", "languages"]
        return [
            Group(self, _("The switch"), ["source", "since_on"]),
            Group(self, _("If it is counted from the activity log"), log),
            Group(self, _("If it is counted as another figure"), ["other"]),
        ]

    def clean(self):
        data = super().clean()
        if data.get("source") == OTHER and not data.get("other"):
            self.add_error("other", _("Choose the counter."))
        needed = {"content": "contents", "language": "languages"}.get(data.get("counts"))
        if data.get("source") == LOG and needed and not data.get(needed):
            self.add_error(needed, _("Choose at least one."))
        return data

    def counter(self) -> Counter | None:
        """The counter chosen; None for a figure entered by hand."""
        data = self.cleaned_data
        if data["source"] == ASKED:
            return None
        if data["source"] == OTHER:
            return data["other"]
        chosen = {"kind": "kinds", "content": "contents", "language": "languages"}
        filters = {word: [row.code for row in data[name]] for word, name in chosen.items()}
        return counter_like("activities", data["counts"], filters)
