"""One activity at the desk: reading it, entering for a team, correcting, taking back."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.team.teams.models import Team
from cncd.work.activities.actions import may_change, restore_activity
from cncd.work.activities.actions.edit import current
from cncd.work.activities.entering import change, enter, take_back
from cncd.work.activities.forms import (
    ActivityForm,
    EditForm,
    SummaryEditForm,
    SummaryForm,
    WithdrawForm,
    said_before,
)
from cncd.work.activities.history import history
from cncd.work.activities.models import Activity
from cncd.work.activities.views.listing import marks_of
from cncd.work.activities.wording import place_name


@allow("activities.view")
def activity(request, pk):
    """What was done, with every version side by side."""
    found = seen(request, pk)
    context = {
        "activity": found,
        "history": history(found),
        "may_change": may_change(request.user, found),
        "marks": marks_of(found),
        "photos": found.photos.all(),
        "place_name": place_name(found.place_id),
    }
    return render(request, "activities/activity.html", context)


@allow("activities.log")
def choose_team(request):
    """The teams one may enter for; a single one is opened at once."""
    teams = Team.objects.visible_to(request.user, "activities.log").order_by("sort_key")
    if len(teams) == 1:
        return redirect("activities:new", teams[0].pk)
    return render(request, "activities/choose_team.html", {"teams": teams})


@allow("activities.log")
def new(request, team_id, summary=False):
    """The form for one activity, or for the sum of a month; by the commune it is "nhập thay"."""
    teams = Team.objects.visible_to(request.user, "activities.log")
    team = get_object_or_404(teams, pk=team_id)
    kind = SummaryForm if summary else ActivityForm
    form = kind(request.POST or None, request.FILES or None, team=team)
    if request.method == "POST" and form.is_valid():
        found = enter(form, by=request.user)
        if found:
            undo = reverse("activities:withdraw", args=[found.pk])
            say_done(request, _("Saved: %(what)s") % {"what": found}, undo=undo)
            again = "again" in request.POST
            return redirect("activities:new", team.pk) if again else redirect(page_of(found))
    return render(request, "activities/form.html", {"form": form, "team": team, "summary": summary})


@allow("activities.log")
def edit(request, pk):
    """The entry opened for change."""
    found = changeable(request, pk)
    form = edit_form(found, request.POST, request.FILES)
    if request.method == "POST" and form.is_valid() and change(form, found, by=request.user):
        say_done(request, _("The change is saved; the earlier version stays readable."))
        return redirect(page_of(found))
    context = {"form": form, "team": found.team, "activity": found, "summary": found.is_summary}
    return render(request, "activities/form.html", context)


@allow("activities.log")
def withdraw(request, pk):
    """Takes an entry back, asking why when that is due."""
    found = changeable(request, pk)
    data = request.POST if request.method == "POST" else None
    form = WithdrawForm(data, initial={"version": found.version})
    if request.method == "POST" and form.is_valid() and take_back(form, found, by=request.user):
        undo = reverse("activities:restore", args=[found.pk])
        say_done(request, _("Withdrawn: %(what)s") % {"what": found}, undo=undo)
        return redirect("activities:list")
    return render(request, "activities/withdraw.html", {"form": form, "activity": found})


@require_POST
@allow("activities.log")
def restore(request, pk):
    """Brings a withdrawn entry back."""
    found = restore_activity(activity=changeable(request, pk), by=request.user)
    say_done(request, _("Brought back: %(what)s") % {"what": found})
    return redirect(page_of(found))


def seen(request, pk) -> Activity:
    """An activity within reach, or 404."""
    rows = Activity.objects.visible_to(request.user).listed()
    return get_object_or_404(rows, pk=pk)


def changeable(request, pk) -> Activity:
    """An activity this person may change, or 404."""
    found = seen(request, pk)
    if not may_change(request.user, found):
        raise Http404
    return found


def edit_form(found: Activity, data=None, files=None) -> EditForm:
    """The form of an entry as it stands, bound to what was sent."""
    done = current(found)
    kind = SummaryEditForm if found.is_summary else EditForm
    return kind(
        data or None,
        files or None,
        team=found.team,
        day=done.happened_on,
        photos=done.photos,
        initial=said_before(done) | {"version": found.version},
    )


def page_of(found: Activity) -> str:
    return reverse("activities:activity", args=[found.pk])
