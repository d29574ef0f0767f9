"""The phone's first page, the months' reports, and what a figure is made of."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cncd.faces.phone import queries, shell
from cncd.faces.phone.repeating import last_time
from cncd.foundation.devices.locks import has_pin
from cncd.foundation.people.access import allow
from cncd.team.programme import queries as programme
from cncd.team.programme.rules import show
from cncd.work.registers.phone.shelf import ocop_off_floor

ANY = "any"  # the page that fits every kind of work, for a phone without a network


@allow("phone.open")
def home(request):
    """What is due, how far the month has come, and the one big button."""
    team = team_of(request)
    months = queries.months_of(team)
    now = timezone.now()
    duties = queries.duties(request.user, team, now)
    context = {
        "todo": queries.soonest(months, duties, now),
        "later": [*_asked_on_the_phone(duties), reverse("partners:phone")],
        "months": months,
        "may_report": request.user.can("reports.send", team=team),
        "headway": queries.headway(team),
        "last_sent": next((month for month in months if month.is_sent), None),
        "off_floor": ocop_off_floor(team, timezone.localdate()),
        "keep": kept_pages(request, team, months),
    }
    context |= last_time(team, request.user)
    return render(request, "phone/home.html", context)


def _asked_on_the_phone(duties) -> list[str]:
    return [duty.address for duty in duties if duty.address.startswith("/m/")]


@allow("phone.open")
def report(request):
    """The months' reports of the team, the open ones first."""
    team = team_of(request)
    context = {"months": queries.months_of(team)}
    context["may_report"] = request.user.can("reports.send", team=team)
    return render(request, "phone/report.html", context)


@allow("phone.open")
def cards(request):
    """What each figure of the team's report means."""
    return render(request, "phone/cards.html", {"cards": queries.cards()})


@allow("phone.open")
def help_page(request):
    """How to do the usual things, in a few words each."""
    return render(request, "phone/help.html")


@allow("account.own")
def outbox(request):
    """What this phone keeps, also for who has left: waiting, not accepted, recorded lately."""
    return render(request, "phone/outbox.html")


@allow("phone.open")
def figure(request, code):
    """The entries or records that a figure of the running month is counted from."""
    team, period = team_of(request), programme.current_period()
    found = queries.behind(team, code, period) if period else None
    if found is None:
        raise Http404
    measure, counted, entries = found
    is_entries = hasattr(entries, "model")
    context = {
        "measure": measure,
        "period": period,
        "value": show(counted.value, measure.factor, measure.unit),
        "entries": entries if is_entries else (),
        "lines": () if is_entries else entries,
    }
    return render(request, "phone/figure.html", context)


def kept_pages(request, team, months) -> list[str]:
    """The pages that open without a network: fetched by the phone beforehand."""
    names = "home log log_month report book products roster text cards help outbox".split()
    found = [reverse(f"phone:{name}") for name in names]
    found += [reverse(f"phone:{each}", args=[ANY]) for each in ("log_entry", "register")]
    if has_pin(request):
        found += [reverse("devices:pin"), *shell.addresses(shell.LOCKED)]
    if request.user.can("reports.send", team=team):
        due = [month.period.code for month in months if month.is_open]
        found += [reverse("reports:write", args=[team.pk, code]) for code in due]
    return found


def team_of(request):
    """The team in hand, or 404."""
    if request.scope.team is None:
        raise Http404
    return request.scope.team
