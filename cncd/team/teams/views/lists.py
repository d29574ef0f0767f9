"""The list of teams and the list of members."""

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.list_rows import rows_of
from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.people.access import allow
from cncd.team.teams import rules
from cncd.team.teams.models import Component, Membership
from cncd.team.teams.queries import described, findings_of, with_figures
from cncd.team.teams.views.scope import own_communes, teams_in_scope

TONES = {rules.MUST: "soon", rules.CHECK: "info", rules.NOTE: "quiet"}
STATES = [
    ("in_force", _("In force")),
    ("dissolved", _("Dissolved")),
    ("coming", _("Not yet in force")),
]
FINDINGS = [
    ("none", _("No finding")),
    *rules.SEVERITIES.items(),
    *((rule.code, rule.title) for rule in rules.RULES),
]


def state_of(team, day) -> str:
    """in_force, dissolved or coming."""
    if team.holds_on(day):
        return "in_force"
    return "coming" if team.since_on > day else "dissolved"


def findings_word(team) -> str:
    """ "2 điểm"; empty when there is none."""
    count = len(team.findings)
    return gettext("{count} to look at").format(count=count) if count else ""


def in_state(rows, value, day):
    """Rows (of anything dated) in that state on the day."""
    conditions = {
        "in_force": Q(since_on__lte=day) & (Q(until_on=None) | Q(until_on__gt=day)),
        "dissolved": Q(until_on__lte=day),
        "coming": Q(since_on__gt=day),
    }
    return rows.filter(conditions[value])


def with_finding(rows, value, day):
    """Teams with a finding of that rule or severity; "none": without any."""
    found = findings_of(list(rows.order_by().values_list("pk", flat=True)), day)
    wanted = [
        pk
        for pk, each in found.items()
        if (not each if value == "none" else any(value in (f.rule, f.severity) for f in each))
    ]
    return rows.filter(pk__in=wanted)


class TeamList(List):
    title = _("Teams and members")
    name = "to-cong-nghe-so"
    template = "teams/list.html"
    search_fields = ["search_key", "code"]
    search_hint = _("Find a team by its name or hamlet")
    order = "sort_key"
    empty = _("No team in this unit yet.")
    columns = [
        Column("name", _("Team"), sort="sort_key",
               link=lambda t: reverse("teams:team", args=[t.pk])),
        Column("hamlets", _("Hamlets"), kind="lines"),
        Column("commune", _("Commune")),
        Column("leader", _("Leader"), sort="leader_key"),
        Column("size", _("Members"), kind="number", sort="size", total=True),
        Column("found", _("Findings"), value=findings_word, kind="badge",
               tone=lambda t: TONES[t.findings[0].severity]),
        Column("state", _("State"), value=lambda t: dict(STATES)[t.state], kind="badge",
               tone=lambda t: "good" if t.state == "in_force" else "quiet", hidden=True),
        Column("decision", _("Decision"), value="formed_by.number"),
        Column("since_on", _("In force from"), kind="date", sort="since_on"),
        Column("last_day", _("Last day"), kind="date", sort="until_on", hidden=True),
        Column("code", _("Code"), sort="code", hidden=True),
        Column("pilot", _("Pilot"), hidden=True,
               value=lambda t: gettext("Pilot") if t.is_pilot else ""),
        Column("told", _("What was found"), hidden=True, kind="lines",
               value=lambda t: [finding.message for finding in t.findings]),
    ]  # fmt: skip

    def __init__(self, request, rows, **options):
        self.day = day = request.scope.day
        yes, no = _("Has a leader"), _("No leader")
        self.filters = [
            Choice("state", _("State"), STATES, lambda r, v: in_state(r, v, day), "in_force"),
            Choice("finding", _("Findings"), FINDINGS, lambda r, v: with_finding(r, v, day)),
            Choice("level", _("Level"), [("hamlet", _("Hamlet")), ("commune", _("Commune"))],
                   lambda r, v: r.filter(level__code=v)),
            Choice("leader", _("Leader"), [("yes", yes), ("no", no)],
                   lambda r, v: r.filter(leader__isnull=v == "no")),
            Choice("pilot", _("Pilot"), [("yes", _("Pilot teams"))],
                   lambda r, v: r.filter(is_pilot=True)),
        ]  # fmt: skip
        place = request.scope.place
        if place and place.level.code == "commune":
            self.columns = [column for column in self.columns if column.key != "commune"]
        super().__init__(request, with_figures(rows, day), **options)

    @cached_property
    def found(self):
        rows = List.found.func(self)
        exporting = self.asked("export") == "xlsx"
        return rows_of(self._described(rows)) if exporting else rows

    @cached_property
    def page(self):
        found = List.page.func(self)
        found.object_list = self._described(found.object_list)
        return found

    def _described(self, rows) -> list:
        """The teams with what their cells show."""
        teams = described(list(rows), self.day)
        for team in teams:
            team.state = state_of(team, self.day)
        return teams


@allow("teams.view")
def team_list(request):
    may_form = bool(own_communes(request))
    first_step = (reverse("teams:form"), gettext("Form the first team →")) if may_form else None
    context = {"may_form": may_form, "first_step": first_step}
    return TeamList(request, teams_in_scope(request), context=context).response()


class MemberList(List):
    title = _("Members of teams")
    name = "thanh-vien"
    template = "teams/members.html"
    search_fields = ["person__search_key", "team__search_key"]
    search_hint = _("Find a member or a team")
    order = ("person__sort_key", "team__sort_key")
    empty = _("No member in this unit yet.")
    columns = [
        Column("person", _("Full name"), value="person.full_name", sort="person__sort_key",
               link=lambda row: reverse("people:person", args=[row.person_id])),
        Column("position", _("Position"), value="get_position_display", sort="position"),
        Column("team", _("Team"), value="team.name", sort="team__sort_key",
               link=lambda row: reverse("teams:team", args=[row.team_id])),
        Column("hamlet_post", _("Post in the hamlet"),
               value=lambda row: row.hamlet_post and row.get_hamlet_post_display()),
        Column("component", _("Component"), value="component.name", sort="component__order"),
        Column("tie", _("Tie to the hamlet"), value="get_tie_display", sort="tie", hidden=True),
        Column("gender", _("Gender"), value="person.get_gender_display", sort="person__gender",
               hidden=True),
        Column("union", _("Youth Union"), hidden=True,
               value=lambda row: gettext("Youth Union member") if row.union_member else ""),
        Column("phone", _("Phone"), value="person.masked_phone", kind="phone", export=False),
        Column("since_on", _("Member since"), kind="date", sort="since_on"),
    ]  # fmt: skip

    def __init__(self, request, rows, **options):
        self.filters = [
            Choice("position", _("Position"), Membership.Position.choices),
            Choice("component", _("Component"), lambda _request: components(),
                   lambda r, v: r.filter(component__code=v)),
            Choice("union", _("Youth Union"), [("yes", _("Youth Union member"))],
                   lambda r, v: r.filter(union_member=True)),
            Choice("account", _("Account"), [("yes", _("Has an account")), ("no", _("No account"))],
                   lambda r, v: r.filter(person__user__isnull=v == "no")),
        ]  # fmt: skip
        super().__init__(request, rows, **options)


def components() -> list[tuple[str, str]]:
    return list(Component.objects.values_list("code", "name"))


@allow("people.view")
def member_list(request):
    day = request.scope.day
    held = Membership.objects.on(day).filter(team__in=teams_in_scope(request))
    return MemberList(request, held.select_related("person", "team", "component")).response()
