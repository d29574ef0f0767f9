"""Where a figure shall come from."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.team.programme.actions import counter_like
from cncd.team.programme.forms.adding import LogDraftForm
from cncd.team.programme.forms.fields import FirstDayField, Group
from cncd.team.programme.models import Counter
from cncd.team.programme.packaged import CounterWords, register_counters
from cncd.team.programme.wording import counter_in_words, names_of_codes

ASKED, LOG, REGISTER, OTHER = "asked", "log", "register", "other"


class CounterField(forms.ModelChoiceField):
    """A standing counter, named by what it counts."""

    def label_from_instance(self, obj):
        return counter_in_words(obj, self.names)

    names = None  # of the codes in its filters, read once for all options


class SwitchForm(forms.Form):
    """By hand, by the activity log with filters, by a register, or as another figure is."""

    source = forms.ChoiceField(
        label=_("New source"),
        choices=[
            (ASKED, _("Entered by hand")),
            (LOG, _("Counted from the activity log, as chosen below")),
            (REGISTER, _("Counted from a register, as chosen below")),
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
    register = forms.ChoiceField(label=_("Counted from a register"), required=False)
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
        self.fields["other"].names = names = names_of_codes()
        self.fields["register"].choices = [("", _("Choose…")), *_registers(measure, names)]
        self.fields["other"].queryset = standing.order_by("room", "counts", "pk")

    @property
    def groups(self) -> list[Group]:
        """The fields under titles: those that matter for one choice stand together."""
        log = ["counts", "kinds", "contents", "languages"]
        return [
            Group(self, _("The switch"), ["source", "since_on"]),
            Group(self, _("If it is counted from the activity log"), log),
            Group(self, _("If it is counted from a register"), ["register"]),
            Group(self, _("If it is counted as another figure"), ["other"]),
        ]

    def clean(self):
        data = super().clean()
        if data.get("source") == OTHER and not data.get("other"):
            self.add_error("other", _("Choose the counter."))
        if data.get("source") == REGISTER and not data.get("register"):
            self.add_error("register", _("Choose what is counted."))
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
        if data["source"] == REGISTER:
            return counter_like(*CounterWords.read(data["register"]))
        chosen = {"kind": "kinds", "content": "contents", "language": "languages"}
        filters = {word: [row.code for row in data[name]] for word, name in chosen.items()}
        return counter_like("activities", data["counts"], filters)


def _registers(measure, names) -> list[tuple[str, str]]:
    """Counters of registers that fit the level the figure arises at, in words."""
    found = [(text, CounterWords.read(text)) for text in register_counters(measure.level.code)]
    return [(text, counter_in_words(Counter(**words._asdict()), names)) for text, words in found]


class PackagedForm(forms.Form):
    """Which figures shall be counted as the packaged catalogue does, and from when on."""

    since_on = FirstDayField()
    chosen = forms.TypedMultipleChoiceField(
        label=_("Figures"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    with_words = forms.BooleanField(
        label=_("Take the new words on how they are counted too"),
        help_text=_("Words on these figures that your province wrote itself are replaced."),
        required=False,
        initial=True,
    )

    def __init__(self, *args, rows, **options):
        super().__init__(*args, **options)
        self.rows = {row.measure.pk: row for row in rows}
        field = self.fields["chosen"]
        field.choices = [(pk, row.measure.code) for pk, row in self.rows.items()]
        field.initial = list(self.rows)

    def measures(self) -> list:
        """Those chosen, each with the parts that go with it."""
        rows = [self.rows[pk] for pk in self.cleaned_data["chosen"]]
        return [measure for row in rows for measure in (row.measure, *row.splits)]

    @property
    def table(self) -> list:
        """(row, whether it is ticked), in order."""
        ticked = set(map(str, self["chosen"].value() or ()))
        return [(row, str(pk) in ticked) for pk, row in self.rows.items()]
