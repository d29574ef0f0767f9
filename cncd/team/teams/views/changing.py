"""Forming, consolidating and dissolving a team: pages of several forms."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.team.teams.forms.pages import Consolidation, Dissolution, Formation
from cncd.team.teams.forms.roster import MOST_ROWS, PREFIX, MemberForm, namesakes, with_one_more
from cncd.team.teams.views.scope import changeable_team, commune_of, own_communes


@allow("teams.form")
def form_team(request):
    """A new team of one's commune, with its decision and its roster."""
    communes = own_communes(request)
    if not communes:
        raise PermissionDenied("teams.form")
    submission = Formation(request, communes[0])
    answer = submission.answer()
    if answer:
        say_done(request, _("The team was formed."))
        return redirect("teams:team", pk=answer["team"])
    context = {"page": submission, "commune": communes[0], "communes": communes}
    return render(request, "teams/form.html", context)


@allow("teams.form")
def consolidate(request, pk):
    """Who joins, leaves or changes, and which hamlets, from a day on."""
    team = changeable_team(request, pk)
    commune = commune_of(team, request.scope.today)
    submission = Consolidation(request, commune, team)
    answer = submission.answer()
    if answer:
        say_done(request, _("The consolidation was saved; what was before is kept."))
        return redirect("teams:team", pk=pk)
    return render(request, "teams/consolidate.html", {"page": submission, "team": team})


@allow("teams.form")
def dissolve(request, pk):
    """The last day of a team."""
    team = changeable_team(request, pk)
    submission = Dissolution(request, commune_of(team, request.scope.today), team)
    answer = submission.answer()
    if answer:
        say_done(request, _("The team was dissolved; its history stays."))
        return redirect("teams:team", pk=pk)
    return render(request, "teams/dissolve.html", {"page": submission, "team": team})


@allow("teams.form")
def member_row(request):
    """One more empty line of a roster, for a page that has JavaScript."""
    data = with_one_more(request.GET)
    count = int(data[f"{PREFIX}-TOTAL_FORMS"])
    form = MemberForm(prefix=f"{PREFIX}-{count - 1}")
    context = {"form": form, "count": count, "number": count, "is_full": count >= MOST_ROWS}
    return render(request, "teams/parts/new_row.html", context)


@allow("teams.form")
def who(request):
    """The people who bear the name just typed, to choose from."""
    name, typed = next(
        ((k, v) for k, v in request.GET.items() if k.endswith("-full_name")), ("", "")
    )
    known = namesakes(request.user, [typed])
    form = MemberForm(request.GET, prefix=name.removesuffix("-full_name"), known=known)
    return render(request, "teams/parts/who.html", {"form": form})
