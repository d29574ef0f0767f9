"""The team's book: its entries month by month, one entry with its history, its people."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.faces.phone.views.home import team_of
from cncd.faces.phone.views.log import about_entry
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.text import fold
from cncd.foundation.people.access import allow
from cncd.team.programme import queries as programme
from cncd.team.teams.models import Membership
from cncd.work.activities.actions import may_change, restore_activity
from cncd.work.activities.entering import change, take_back
from cncd.work.activities.forms import WithdrawForm
from cncd.work.activities.history import history
from cncd.work.activities.models import Activity
from cncd.work.activities.queries import team_text
from cncd.work.activities.views.entry import changeable, edit_form, seen
from cncd.work.activities.views.listing import marks_of, searched
from cncd.work.activities.views.text import asked_days
from cncd.work.activities.wording import place_name
from cncd.work.difficulties.queries import raised_with

MOST_ENTRIES = 100


@allow("activities.view")
def book(request):
    """The team's entries of a month, this one first; searched, or only one's own."""
    team = team_of(request)
    months = _months(request.GET.get("month", ""))
    rows = Activity.objects.of_teams([team.pk]).standing().listed()
    if months:
        rows = rows.between(months[0].first_day, months[0].last_day)
    if text := request.GET.get("q", "").strip()[:100]:
        rows = searched(rows, fold(text))
    if "own" in request.GET:
        rows = rows.filter(recorded_by=request.user)
    context = {"entries": rows[:MOST_ENTRIES], "months": months, "text": text, "team": team}
    if months:
        context["until"] = min(months[0].last_day, timezone.localdate())
    return render(request, "phone/book.html", context)


def _months(code: str) -> list:
    """The month asked for (else the running one) and the one before it."""
    asked = programme.period_coded(code) if code else None
    last = asked or programme.current_period()
    return programme.series(last, 2)[::-1] if last else []


@allow("activities.view")
def entry(request, pk):
    """One entry with its history."""
    found = seen(request, pk)
    context = {
        "activity": found,
        "history": history(found),
        "may_change": may_change(request.user, found),
        "marks": marks_of(found),
        "photos": found.photos.all(),
        "place_name": place_name(found.place_id),
        "is_own": found.team == team_of(request),
        "about": about_entry(found),
    }
    return render(request, "phone/entry.html", context)


@allow("activities.log")
def edit(request, pk):
    """The entry opened for change."""
    found = changeable(request, pk)
    form = edit_form(found, request.POST, request.FILES)
    if request.method == "POST" and form.is_valid() and change(form, found, by=request.user):
        say_done(request, _("The change is saved; the earlier version stays readable."))
        return redirect("phone:entry", found.pk)
    context = {"form": form, "activity": found, "about": about_entry(found)}
    return render(request, "phone/edit.html", context)


@allow("activities.log")
def withdraw(request, pk):
    """Takes an entry back; one's own fresh one needs no reason."""
    found = changeable(request, pk)
    data = request.POST if request.method == "POST" else None
    form = WithdrawForm(data, initial={"version": found.version})
    if request.method == "POST" and form.is_valid() and take_back(form, found, by=request.user):
        undo = reverse("phone:restore", args=[found.pk])
        say_done(request, _("Withdrawn: %(what)s") % {"what": found}, undo=undo)
        return redirect("phone:book")
    context = {"form": form, "activity": found, "about": about_entry(found)}
    context["difficulties"] = raised_with(str(found.pk))
    return render(request, "phone/withdraw.html", context)


@require_POST
@allow("activities.log")
def restore(request, pk):
    """Brings a withdrawn entry back."""
    found = restore_activity(activity=changeable(request, pk), by=request.user)
    say_done(request, _("Brought back: %(what)s") % {"what": found})
    return redirect("phone:entry", found.pk)


@allow("phone.open")
def roster(request):
    """The people of the team, leader first."""
    team = team_of(request)
    rows = Membership.objects.on(request.scope.today).filter(team=team).select_related("person")
    order = {position: place for place, position in enumerate(Membership.Position.values)}
    people = sorted(rows, key=lambda row: (order[row.position], row.person.sort_key))
    context = {"team": team, "people": people, "may_call": request.user.can("people.view")}
    return render(request, "phone/roster.html", context)


@allow("activities.view")
def text(request):
    """What the team did today, this week, or in any range, ready to paste into its group."""
    team = team_of(request)
    days = asked_days(request)
    link = request.build_absolute_uri(reverse("phone:book"))
    context = {"text": team_text(team, days["since"], days["until"], link=link)}
    return render(request, "phone/text.html", context | days)
