"""A campaign or a theme of the month, planned, changed, cancelled."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.documents.forms import DocumentChoice
from cncd.foundation.documents.models import Document
from cncd.foundation.kit.forms import DayField, NFCCharField, OnceMixin, WholeNumberField, today
from cncd.foundation.people import authority
from cncd.foundation.people.forms.fields import LastDayField, PlaceField
from cncd.team.programme.models import Content
from cncd.work.directives.models import Ask, Campaign
from cncd.work.library.forms import ItemsField

MOST = 100_000
LATEST = 50  # documents to choose from


class CampaignForm(OnceMixin, forms.Form):
    """What, when, how often, for whom, and how much each is asked."""

    place = PlaceField(label=_("Unit"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Campaign.Kind.choices)
    name = NFCCharField(label=_("Name"), max_length=120)
    text = NFCCharField(
        label=_("What to do"), widget=forms.Textarea(attrs={"rows": 5}), max_length=5000
    )
    since_on = DayField(label=_("From"), initial=today)
    until_on = LastDayField(label=_("Until the end of"))
    repeats = forms.ChoiceField(
        label=_("Repeats"),
        choices=Campaign.Repeats.choices,
        required=False,
        help_text=_("Each time asks for its work anew, on its first day, by itself."),
    )
    repeats_until = LastDayField(
        label=_("Repeats until the end of"),
        required=False,
        help_text=_("Leave empty when it goes on until you cancel it."),
    )
    audience = forms.ChoiceField(label=_("Goes to"), choices=Campaign.Audience.choices)
    contents = forms.ModelMultipleChoiceField(
        Content.objects.none(),
        label=_("Contents"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What teams log of these contents counts by itself."),
    )
    amount = WholeNumberField(
        label=_("How much each is asked"),
        min_value=1,
        max_value=MOST,
        required=False,
        help_text=_("For each content. Leave empty to ask for a report in words instead."),
    )
    measure = forms.ChoiceField(
        label=_("Counted as"), choices=Ask.Measure.choices, initial=Ask.Measure.PEOPLE
    )
    guides = ItemsField(label=_("Guides"), required=False)
    document = DocumentChoice(
        Document.objects.none(), label=_("Document it rests on"), required=False
    )

    def __init__(self, *args, user, day=None, **options):
        super().__init__(*args, **options)
        day = day or timezone.localdate()
        mine = authority.reach(user, permission="directives.give").alive(day)
        mine = mine.filter(pk__in=authority.roots(user, "directives.give"))
        self.fields["place"].offer(mine, day)
        self.fields["contents"].queryset = Content.objects.on(day).order_by("order")
        guides = self.fields["guides"]
        guides.offer(user, chosen=self.initial.get("guides", ()), for_teams=True)
        if not guides.choices:
            del self.fields["guides"]
        papers = Document.objects.visible_to(user).order_by("-issued_on")[:LATEST]
        chosen = Document.objects.filter(pk__in=[each.pk for each in papers])
        self.fields["document"].queryset = chosen.order_by("-issued_on")

    @property
    def wanted(self) -> dict:
        """What the actions take."""
        said = {name: self.cleaned_data[name] for name in self.fields if name != "envelope"}
        return said | {"guides": said.get("guides", ())}


class ChangeCampaignForm(CampaignForm):
    """The unit stays; `version` is the one the writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        del self.fields["place"]


class CancelForm(forms.Form):
    reason = NFCCharField(label=_("Reason"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)
