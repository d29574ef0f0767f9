"""Adding an indicator, one form for each way of having its figure."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import NFCCharField, OnceMixin
from cncd.foundation.places.models import Level
from cncd.team.programme.actions import ContentDraft, IndicatorDraft
from cncd.team.programme.forms.fields import FirstDayField, Group, IconField
from cncd.team.programme.forms.indicators import Words
from cncd.team.programme.models import (
    ActivityKind,
    Content,
    Counter,
    Indicator,
    Language,
    Measure,
    Platform,
)

MILLION = 1_000_000


def next_code(pillar: str) -> str:
    """The first free number of a pillar: "CQ12"."""
    taken = Indicator.objects.filter(code__startswith=pillar).values_list("code", flat=True)
    numbers = [int(code[2:]) for code in taken if code[2:].isdecimal()]
    return f"{pillar}{max(numbers, default=0) + 1:02}"


class Draft(OnceMixin, Words):
    """What every way asks; `draft()` is what the action takes."""

    code = NFCCharField(
        label=_("Code"),
        max_length=20,
        required=False,
        help_text=_("Leave empty for the next number of the pillar."),
    )
    pillar = forms.ChoiceField(label=_("Pillar"), choices=Indicator.Pillar.choices)
    since_on = FirstDayField(running=True)

    def clean_code(self):
        code = self.cleaned_data["code"].upper()
        if code and not all(sign.isalnum() or sign in ".-" for sign in code):
            raise forms.ValidationError(_("A code has letters, digits, a full stop or a hyphen."))
        return code

    counting: ClassVar[list[str]] = []  # the fields of this way
    details: ClassVar[list[str]] = []  # those that may be left as they are

    @property
    def groups(self) -> list[Group]:
        """The fields under titles, in the order they are asked."""
        words = ["name", "short_name", "definition", "pillar", "since_on"]
        more = [*self.details, "code", "clause", "goal", "direction", "is_core"]
        return [
            Group(self, self.counting_title, self.counting),
            Group(self, _("The indicator"), words),
            Group(self, _("More, if needed"), more, folded=True),
        ]

    counting_title = _("Where the figure comes from")

    def own(self) -> dict:
        """What this way adds to the draft."""
        return {}

    def draft(self) -> IndicatorDraft:
        asked = {name: self.cleaned_data[name] for name in (*Words.base_fields, "pillar")}
        asked["code"] = self.cleaned_data["code"] or next_code(asked["pillar"])
        return IndicatorDraft(**asked | self.own(), since_on=self.cleaned_data["since_on"])


class UnitMixin(forms.Form):
    unit = NFCCharField(
        label=_("Unit of measure"), max_length=40, initial="lượt", help_text=_("E.g. lượt, hộ")
    )


class ContentDraftForm(UnitMixin, Draft):
    """Counted by a content that is new on the log."""

    content_name = NFCCharField(
        label=_("The content in the log"),
        max_length=200,
        help_text=_("What neighbours are helped with, as it stands when a helper writes the log."),
    )
    content_short = NFCCharField(
        label=_("Words on the tile"), max_length=26, help_text=_("At most 26 letters.")
    )
    platform = forms.ModelChoiceField(
        label=_("Platform"),
        queryset=Platform.objects.all(),
        required=False,
        empty_label=_("none in particular"),
    )
    icon = IconField(initial="chat-dots")

    counting_title = _("The content in the log")
    counting: ClassVar = ["content_name", "content_short", "unit", "icon"]
    details: ClassVar = ["platform"]

    def own(self) -> dict:
        data = self.cleaned_data
        content = ContentDraft(
            name=data["content_name"],
            short_name=data["content_short"],
            unit=data["unit"],
            platform=data["platform"],
            icon=data["icon"],
        )
        return {"unit": data["unit"], "content": content}


class LogDraftForm(UnitMixin, Draft):
    """Counted from what the log holds already."""

    counts = forms.ChoiceField(label=_("What is counted"), choices=Counter.Counts.choices)
    kinds = forms.ModelMultipleChoiceField(
        label=_("Only these kinds of activity"),
        queryset=ActivityKind.objects.all(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    contents = forms.ModelMultipleChoiceField(
        label=_("Only these contents"),
        queryset=Content.objects.all(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.ModelMultipleChoiceField(
        label=_("Only these languages"),
        queryset=Language.objects.all(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    counting: ClassVar = ["counts", "kinds", "contents", "languages", "unit"]

    def clean(self):
        data = super().clean()
        needed = {"content": "contents", "language": "languages"}.get(data.get("counts"))
        if needed and not data.get(needed):
            self.add_error(needed, _("Choose at least one."))
        return data

    def own(self) -> dict:
        data = self.cleaned_data
        chosen = {"kind": "kinds", "content": "contents", "language": "languages"}
        filters = {word: [row.code for row in data[name]] for word, name in chosen.items()}
        kinds = {"households": Measure.Kind.DISTINCT, "any": Measure.Kind.DISTINCT}
        return {
            "unit": data["unit"],
            "counts": data["counts"],
            "filters": filters,
            "kind": kinds.get(data["counts"], Measure.Kind.FLOW),
        }


class AskedDraftForm(UnitMixin, Draft):
    """Asked by hand in the report of a level."""

    level = forms.ModelChoiceField(
        label=_("Who enters it"), queryset=Level.objects.order_by("-rank"), empty_label=None
    )
    kind = forms.ChoiceField(label=_("How it adds up"), choices=Measure.Kind.choices)
    is_money = forms.BooleanField(
        label=_("An amount of money: entered and shown in million đồng"), required=False
    )
    hint = NFCCharField(label=_("Hint beside the field"), max_length=300, required=False)
    required = forms.BooleanField(
        label=_("Must be stated before the report can be sent"), required=False
    )

    counting: ClassVar = ["level", "unit", "kind", "is_money", "required"]
    details: ClassVar = ["hint"]

    def own(self) -> dict:
        data = self.cleaned_data
        names = ("unit", "level", "kind", "hint", "required")
        own = {name: data[name] for name in names}
        return own | ({"factor": MILLION, "unit": "triệu đồng"} if data["is_money"] else {})


class RatioDraftForm(Draft):
    """A ratio of two figures that stand."""

    numerator = forms.ModelChoiceField(
        label=_("Upper figure"), queryset=Measure.objects.none(), empty_label=_("Choose…")
    )
    denominator = forms.ModelChoiceField(
        label=_("Lower figure"), queryset=Measure.objects.none(), empty_label=_("Choose…")
    )

    counting: ClassVar = ["numerator", "denominator"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        standing = Measure.objects.filter(until_on=None, split_of=None)
        for name in ("numerator", "denominator"):
            self.fields[name].queryset = standing.order_by("code")

    def clean(self):
        data = super().clean()
        upper, lower = data.get("numerator"), data.get("denominator")
        if upper and upper == lower:
            self.add_error("denominator", _("Choose another figure than the upper one."))
        elif upper and lower and upper.factor != lower.factor:
            self.add_error("denominator", _("Both figures must have the same unit of storage."))
        return data

    def own(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("numerator", "denominator")}


WAYS = {
    "content": ContentDraftForm,
    "log": LogDraftForm,
    "asked": AskedDraftForm,
    "ratio": RatioDraftForm,
}
