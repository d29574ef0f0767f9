"""The tables of this room. Teams go by name: no table ranks them by volume."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.figures import number
from cncd.foundation.kit.lists import Choice, Column, List
from cncd.results.rewards.models import Form, Sign
from cncd.results.rewards.wording import (
    SIGN_STATES,
    SIGN_TONES,
    STATES,
    TONES,
    behind_in_words,
    hardships_in_words,
    questions_in_words,
    sign_state,
    state_of,
    sum_in_words,
)


class ProposalList(List):
    title = _("Proposals for commendation")
    name = "de-nghi-khen-thuong"
    template = "rewards/list.html"
    columns = [
        Column("title", _("Proposal"), link=lambda row: row.get_absolute_url(), sort="title"),
        Column("unit", _("Proposed by"), sort="unit"),
        Column("deciding", _("Decides"), sort="deciding"),
        Column("teams", _("Teams"), kind="number", sort="teams"),
        Column("members", _("Members"), kind="number", sort="members"),
        Column("granted", _("Commended"), kind="number", sort="granted"),
        Column("state", _("State"), value=lambda row: STATES[state_of(row)], kind="badge",
               tone=lambda row: TONES[state_of(row)]),
        Column("sent_at", _("Sent"), kind="datetime", sort="sent_at"),
        Column("number", _("Decision"),
               value=lambda row: row.document.number if row.document else "",
               link=lambda row: row.document.get_absolute_url() if row.document else ""),
    ]  # fmt: skip
    filters = [
        Choice("state", _("State"), [
            ("draft", STATES["draft"]), ("sent", STATES["sent"]),
            ("numbered", STATES["numbered"]), ("withdrawn", STATES["withdrawn"]),
        ], lambda rows, value: _in_state(rows, value)),
    ]  # fmt: skip
    search_fields = ["title", "unit"]
    search_hint = _("Title or unit")
    order = ("-made_at",)
    empty = _("No proposal here yet. Look at the suggestions, tick teams or members, and propose.")


def _in_state(rows, value: str):
    return {
        "draft": rows.filter(sent_at=None, withdrawn_at=None),
        "sent": rows.filter(sent_at__isnull=False, document=None, withdrawn_at=None),
        "numbered": rows.filter(document__isnull=False),
        "withdrawn": rows.filter(withdrawn_at__isnull=False),
    }[value]


def _score(row) -> str:
    return "" if row.score is None else number(float(row.score), 1)


class TeamChoiceList(List):
    title = _("Teams: suggestions")
    name = "goi-y-to"
    template = "rewards/suggested.html"
    columns = [
        Column("team", _("Team"), value="team.name", sort="team.sort_key",
               link=lambda row: reverse("rewards:compared", args=[row.team.pk])),
        Column("commune", _("Commune"), sort="commune"),
        Column("suggested", _("Suggestion"), kind="badge",
               value=lambda row: _("suggested") if row.is_suggested else "",
               tone=lambda row: "good"),
        Column("score", _("Points"), value=_score, sort="score",
               excel=lambda row: None if row.score is None else float(row.score)),
        Column("on_time", _("Reports on time"), value=lambda row: str(row.on_time)),
        Column("done", _("Asked, in time"), value=lambda row: str(row.done)),
        Column("reach", _("People helped, of the middle team (%)"), kind="number", sort="reach"),
        Column("evaluation", _("Evaluation"),
               value=lambda row: "" if row.evaluation is None
               else f"{number(float(row.evaluation.decided_total), 1)} · {row.evaluation.grade}"),
        Column("trained", _("Trained"), value=lambda row: str(row.trained)),
        Column("hard", _("Harder place"), value=hardships_in_words),
        Column("months", _("Months"), value=lambda row: f"{row.months}/{row.of_months}"),
        Column("remedies", _("To be put right"), kind="number", hidden=True),
        Column("signs", _("Questions asked"), value=lambda row: questions_in_words(row.signs),
               link=lambda row: row.signs and reverse("rewards:signs") + f"?q={row.team.name}"),
        Column("given", _("Commended in 12 months"), kind="number", sort="given"),
        Column("sum", _("The sum"), value=sum_in_words, hidden=True),
    ]  # fmt: skip
    filters = [
        Choice("only", _("Show"), [("suggested", _("suggested only")),
                                   ("never", _("not commended in 12 months"))],
               lambda rows, value: [
                   row for row in rows
                   if (row.is_suggested if value == "suggested" else not row.given)
               ]),
    ]  # fmt: skip
    search_fields = ["team.name", "commune"]
    search_hint = _("Team or commune")
    order = "team.sort_key"
    select = "key"
    empty = _("No team is in force here on the last day of these months.")


class MemberChoiceList(List):
    title = _("Members: suggestions")
    name = "goi-y-thanh-vien"
    template = "rewards/suggested.html"
    columns = [
        Column("name", _("Member"), value="person.full_name", sort="person.sort_key"),
        Column("team", _("Team"), value="team.name", sort="team.sort_key",
               link=lambda row: reverse("teams:team", args=[row.team.pk])),
        Column("position", _("Position"),
               value=lambda row: row.membership.get_position_display()),
        Column("suggested", _("Suggestion"), kind="badge",
               value=lambda row: _("suggested") if row.is_suggested else "",
               tone=lambda row: "good"),
        Column("days", _("Days of activity"), kind="number", sort="days",
               help=_("Days with an activity in which the member is named.")),
        Column("months", _("Months in the team"), kind="number", sort="months"),
        Column("courses", _("Courses attended"), kind="number", sort="courses"),
        Column("since", _("Member since"), value="membership.since_on", kind="date"),
        Column("given", _("Commended in 12 months"), kind="number", sort="given"),
    ]  # fmt: skip
    filters = TeamChoiceList.filters
    search_fields = ["person.full_name", "team.name"]
    search_hint = _("Name or team")
    order = "team.sort_key"
    select = "key"
    empty = _("No team of this unit has members in these months.")


class CommendationList(List):
    title = _("Register of commendations")
    name = "so-khen-thuong"
    template = "rewards/register.html"
    columns = [
        Column("given_on", _("Day"), kind="date", sort="given_on"),
        Column("who", _("Commended"), value=lambda row: str(row.person or row.team),
               link=lambda row: row.get_absolute_url()),
        Column("team", _("Team"), value="team.name", sort="team__sort_key",
               link=lambda row: reverse("teams:team", args=[row.team_id])),
        Column("form", _("Form"), value="form.name", sort="form__order"),
        Column("reason", _("For what")),
        Column("unit", _("Unit that decided"), sort="unit"),
        Column("number", _("Decision"), value="document.number",
               link=lambda row: row.document.get_absolute_url()),
        Column("signer", _("Signed by"), value="document.signer", hidden=True),
        Column("withdrawn_reason", _("Withdrawn"), hidden=True),
    ]  # fmt: skip
    filters = [
        Choice("kind", _("Form"),
               lambda request: [(row.code, row.name) for row in Form.objects.all()],
               lambda rows, value: rows.filter(form__code=value)),
        Choice("whom", _("Who was commended"), [("teams", _("teams")), ("members", _("members"))],
               lambda rows, value: rows.filter(person__isnull=value == "teams")),
        Choice("unit", _("Unit that decided"), [("own", _("this unit itself"))], None),
    ]  # fmt: skip
    search_fields = ["team__search_key", "person__search_key", "document__number"]
    search_hint = _("Team, name or number of the decision")
    order = ("-given_on", "pk")
    empty = _("Nobody was commended here yet.")


class SignList(List):
    title = _("Signs of padded counts")
    name = "dau-hieu"
    template = "rewards/signs.html"
    columns = [
        Column("kind", _("What is asked about"), value="get_kind_display", sort="kind",
               link=lambda row: row.get_absolute_url()),
        Column("team", _("Team"), value="team.name", sort="team__sort_key",
               link=lambda row: reverse("teams:team", args=[row.team_id])),
        Column("unit", _("Commune"), sort="unit"),
        Column("period", _("Month"), value=lambda row: str(row.period), sort="period__first_day"),
        Column("behind", _("What is behind it"), value=behind_in_words),
        Column("state", _("State"), value=lambda row: SIGN_STATES[sign_state(row)], kind="badge",
               tone=lambda row: SIGN_TONES[sign_state(row)]),
        Column("found_at", _("Found"), kind="datetime", sort="found_at"),
        Column("answer", _("Answer of the team"), hidden=True),
        Column("verdict_reason", _("Reason of the officer"), hidden=True),
    ]  # fmt: skip
    filters = [
        Choice("state", _("State"), list(SIGN_STATES.items()),
               lambda rows, value: rows.filter(**STATE_FILTERS[value])),
        Choice("kind", _("What is asked about"), Sign.Kind.choices),
    ]  # fmt: skip
    search_fields = ["team__search_key", "unit"]
    search_hint = _("Team or commune")
    order = ("-period__first_day", "team__sort_key", "kind")
    empty = _("No sign was found here. Reports are looked at when they come in.")


STATE_FILTERS = {
    "open": {"verdict": "", "gone_at": None, "answered_at": None},
    "answered": {"verdict": "", "gone_at": None, "answered_at__isnull": False},
    "explained": {"verdict": "explained"},
    "cleared": {"verdict": "cleared"},
    "inspect": {"verdict": "inspect"},
    "gone": {"verdict": "", "gone_at__isnull": False},
}


class FormList(List):
    title = _("Forms of commendation")
    name = "hinh-thuc"
    template = "rewards/forms.html"
    columns = [
        Column("name", _("Name"), sort="name",
               link=lambda row: reverse("rewards:end_form", args=[row.pk])
               if row.until_on is None else ""),
        Column("for_teams", _("For teams"), value=lambda row: _("yes") if row.for_teams else ""),
        Column("for_people", _("For members"),
               value=lambda row: _("yes") if row.for_people else ""),
        Column("since_on", _("From"), kind="date", sort="since_on"),
        Column("last_day", _("To"), kind="date"),
    ]  # fmt: skip
    search_fields = ["name"]
    order = ("order", "code")
