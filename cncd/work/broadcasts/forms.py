"""A broadcast, quickly written down."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField, OnceMixin, WholeNumberField, today
from cncd.foundation.people.forms.fields import BLANK
from cncd.team.programme.models import Content
from cncd.work.broadcasts.actions import Aired
from cncd.work.broadcasts.models import Broadcast, Medium
from cncd.work.broadcasts.queries import may_repeat
from cncd.work.broadcasts.rules import MOST_TIMES
from cncd.work.broadcasts.wording import WEEKDAYS
from cncd.work.library.models import Item

REPEATED = 60  # offered, the newest


class OriginField(forms.ModelChoiceField):
    def label_from_instance(self, broadcast):
        return f"{broadcast.title} ({broadcast.since_on:%d/%m/%Y})"


class ContentField(forms.ModelChoiceField):
    def label_from_instance(self, content):
        return content.short_name


class BroadcastForm(OnceMixin):
    """What, where, when, how often; the rest may be left out."""

    title = NFCCharField(
        label=_("Title of the broadcast"),
        max_length=200,
        help_text=_("As announced or as the headline reads."),
    )
    medium = forms.ModelChoiceField(
        label=_("Broadcast where"), queryset=Medium.objects.none(), empty_label=None,
        widget=forms.RadioSelect,
    )  # fmt: skip
    since_on = DayField(label=_("Day"), past=True, initial=today)
    last_on = DayField(
        label=_("Until the end of"), past=True, required=False,
        help_text=_("Only when it ran on several days."),
    )  # fmt: skip
    times = WholeNumberField(
        label=_("Times a day"), min_value=1, max_value=MOST_TIMES, initial=1,
        help_text=_("A text on a page or in social media counts once."),
    )  # fmt: skip
    weekdays = forms.MultipleChoiceField(
        label=_("Only on"), choices=WEEKDAYS, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every day from the first to the last."),
    )  # fmt: skip
    link = forms.URLField(
        label=_("Link to it"), max_length=500, required=False, assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )  # fmt: skip
    content = ContentField(
        label=_("Content"), queryset=Content.objects.none(), required=False, empty_label=BLANK
    )
    item = forms.ModelChoiceField(
        label=_("Text of the library"), queryset=Item.objects.none(), required=False,
        empty_label=BLANK,
    )  # fmt: skip
    origin = OriginField(
        label=_("Repeated from above"), queryset=Broadcast.objects.none(), required=False,
        empty_label=BLANK,
        help_text=_("What the district or province broadcast first. It is counted for your unit, "
                    "once; theirs stays theirs."),
    )  # fmt: skip
    note = NFCCharField(label=_("Note"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, user, place, day, broadcast: Broadcast | None = None, **options):
        if broadcast:
            options["initial"] = _values(broadcast) | options.get("initial", {})
        super().__init__(*args, **options)
        held = self.initial
        self.fields["medium"].queryset = Medium.objects.on(day) | Medium.objects.filter(
            pk=getattr(held.get("medium"), "pk", None))  # fmt: skip
        self.fields["content"].queryset = Content.objects.on(day)
        self.fields["item"].queryset = Item.objects.published().visible_to(user)
        ids = list(may_repeat(place, day).values_list("pk", flat=True)[:REPEATED])
        ids += [broadcast.origin_id] if broadcast and broadcast.origin_id else []
        if ids:
            self.fields["origin"].queryset = Broadcast.objects.filter(pk__in=ids)
        else:
            del self.fields["origin"]

    @property
    def aired(self) -> Aired:
        values = self.cleaned_data
        names = ("medium", "title", "since_on", "last_on", "times", "link", "content", "item",
                 "note")  # fmt: skip
        weekdays = "".join(values["weekdays"])
        kept = {name: values[name] for name in names}
        return Aired(**kept, weekdays=weekdays, origin=values.get("origin"))


def _values(found: Broadcast) -> dict:
    names = "medium title since_on times link content item origin note version".split()
    values = {name: getattr(found, name) for name in names}
    values["last_on"] = found.last_on if found.last_on > found.since_on else None
    return values | {"weekdays": list(found.weekdays)}


class WithdrawForm(forms.Form):
    reason = NFCCharField(label=_("Reason"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)
