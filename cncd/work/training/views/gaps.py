"""What teams still have to learn: every unit or team by topic, and the card of one team."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cncd.foundation.people.access import allow
from cncd.foundation.places import queries as places
from cncd.team.teams.models import Team
from cncd.work.training.gap_lists import GapList, GapRow
from cncd.work.training.queries.card import card_of, formula, line_of
from cncd.work.training.queries.gaps import Ground
from cncd.work.training.queries.planning import teams_of
from cncd.work.training.wording_of_gaps import GRADES, TONES


@allow("training.view")
def listed(request):
    """Units right below the one in sight, or the teams of a commune, by topic."""
    place, day = request.scope.place, request.scope.today
    ground = Ground(list(teams_of(place, day)) if place else [], day)
    below = list(places.children(place, day).select_related("level")) if place else []
    level = below[0].level.code if below else "hamlet"
    rows = _units(ground, level, day) if level != "hamlet" else _teams(ground)
    context = {
        "formula": formula(ground),
        "whole": {"lines": [line_of(each) for each in ground.together(ground.teams)]},
        "grades": [(GRADES[grade], TONES[grade]) for grade in GRADES],
        "may_plan": bool(place) and request.user.can("training.plan", place=place),
    }
    return GapList(request, rows, topics=ground.topics, context=context).response()


def _units(ground: Ground, level: str, day) -> list[GapRow]:
    below = ground.by_unit(level)
    names = places.names(below, day)
    here = reverse("training:gaps")
    return [
        GapRow(pk, names[pk].full_name, names[pk].sort_key, gaps, f"{here}?u={pk}")
        for pk, gaps in below.items()
    ]


def _teams(ground: Ground) -> list[GapRow]:
    teams = Team.objects.filter(pk__in=ground.teams)
    return [
        GapRow(team.pk, team.name, team.sort_key, ground.gaps(team.pk),
               reverse("training:team_gaps", args=[team.pk]))
        for team in teams
    ]  # fmt: skip


@allow("training.view")
def team(request, pk):
    """One team's gaps with every number they are made of, and what training has changed."""
    found = get_object_or_404(Team.objects.visible_to(request.user, "training.view"), pk=pk)
    card = card_of(found, request.scope.today)
    face = "phone.html" if not request.user.can("desk.open") else None
    context = {"card": card, "team": found, "face": face}
    context["may_invite"] = request.user.can("training.hold") and not face
    return render(request, "training/team.html", context)
