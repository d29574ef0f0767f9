"""The tables: proposals, suggestions, the register, one commendation, the forms."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.foundation.people.queries import place_name_on
from cncd.foundation.places.models import Place
from cncd.results.rewards import actions, looking
from cncd.results.rewards.forms import EndForm, FormForm
from cncd.results.rewards.lists import (
    CommendationList,
    FormList,
    MemberChoiceList,
    ProposalList,
    TeamChoiceList,
)
from cncd.results.rewards.models import Candidate, Commendation, Form, Proposal
from cncd.results.rewards.queries.facts import facts_of_team
from cncd.results.rewards.wording import questions_in_words, reasons_in_words
from cncd.team.teams.models import Team


@allow("rewards.view")
def listed(request):
    """Proposals of the unit in sight, of those below, and those it decides on."""
    place, day = request.scope.place, request.scope.today
    rows = Proposal.objects.visible_to(request.user)
    if place is not None:
        below = Place.objects.reached_from([place.pk], day)
        rows = rows.filter(Q(place__in=below) | Q(decider=place))
    people = Q(candidates__person__isnull=False)
    rows = rows.select_related("document").annotate(
        unit=place_name_on("place", day),
        deciding=place_name_on("decider", day),
        teams=Count("candidates", ~people),
        members=Count("candidates", people),
        granted=Count("candidates", Q(candidates__verdict=Candidate.Verdict.GRANTED)),
        undecided=Count("candidates", Q(candidates__verdict="")),
    )
    may = place is not None and request.user.can("rewards.propose", place=place)
    first = (reverse("rewards:suggested"), _("Look at the suggestions →")) if may else None
    context = {"may_propose": may, "first_step": first}
    return ProposalList(request, rows, context=context).response()


def _choosing(request, span, kind: str) -> dict:
    place = request.scope.place
    return {
        "span": span,
        "spans": looking.SPANS,
        "kind": kind,
        "may_propose": request.user.can("rewards.propose", place=place),
        "adding": _draft(request),
    }


def _draft(request):
    """The draft of ?proposal= to which those ticked are added."""
    pk = request.GET.get("proposal", "")
    rows = Proposal.objects.visible_to(request.user).filter(sent_at=None, withdrawn_at=None)
    return next((row for row in rows if str(row.pk) == pk), None) if pk else None


@allow("rewards.view")
def suggested(request):
    """Teams of the unit side by side, by name; the commune ticks whom to propose."""
    place, span = looking.unit_in_sight(request), looking.span_of(request)
    rows = looking.teams_compared(request.user, place, span)
    return TeamChoiceList(request, rows, context=_choosing(request, span, "teams")).response()


@allow("rewards.view")
def members(request):
    """Members of the unit's teams with what each did, by team."""
    place, span = looking.unit_in_sight(request), looking.span_of(request)
    rows = looking.members_compared(request.user, place, span)
    return MemberChoiceList(request, rows, context=_choosing(request, span, "members")).response()


@allow("rewards.view")
def compared(request, pk):
    """One team: the whole evidence, and the sum worked out."""
    place, span = looking.unit_in_sight(request), looking.span_of(request)
    team = get_object_or_404(Team.objects.visible_to(request.user, "rewards.view"), pk=pk)
    [row] = looking.compared_for(request.user, [team], place, span)
    context = {
        "row": row,
        "span": span,
        "facts": facts_of_team(row),
        "parts": looking.parts_in_words(row),
        "questions": questions_in_words(row.signs),
        "reasons": reasons_in_words(row),
    }
    return render(request, "rewards/compared.html", context)


@allow("rewards.view")
def register(request):
    """Who was commended by whom, for what, by which decision."""
    place, day = request.scope.place, request.scope.today
    rows = Commendation.objects.visible_to(request.user)
    if place is not None:
        teams = Team.objects.standing_under([place.pk], day)
        rows = rows.filter(Q(team__in=teams) | Q(place=place))
        own = request.GET.get("unit") == "own"
        rows = rows.filter(place=place) if own else rows
    rows = rows.select_related("team", "person", "form", "document")
    rows = rows.annotate(unit=place_name_on("place", day))
    may = place is not None and actions.may_record(request.user, place.pk)
    first = (reverse("rewards:record"), _("Record the first commendation →")) if may else None
    context = {"may_record": may, "first_step": first}
    return CommendationList(request, rows, context=context).response()


@allow("rewards.view")
def commendation(request, pk):
    """One commendation: whom, for what, by which decision."""
    rows = Commendation.objects.visible_to(request.user)
    rows = rows.select_related("team", "person", "form", "document", "candidate__proposal")
    rows = rows.annotate(unit=place_name_on("place", request.scope.today))
    found = get_object_or_404(rows, pk=pk)
    may_change = actions.may_record(request.user, found.place_id)
    return render(
        request, "rewards/commendation.html", {"commendation": found, "may_change": may_change}
    )


@allow("rewards.view")
def forms(request):
    """The forms of commendation, with their dates."""
    may_change = request.user.can("programme.change")
    return FormList(request, Form.objects.all(), context={"may_change": may_change}).response()


@allow("programme.change")
def add_form(request):
    """A form that may be chosen from a day on."""
    form = FormForm(request.POST or None, initial={"since_on": request.scope.today})
    if done(request, lambda: actions.add_form(by=request.user, **form.cleaned_data), form):
        say_done(request, _("Saved."))
        return redirect("rewards:forms")
    context = {"form": form, "title": _("Add a form of commendation")}
    return render(request, "kit/form_page.html", context | {"back": reverse("rewards:forms")})


@allow("programme.change")
def end_form(request, pk):
    """From the day on it is no longer chosen."""
    found = get_object_or_404(Form, pk=pk)
    form = EndForm(request.POST or None, initial={"on": request.scope.today})

    def act():
        return actions.end_form(form=found, by=request.user, **form.cleaned_data)

    if done(request, act, form):
        say_done(request, _("Saved."))
        return redirect("rewards:forms")
    context = {
        "form": form,
        "title": _("End a form of commendation"),
        "question": found.name,
        "consequences": [_("What was given stays; it can no longer be chosen.")],
        "back": reverse("rewards:forms"),
    }
    return render(request, "kit/confirm.html", context)
