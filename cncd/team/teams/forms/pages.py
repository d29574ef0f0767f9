"""The three pages that rest on a decision: forming, consolidating and dissolving a team."""

from django import forms
from django.utils.translation import gettext_lazy

from cncd.foundation.places.models import Place
from cncd.team.teams.actions import consolidate_team, dissolve_team, form_team
from cncd.team.teams.forms.roster import FIRST_LINES, PostForm, roster_set
from cncd.team.teams.forms.submission import Submission
from cncd.team.teams.forms.teams import ConsolidateForm, DissolveForm, TeamForm
from cncd.team.teams.lines import Change
from cncd.team.teams.models import Team
from cncd.team.teams.queries import fitting_day, members_on


class Formation(Submission):
    """A new team of the commune."""

    kind = "team.form"

    def make_head(self):
        chosen = self.request.GET.getlist("place")
        initial = {"places": [pk for pk in chosen if pk.isdecimal()]}
        today = self.request.scope.today
        return TeamForm(self.data, commune=self.place, day=today, initial=initial)

    def make_roster(self):
        return roster_set(self.request.user, self.data, first_lines=FIRST_LINES)

    @property
    def day(self):
        return self.head.cleaned_data["since_on"]

    def act(self) -> Team:
        found = self.head.cleaned_data
        return form_team(
            places=list(found["places"]),
            decision=self.decision.line(),
            since_on=found["since_on"],
            members=self.roster.lines(),
            by=self.request.user,
            name=found["name"],
            is_pilot=found["is_pilot"],
        )


class StandingForm(PostForm):
    """A member who is in the team: stays, leaves, or changes post."""

    leave = forms.BooleanField(label=gettext_lazy("Leaves the team"), required=False)

    def __init__(self, membership, data):
        self.membership = membership
        fields = ("position", "hamlet_post", "component", "tie", "union_member")
        initial = {name: getattr(membership, name) for name in fields}
        super().__init__(data, prefix=f"m{membership.pk}", initial=initial)

    @property
    def has_new_post(self) -> bool:
        return bool(set(self.changed_data) - {"leave"})


class Consolidation(Submission):
    """Kiện toàn: always shows what would change before it is confirmed."""

    kind = "team.consolidate"
    always_shows = True

    def make_head(self):
        day = fitting_day(self.team, self.request.scope.today)
        covered = list(self.team.coverages.on(day).values_list("place", flat=True))
        self.standing = [StandingForm(row, self.data) for row in members_on(self.team, day)]
        self.covered = set(covered)
        return ConsolidateForm(self.data, commune=self.place, day=day, covered=covered)

    def make_roster(self):
        return roster_set(self.request.user, self.data)

    def forms(self) -> list:
        return [*super().forms(), *self.standing]

    @property
    def day(self):
        return self.head.cleaned_data["on"]

    def act(self) -> Team:
        places: list[Place] = list(self.head.cleaned_data["places"])
        leaving = [form for form in self.standing if form.cleaned_data["leave"]]
        staying = [form for form in self.standing if form not in leaving and form.has_new_post]
        return consolidate_team(
            team=self.team,
            decision=self.decision.line(),
            on=self.day,
            by=self.request.user,
            join=self.roster.lines(),
            leave=[form.membership.pk for form in leaving],
            change=[Change(form.membership.pk, form.post()) for form in staying],
            places=places if {place.pk for place in places} != self.covered else None,
        )


class Dissolution(Submission):
    """Giải thể."""

    kind = "team.dissolve"

    def make_head(self):
        return DissolveForm(self.data)

    @property
    def day(self):
        return self.head.cleaned_data["on"]

    def act(self) -> Team:
        found = self.head.cleaned_data
        return dissolve_team(
            team=self.team,
            decision=self.decision.line(),
            on=found["on"],
            reason=found["reason"],
            by=self.request.user,
        )
