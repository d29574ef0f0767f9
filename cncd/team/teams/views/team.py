"""The page of one team, and the small changes made from it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from cncd.foundation.kit.forms import DayField
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.team.teams import actions, rules
from cncd.team.teams.forms.correct import CorrectMemberForm, CorrectTeamForm, ReasonForm
from cncd.team.teams.models import Membership, Team
from cncd.team.teams.queries import fitting_day, reasons, team_page
from cncd.team.teams.views.scope import changeable_team, may_form, visible_team


@allow("teams.view")
def team(request, pk):
    """One team as of a day: who is in it, what it covers, what is found, what it rests on."""
    found = visible_team(request, pk)
    asked, problem = _asked_day(request)
    day = fitting_day(found, asked or request.scope.today)
    context = {
        "page": team_page(found, day),
        "may_form": may_form(request, found),
        "parts": _parts(request.user, found, request.scope.today),
        "problem": problem,
        "asked": request.GET.get("on", ""),
        "is_other_day": asked is not None and asked != day,
    }
    return render(request, "teams/team.html", context)


def _parts(user, found: Team, day) -> list[tuple[str, dict]]:
    """What rooms above add: (template, what it shows).

    `settings.TEAM_PARTS` names their functions `(team, user, day) -> (template, values) or None`.
    """
    parts = [import_string(path)(found, user, day) for path in settings.TEAM_PARTS]
    return [part for part in parts if part]


def _asked_day(request):
    """The day of the address, and what is wrong with it."""
    try:
        return DayField(required=False).clean(request.GET.get("on", "")), ""
    except ValidationError as error:
        return None, " ".join(error.messages)


@allow("teams.form")
def correct(request, pk):
    """Another name, or the mark of a pilot team."""
    found = changeable_team(request, pk)
    form, back = CorrectTeamForm(request.POST or None, found), reverse("teams:team", args=[pk])
    if request.method == "POST" and form.is_valid():
        actions.correct_team(team=found, by=request.user, **form.cleaned_data)
        say_done(request, _("Saved."))
        return redirect(back)
    title, submit = _("Name and pilot mark"), _("Save")
    context = {"form": form, "title": title, "submit": submit, "back": back}
    return render(request, "kit/confirm.html", context)


@allow("teams.form")
def note(request, pk, rule):
    """Why a finding stands."""
    found = changeable_team(request, pk)
    if rule not in rules.BY_CODE:
        raise Http404
    known = reasons(found).get(rule)
    form = ReasonForm(request.POST or None, initial={"reason": known.reason if known else ""})
    back = reverse("teams:team", args=[pk])
    if request.method == "POST" and form.is_valid():
        actions.note_finding(team=found, rule=rule, by=request.user, **form.cleaned_data)
        say_done(request, _("The reason was written beside the finding."))
        return redirect(back)
    named = rules.BY_CODE[rule]
    context = {
        "form": form,
        "title": _("Why this stands"),
        "question": f"{found} · {named.title} ({named.clause})",
        "submit": _("Save"),
        "back": back,
    }
    return render(request, "kit/confirm.html", context)


@allow("teams.form")
def correct_member(request, pk):
    """Overwrites what was mistyped in a member's line."""
    row = _changeable_line(request, pk)
    form = CorrectMemberForm(request.POST or None, row)
    back = reverse("teams:team", args=[row.team_id])
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_membership(membership=row, by=request.user, **form.values())
        except actions.TeamError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            say_done(request, _("The line was corrected."))
            return redirect(back)
    title = _("Correct the line of {person}").format(person=row.person)
    context = {"form": form, "title": title, "back": back, "row": row}
    return render(request, "teams/correct_member.html", context)


@allow("teams.form")
def remove_member(request, pk):
    """Takes out a line that should never have been entered."""
    row = _changeable_line(request, pk)
    form, back = ReasonForm(request.POST or None), reverse("teams:team", args=[row.team_id])
    if request.method == "POST" and form.is_valid():
        actions.remove_membership(membership=row, by=request.user, **form.cleaned_data)
        say_done(request, _("The line was taken out."))
        return redirect(back)
    context = {
        "form": form,
        "title": _("Take out the line of {person}?").format(person=row.person),
        "consequences": [
            _("The team then never had this member: for a line entered by mistake only."),
            _("Somebody who was a member and stops leaves by a consolidation instead."),
        ],
        "submit": _("Take out"),
        "danger": True,
        "back": back,
    }
    return render(request, "kit/confirm.html", context)


def _changeable_line(request, pk: int) -> Membership:
    rows = Membership.objects.visible_to(request.user, "teams.view")
    row = get_object_or_404(rows.select_related("person", "team", "component"), pk=pk)
    changeable_team(request, row.team_id)
    return row
