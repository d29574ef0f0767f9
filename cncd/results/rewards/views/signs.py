"""Signs of padded counts: the officers' list, one sign, the team's own page."""

import json

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Q, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people import authority
from cncd.foundation.people.access import allow
from cncd.foundation.people.queries import place_name_on
from cncd.results.rewards import actions, wording
from cncd.results.rewards.forms import AnswerForm, SettleForm
from cncd.results.rewards.lists import SignList
from cncd.results.rewards.models import Commendation, Sign
from cncd.team.teams.models import Team, TeamIndex


@allow("rewards.check")
def signs(request):
    """Every sign of the unit's teams: what is behind it, what the team said, what it was."""
    day, place = request.scope.today, request.scope.place
    rows = Sign.objects.visible_to(request.user).select_related("team", "period__scheme")
    if place is not None:
        rows = rows.filter(team__in=Team.objects.standing_under([place.pk], day))
    commune = TeamIndex.objects.on(day).filter(team=OuterRef("team"), level__code="commune")
    rows = rows.annotate(commune=Subquery(commune.values("place")[:1]))
    rows = rows.annotate(unit=place_name_on("commune", day))
    return SignList(request, rows).response()


def _seen(request, pk) -> Sign:
    rows = Sign.objects.visible_to(request.user).select_related("team", "period", "other")
    return get_object_or_404(rows, pk=pk)


@allow("rewards.view")
def sign(request, pk):
    """One sign: what is behind it, how an honest team may come to it, what was said and decided."""
    found = _seen(request, pk)
    may_check = actions.may_check(request.user, found)
    form = SettleForm(request.POST or None)

    def act():
        return actions.settle_sign(sign=found, by=request.user, **form.cleaned_data)

    if may_check and done(request, act, form):
        undo = reverse("rewards:reopen_sign", args=[pk])
        say_done(request, _("Settled. The team is told, with the reason."), undo=undo)
        return redirect(found)
    context = _told(found) | {
        "may_check": may_check,
        "other": found.other if may_check else None,
        "form": form if may_check and not found.verdict else None,
        "may_inspect": actions.may_inspect(found, timezone.now()),
        "answer_by": actions.answer_by(found),
    }
    return render(request, "rewards/sign.html", context)


def _told(found: Sign) -> dict:
    state = wording.sign_state(found)
    return {
        "sign": found,
        "state": wording.SIGN_STATES[state],
        "tone": wording.SIGN_TONES[state],
        "behind": wording.behind_in_words(found),
        "honest": wording.honest_reason(found),
    }


@require_POST
@allow("rewards.check")
def reopen(request, pk):
    """Takes back what was made of it."""
    found = _seen(request, pk)
    actions.reopen_sign(sign=found, by=request.user)
    say_done(request, _("The question is open again."))
    return redirect(found)


@allow("phone.open")
def asked(request, pk):
    """A team's own page: its commendations; to its leaders, what is asked about its figures."""
    user, team = request.user, get_object_or_404(Team.objects.visible_to(request.user), pk=pk)
    if team.pk not in authority.team_ids(user):
        raise Http404
    given = Commendation.objects.standing().filter(team=team)
    rows = Sign.objects.none()
    if team.pk in authority.team_ids(user, "rewards.view"):
        rows = Sign.objects.filter(team=team).select_related("period").order_by("-found_at")[:20]
    else:
        given = given.filter(Q(person=None) | Q(person=user.person_id))
    context = {
        "team": team,
        "rows": [_told(row) | {"about": json.dumps({"sign": str(row.pk)})} for row in rows],
        "commendations": given.select_related("team", "person", "form", "document")[:20],
    }
    return render(request, "rewards/asked.html", context)


@allow("rewards.view")
def answer(request, pk):
    """The team says how it came to the numbers."""
    found = _seen(request, pk)
    if found.team_id not in authority.team_ids(request.user, "rewards.view"):
        raise PermissionDenied("rewards.view")
    form = AnswerForm(request.POST or None, initial={"answer": found.answer})

    def act():
        return actions.answer_sign(sign=found, by=request.user, **form.cleaned_data)

    back = reverse("rewards:asked", args=[found.team_id])
    if done(request, act, form):
        say_done(request, _("Thank you. The commune reads it."))
        return redirect(back)
    context = {"form": form, "title": _("How it came"), "intro": wording.behind_in_words(found)}
    return render(request, "kit/form_page.html", context | {"back": back, "face": "phone.html"})
