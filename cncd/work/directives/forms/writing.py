"""A directive as it is written: what, from what, to whom."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cncd.foundation.documents.forms import DocumentChoice
from cncd.foundation.documents.models import Document
from cncd.foundation.kit.forms import DayField, NFCCharField, OnceMixin, SeenField
from cncd.foundation.people.models import Branch
from cncd.foundation.places.fields import PlacesField
from cncd.foundation.places.models import Level
from cncd.team.teams.models import Team
from cncd.work.directives.actions import Source, To
from cncd.work.directives.models import Directive

Audience = Directive.Audience
RECENT = 40  # documents offered


class DirectiveForm(OnceMixin, forms.Form):
    """`giver` is (place, agency or None); only what stands below the place is offered."""

    edition = SeenField()
    title = NFCCharField(label=_("Subject of the directive"), max_length=200)
    text = NFCCharField(
        label=_("Content"), required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    clause = NFCCharField(
        label=_("Clause of the plan"), max_length=60, required=False,
        help_text=_("For example IV.3."),
    )  # fmt: skip
    document = DocumentChoice(
        queryset=Document.objects.none(), required=False, label=_("Document"),
        empty_label=_("– not in writing, or entered below –"),
    )  # fmt: skip
    said_by = NFCCharField(
        label=_("Said by"), max_length=120, required=False,
        help_text=_("Of an oral instruction: who gave it."),
    )  # fmt: skip
    said_on = DayField(
        label=_("Said on"), required=False, past=True, help_text=_("Of an oral instruction.")
    )
    audience = forms.ChoiceField(
        label=_("Goes to"), choices=Audience.choices, widget=forms.RadioSelect
    )
    level = forms.ModelChoiceField(
        queryset=Level.objects.none(), required=False, label=_("Level"),
        help_text=_("For a level; for a line of work it narrows to agencies of that level."),
    )  # fmt: skip
    branch = forms.ModelChoiceField(
        queryset=Branch.objects.all(), required=False, label=_("Line of work"),
        help_text=_("For agencies of a line of work."),
    )  # fmt: skip
    units = PlacesField(
        label=_("Units"), required=False,
        help_text=_("For units chosen by name: one on each line, its code or its name."),
    )  # fmt: skip
    teams = forms.ModelMultipleChoiceField(
        queryset=Team.objects.none(), required=False, label=_("Teams"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For teams: leave all empty to reach every team below you."),
    )  # fmt: skip

    def __init__(self, *args, user, giver, day, paper_given=False, directive=None, **options):
        self.place, self.agency = giver
        self.directive, self.paper_given = directive, paper_given
        super().__init__(*args, **options)
        above = self.place.level.rank
        levels = Level.objects.filter(rank__gt=above).exclude(code="hamlet")
        self.fields["level"].queryset = levels
        self.fields["document"].queryset = self._documents(user)
        self._offer_teams(day)
        offered = self._audiences(levels.exists())
        choices = [each for each in Audience.choices if each[0] in offered]
        self.fields["audience"].choices = choices
        if len(choices) == 1:
            self.fields["audience"].initial = choices[0][0]
        if not levels.exists():
            for name in ("level", "units", "branch"):
                del self.fields[name]

    def _documents(self, user):
        found = Document.objects.visible_to(user)
        recent = list(found.order_by("-issued_on", "-pk").values_list("pk", flat=True)[:RECENT])
        kept = self.directive.document_id if self.directive else self.initial.get("document")
        return found.filter(Q(pk__in=recent) | Q(pk=getattr(kept, "pk", kept)))

    def _offer_teams(self, day) -> None:
        if self.place.level.code == "commune":
            self.fields["teams"].queryset = Team.objects.within([self.place.pk], day)
        else:
            del self.fields["teams"]

    @staticmethod
    def _audiences(has_levels: bool) -> set[str]:
        below = {Audience.LEVEL, Audience.UNITS, Audience.BRANCH} if has_levels else set()
        return below | {Audience.TEAMS}

    def clean(self):
        cleaned = super().clean()
        self._check_source(cleaned)
        audience = cleaned.get("audience")
        needed = {
            Audience.LEVEL: ("level", _("Choose the level it goes to.")),
            Audience.UNITS: ("units", _("Name at least one unit.")),
            Audience.BRANCH: ("branch", _("Choose the line of work.")),
        }.get(audience)
        if needed and needed[0] not in self.errors and not cleaned.get(needed[0]):
            self.add_error(*needed)
        return cleaned

    def _check_source(self, cleaned) -> None:
        if cleaned.get("document") or self.paper_given or self.errors:
            return
        if not cleaned.get("said_on"):
            text = _("Choose the document, enter a new one below, or say when it was said.")
            self.add_error("said_on", text)
        elif not cleaned.get("said_by"):
            self.add_error("said_by", _("Write who gave the instruction."))

    def source(self, document=None) -> Source:
        """Where it comes from; a paper entered beside goes before the one chosen."""
        cleaned = self.cleaned_data
        return Source(
            document=document or cleaned["document"],
            said_by=cleaned["said_by"],
            said_on=cleaned["said_on"],
            clause=cleaned["clause"],
        )

    @property
    def to(self) -> To:
        cleaned = self.cleaned_data
        return To(
            cleaned["audience"],
            level=cleaned.get("level"),
            branch=cleaned.get("branch"),
            units=tuple(cleaned.get("units") or ()),
            teams=tuple(cleaned.get("teams") or ()),
        )


def first_values(directive: Directive) -> dict:
    """What a draft's form shows."""
    names = ("edition", "title", "text", "clause", "document", "said_by", "said_on", "audience",
             "level", "branch")  # fmt: skip
    values = {name: getattr(directive, name) for name in names}
    return values | {"units": list(directive.units.all()), "teams": directive.teams.all()}
