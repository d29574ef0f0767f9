"""The phone's first page, the months' reports, and what a figure is made of."""

from django.http import Http404
from django.shortcuts import render

from cncd.faces.phone import queries
from cncd.foundation.people.access import allow
from cncd.team.programme import queries as programme
from cncd.team.programme.rules import show


@allow("phone.open")
def home(request):
    """What is due, how far the month has come, and the one big button."""
    team = team_of(request)
    months = queries.months_of(team)
    context = {
        "tasks": queries.tasks(months),
        "headway": queries.headway(team),
        "last_sent": next((month for month in months if month.is_sent), None),
    }
    return render(request, "phone/home.html", context)


@allow("phone.open")
def report(request):
    """The months' reports of the team, the open ones first."""
    months = queries.months_of(team_of(request))
    return render(request, "phone/report.html", {"months": months})


@allow("phone.open")
def outbox(request):
    """What this phone keeps: waiting to be sent, not accepted, recorded lately."""
    return render(request, "phone/outbox.html")


@allow("phone.open")
def figure(request, code):
    """The entries that a figure of the running month is counted from."""
    team, period = team_of(request), programme.current_period()
    found = queries.behind(team, code, period) if period else None
    if found is None:
        raise Http404
    measure, counted, entries = found
    context = {
        "measure": measure,
        "period": period,
        "value": show(counted.value, measure.factor, measure.unit),
        "entries": entries,
    }
    return render(request, "phone/figure.html", context)


def team_of(request):
    """The team in hand, or 404."""
    if request.scope.team is None:
        raise Http404
    return request.scope.team
