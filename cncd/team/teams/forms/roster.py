"""One line of a roster: somebody in the register already, or somebody new, and their post."""

import re

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.kit.forms import NFCCharField, PhoneField
from cncd.foundation.kit.text import fold
from cncd.foundation.people.models import Person
from cncd.foundation.places import queries as place_queries
from cncd.team.teams.lines import MemberLine, NewPerson
from cncd.team.teams.models import Component, Membership

NEW = "new"
MOST_ROWS = 30
PREFIX = "members"
FULL_NAME = re.compile(PREFIX + r"-\d{1,3}-full_name")


class PostForm(forms.Form):
    """What a member is in the team; shared by new lines and by those of a consolidation."""

    position = forms.ChoiceField(
        label=gettext_lazy("Position"),
        choices=Membership.Position.choices,
        initial=Membership.Position.MEMBER,
    )
    hamlet_post = forms.ChoiceField(
        label=gettext_lazy("Post in the hamlet"),
        choices=Membership.HamletPost.choices,
        required=False,
    )
    component = forms.ModelChoiceField(
        label=gettext_lazy("Component"),
        queryset=Component.objects.all(),
        required=False,
        empty_label=gettext_lazy("Not stated"),
    )
    tie = forms.ChoiceField(
        label=gettext_lazy("Tie to the hamlet"),
        choices=Membership.Tie.choices,
        initial=Membership.Tie.LIVES,
    )
    union_member = forms.BooleanField(label=gettext_lazy("Youth Union member"), required=False)

    def post(self) -> dict:
        """The values an action takes."""
        names = ("position", "hamlet_post", "component", "tie", "union_member")
        return {name: self.cleaned_data[name] for name in names}


class MemberForm(PostForm):
    """A line to be added; a name that is in the register already asks who is meant."""

    full_name = NFCCharField(label=gettext_lazy("Full name"), max_length=120, required=False)
    person = forms.ChoiceField(
        label=gettext_lazy("Who is this?"), widget=forms.RadioSelect, required=False
    )
    gender = forms.ChoiceField(
        label=gettext_lazy("Gender"), choices=Person.Gender.choices, required=False
    )
    contact_phone = PhoneField(label=gettext_lazy("Phone"), required=False)

    field_order = ("full_name", "person", "position", "hamlet_post", "component", "tie",
                   "union_member", "gender", "contact_phone")  # fmt: skip

    def __init__(self, *args, known: dict[str, list[Person]] | None = None, **options):
        super().__init__(*args, **options)
        # Outside a formset too, an untouched line is no line.
        self.empty_permitted, self.use_required_attribute = True, False
        self.namesakes = (known or {}).get(fold(self._typed("full_name")), [])
        self.fields["person"].choices = who_choices(self.namesakes)
        # With JavaScript the question stands there as soon as the name is typed.
        self.fields["full_name"].widget.attrs |= {
            "hx-get": reverse("teams:who"),
            "hx-trigger": "change",
            "hx-target": f"#{self.prefix}-who",
            "autocomplete": "off",
        }
        if not self.namesakes:
            del self.fields["person"]

    def _typed(self, name: str) -> str:
        return self.data.get(self.add_prefix(name), "").strip() if self.is_bound else ""

    def has_changed(self) -> bool:
        return bool(self._typed("full_name"))

    def clean(self):
        found = super().clean()
        if self.namesakes and not found.get("person") and "person" not in self.errors:
            self.add_error("person", _("This name is in the register already. Say who is meant."))
        return found

    def line(self) -> MemberLine:
        """The line as the actions take it."""
        chosen = self.cleaned_data.get("person")
        person = next((each for each in self.namesakes if str(each.pk) == chosen), None)
        return MemberLine(person=person or self._new_person(), **self.post())

    def _new_person(self) -> NewPerson:
        names = ("full_name", "gender", "contact_phone")
        return NewPerson(**{name: self.cleaned_data[name] for name in names})


def namesakes(by, names: list[str]) -> dict[str, list[Person]]:
    """Folded name → people within the officer's reach who bear it, however it is accented."""
    folded = {fold(name)[:200] for name in names} - {""}
    found: dict[str, list[Person]] = {}
    if folded:
        seen = Person.objects.visible_to(by).filter(search_key__in=folded).values("pk")
        people = Person.objects.filter(pk__in=seen).prefetch_related("memberships__team")
        homes = place_queries.names(people.values_list("home", flat=True), timezone.localdate())
        for person in people:
            person.home_name = homes[person.home_id].full_name if person.home_id in homes else ""
            found.setdefault(person.search_key, []).append(person)
    return found


def who_choices(people) -> list[tuple[str, str]]:
    """A radio per namesake, told apart by team, home and phone, and one for somebody new."""
    return [
        *((str(person.pk), about(person)) for person in people),
        (NEW, _("Somebody else, not in the register yet")),
    ]


def about(person: Person) -> str:
    """A namesake among others: name, teams, home, masked number."""
    teams = [row.team.name for row in person.memberships.all() if row.until_on is None]
    parts = [person.full_name, *teams, person.home_name, person.masked_phone]
    return " · ".join(part for part in parts if part)


class RosterSet(forms.BaseFormSet):
    """The lines to be added; lines without a name are left out."""

    def lines(self) -> list[MemberLine]:
        return [form.line() for form in self.forms if form.has_changed()]

    def clean(self):
        """Refuses the same person on two lines."""
        seen = set()
        for form in self.forms:
            if not form.is_valid() or not form.has_changed():
                continue
            person = form.line().person
            if isinstance(person, Person) and person.pk in seen:
                form.add_error("full_name", _("This person stands on another line already."))
            seen.add(getattr(person, "pk", None))


MemberSet = forms.formset_factory(
    MemberForm, formset=RosterSet, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS
)
FIRST_LINES = [
    {"position": Membership.Position.LEADER, "hamlet_post": Membership.HamletPost.HEAD},
    {"position": Membership.Position.DEPUTY, "hamlet_post": Membership.HamletPost.UNION},
    {"position": Membership.Position.MEMBER},
]


def roster_set(by, data=None, *, first_lines=()) -> RosterSet:
    """The formset, bound to what was sent; "add" in it asks for one more empty line."""
    known = {}
    if data is not None:
        if "add" in data:
            data = with_one_more(data)
        names = [text for key, text in data.items() if FULL_NAME.fullmatch(key)]
        known = namesakes(by, names)
    return MemberSet(data, prefix=PREFIX, initial=first_lines, form_kwargs={"known": known})


def with_one_more(data):
    """What was sent, and one more empty line at the end."""
    total = data.get(f"{PREFIX}-TOTAL_FORMS", "")
    lines = int(total) if total.isdecimal() and len(total) < 6 else 0
    data = data.copy()
    data[f"{PREFIX}-TOTAL_FORMS"] = str(min(lines + 1, MOST_ROWS))
    return data
