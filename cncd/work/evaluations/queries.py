"""Questions about evaluations: progress of rounds, what waits, what was decided."""

import datetime as dt

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.documents.queries import Use
from cncd.foundation.kit.dated import end_of
from cncd.foundation.people import authority
from cncd.foundation.people.duties import Duty
from cncd.foundation.people.queries import place_name_on
from cncd.team.teams.models import Team, TeamIndex
from cncd.work.evaluations import rules
from cncd.work.evaluations.models import Evaluation, Round, Rules, Step

SOON = dt.timedelta(days=3)


def rounds_listed(rows, day: dt.date):
    """Rounds with how far they are: teams, scored by themselves, by communes, decided."""
    return rows.select_related("rules").annotate(
        unit=place_name_on("place", day),
        teams=Count("evaluations"),
        by_self=Count("evaluations", ~Q(evaluations__self_at=None)),
        by_commune=Count("evaluations", ~Q(evaluations__commune_at=None)),
        decided=Count("evaluations", ~Q(evaluations__decided_at=None)),
    )


def evaluations_listed(rows, day: dt.date):
    """Evaluations with the team's commune and how far commune and decision lie apart."""
    commune = TeamIndex.objects.on(day).filter(team=OuterRef("team"), level__code="commune")
    rows = rows.select_related("team", "grade", "round")
    rows = rows.annotate(commune_id=Subquery(commune.values("place")[:1]))
    return rows.annotate(
        unit=place_name_on("commune_id", day),
        apart=F("commune_total") - F("self_total"),
    )


def rules_in_force(day: dt.date):
    """The sets that hold on that day, one for each level of team that has one."""
    return Rules.objects.on(day).filter(in_force=True).select_related("level")


def stage_of(row: Evaluation) -> str:
    """The step the evaluation waits for, or that it is decided."""
    return rules.step_of(row.self_at, row.commune_at, row.decided_at)


def decided_results(teams, first_day: dt.date, last_day: dt.date) -> dict[int, list[Evaluation]]:
    """Team id → its decided evaluations of rounds that end within the days, for rewards (IV.3)."""
    rows = Evaluation.objects.standing().filter(
        team__in=teams, decided_at__isnull=False, round__last_day__range=(first_day, last_day)
    )
    found: dict[int, list[Evaluation]] = {}
    for row in rows.select_related("round", "grade").order_by("round__last_day"):
        found.setdefault(row.team_id, []).append(row)
    return found


def uses_of_document(document, user) -> list[Use]:
    """The rounds opened by the document, as far as the person may see them."""
    if not user.can("evaluations.view"):
        return []
    rows = Round.objects.visible_to(user).filter(document=document)
    return [
        Use(_("Evaluation %(name)s") % {"name": row}, reverse("evaluations:round", args=[row.pk]))
        for row in rows
    ]


# -- what waits -----------------------------------------------------------------------------------


def dues(user, now: dt.datetime) -> list[Duty]:
    """Teams to be scored by themselves, by the commune, to be decided; three queries at most."""
    if not user.can("evaluations.view"):
        return []
    day, found = timezone.localdate(now), []
    if teams := authority.team_ids(user, "evaluations.score_self"):
        found += _own(teams, day)
    if places := authority.roots(user, "evaluations.score"):
        found += _of_communes(places, day)
    if places := authority.roots(user, "evaluations.decide"):
        found += _to_decide(places, day)
    return found


def _own(teams: set[int], day: dt.date) -> list[Duty]:
    rows = Evaluation.objects.undecided().filter(team__in=teams, self_at=None, commune_at=None)
    return [
        Duty(
            "star",
            _own_text(row) % {"round": row.round.name, "note": row.returned_note},
            reverse("evaluations:score", args=[row.pk, Step.SELF]),
            1,
            end_of(row.round.self_due_on),
            row.round.self_due_on - day <= SOON,
            row.team_id,
            key=f"evaluation {row.pk}",
        )
        for row in rows.select_related("round")
    ]


def _own_text(row: Evaluation) -> str:
    if row.returned_note:
        return _("Score your own team again: %(round)s. “%(note)s”")
    return _("Score your own team: %(round)s")


def _of_communes(places: set[int], day: dt.date) -> list[Duty]:
    ready = Q(self_at__isnull=False) | Q(round__self_due_on__lt=day)
    teams = Team.objects.within(places, day)
    rows = Evaluation.objects.undecided().filter(ready, team__in=teams, commune_at=None)
    return _by_round(rows, "round__score_due_on", "score", day)


def _to_decide(places: set[int], day: dt.date) -> list[Duty]:
    ready = Q(commune_at__isnull=False) | Q(round__score_due_on__lt=day)
    rows = Evaluation.objects.undecided().filter(ready, round__place__in=places)
    return _by_round(rows, "round__decide_due_on", "decide", day)


def _by_round(rows, due: str, what: str, day: dt.date) -> list[Duty]:
    """One duty for each round, however many teams wait."""
    counts = rows.values("round", "round__name", due).annotate(n=Count("pk")).order_by(due)
    return [
        Duty(
            "star",
            _text(what, row["n"]) % {"n": row["n"], "round": row["round__name"]},
            f"{reverse('evaluations:round', args=[row['round']])}?mine=1",
            row["n"],
            end_of(row[due]),
            row[due] - day <= SOON,
            key=f"evaluations to {what} {row['round']}",
        )
        for row in counts
    ]


def _text(what: str, n: int) -> str:
    if what == "score":
        return ngettext(
            "Score %(n)d team of the commune: %(round)s",
            "Score %(n)d teams of the commune: %(round)s",
            n,
        )
    return ngettext(
        "Decide the evaluation of %(n)d team: %(round)s",
        "Decide the evaluation of %(n)d teams: %(round)s",
        n,
    )
