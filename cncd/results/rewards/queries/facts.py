"""The evidence of a team or member in words, each line with what it came from."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.kit.figures import number
from cncd.results.rewards.queries.compared import (
    HELPED,
    RAISED,
    SHOPS,
    Compared,
)
from cncd.results.rewards.queries.members import Did
from cncd.results.rewards.wording import hardships_in_words, sum_in_words


@dataclass(frozen=True)
class Fact:
    """One piece of evidence: "Báo cáo đúng hạn: 3/3", what it came from, the page that opens it.

    `room`, `key`, `version` name the record it is bound to; `address` is "" where no single page
    shows it.
    """

    label: str
    shown: str
    room: str = ""
    key: str = ""
    version: int = 1
    address: str = ""


def facts_of_team(row: Compared) -> list[Fact]:
    """What speaks for a team; what is not known is not said."""
    pk, reports = row.team.pk, reverse("reports:of_team", args=[row.team.pk])
    team = reverse("teams:team", args=[pk])
    found = [
        _fact(pk, _("Months at work"), f"{row.months}/{row.of_months}", team),
        _fact(pk, _("Reports on time"), str(row.on_time), reports),
        _fact(pk, _("What was asked, done in time"), str(row.done),
              reverse("directives:list") + f"?team={pk}"),
        _fact(pk, _("People helped"), number(row.figures[HELPED]), reports),
        _fact(pk, _("Per 100 households a month"), sum_in_words(row), team),
        _fact(pk, _("Harder place"), hardships_in_words(row), team),
        _evaluated(row),
        _fact(pk, _("Members trained"), str(row.trained), team),
        _fact(pk, _("OCOP products on floors"), str(row.listed), team),
        _fact(pk, _("Storefronts newly opened"), number(row.figures[SHOPS]), reports),
        _fact(pk, _("Difficulties the team raised"), number(row.figures[RAISED]), reports),
        _fact(pk, _("Findings still to be put right"), number(row.remedies), team),
    ]  # fmt: skip
    return [each for each in found if each is not None and each.shown not in ("", "0")]


def _fact(pk: int, label: str, shown: str, address: str) -> Fact:
    return Fact(label, shown, "teams", str(pk), 1, address)


def _evaluated(row: Compared) -> Fact | None:
    held = row.evaluation
    if held is None:
        return None
    shown = _("%(points)s points, %(grade)s (%(round)s)") % {
        "points": number(float(held.decided_total), 1),
        "grade": held.grade,
        "round": held.round.name,
    }
    address = reverse("evaluations:evaluation", args=[held.pk])
    return Fact(_("Evaluation"), shown, "evaluations", str(held.pk), held.version, address)


def facts_of_member(row: Did) -> list[Fact]:
    """What speaks for a member: own days of work and courses, nobody else's."""
    team, person = row.team, row.person
    logs = reverse("activities:list") + f"?person={person.pk}"
    days = _("%(days)s days, %(n)s times") % {"days": row.days, "n": row.activities}
    since = f"{row.membership.since_on:%d/%m/%Y}"
    return [
        Fact(_("In the team"), _("%(position)s since %(day)s") % {
            "position": row.membership.get_position_display(), "day": since},
            "memberships", str(row.membership.pk), row.membership.version,
            reverse("teams:team", args=[team.pk])),
        Fact(_("Days of activity"), days, "teams", str(team.pk), 1, logs),
        Fact(_("Courses attended"), str(row.courses), "people", str(person.pk), 1,
             reverse("training:home")),
    ]  # fmt: skip
