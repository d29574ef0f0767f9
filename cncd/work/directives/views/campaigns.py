"""Campaigns and themes of the month: listed, one with its results, planned, changed, ended."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Place, PlaceIndex
from cncd.work.directives.actions.campaigns import (
    cancel_campaign,
    change_campaign,
    plan_campaign,
)
from cncd.work.directives.campaign_lists import STATES, TONES, CampaignList, ResultList
from cncd.work.directives.forms.campaigns import CampaignForm, CancelForm, ChangeCampaignForm
from cncd.work.directives.models import Campaign, Directive
from cncd.work.directives.queries import campaigns as queries
from cncd.work.directives.queries.rights import may_give_at

FIELDS = ("kind", "name", "text", "since_on", "until_on", "repeats", "repeats_until", "audience",
          "amount", "measure", "document")  # fmt: skip


@allow("directives.view")
def listed(request):
    """What the unit in sight, those above it and those below it have planned."""
    rows, place, day = (
        Campaign.objects.visible_to(request.user),
        request.scope.place,
        request.scope.today,
    )
    if place:
        above = PlaceIndex.objects.on(day).filter(place=place, inherited=False).values("ancestor")
        below = Place.objects.within([place.pk], day)
        rows = rows.filter(Q(place__in=above) | Q(place__in=below))
    may_give = request.user.can("directives.give")
    first = (reverse("directives:campaign_new"), _("Plan the first campaign →"))
    context = {"may_give": may_give, "first_step": first if may_give else None}
    return CampaignList(request, queries.lines(rows, day), context=context).response()


@allow("directives.view")
def campaign(request, pk):
    """One campaign: its days, guides and times, and what came of the one that is looked at."""
    found = get_object_or_404(Campaign.objects.visible_to(request.user), pk=pk)
    day = request.scope.today
    runs = list(found.runs.select_related("directive"))
    span = queries.span_asked(found, runs, request.GET.get("run", ""), day)
    state = queries.state_of(found, day)
    context = {
        "campaign": found,
        "span": span,
        "runs": runs,
        "readable": set(Directive.objects.visible_to(request.user).filter(run__in=runs)),
        "state": {"word": STATES[state], "tone": TONES[state]},
        "course_next": queries.course_of(found).next(day) if not found.cancelled_at else None,
        "guides": found.guides.visible_to(request.user),
        "may_change": may_give_at(request.user, found.place, found.agency)
        and not found.cancelled_at,
        "unit": request.scope.unit_name,
    }
    place = request.scope.place
    rows = queries.results(found, span, place, day) if place else []
    return ResultList(request, rows, context=context).response()


@allow("directives.give")
def new(request):
    """A new campaign; sent twice, it is planned once."""
    initial = {"place": request.scope.place}
    form = CampaignForm(request.POST or None, user=request.user, initial=initial)

    def run() -> dict:
        made = plan_campaign(by=request.user, **form.wanted)
        return {"url": made.get_absolute_url()}

    about = {"kind": "campaign.plan", "sender": request.user}
    if said := done(request, lambda: once(**form.envelope_of(**about), run=run), form):
        say_done(request, _("The campaign is planned."))
        return redirect(said["url"])
    context = {"form": form, "title": _("Plan a campaign or a theme of the month")}
    return render(
        request, "kit/form_page.html", context | {"back": reverse("directives:campaigns")}
    )


@allow("directives.give")
def change(request, pk):
    """What is asked from the next time on."""
    found = _changeable(request, pk)
    values = {name: getattr(found, name) for name in FIELDS} | {"version": found.version}
    values |= {"contents": found.contents.all(), "guides": found.guides.all()}
    form = ChangeCampaignForm(request.POST or None, user=request.user, initial=values)
    if done(request, lambda: change_campaign(campaign=found, by=request.user, **form.wanted), form):
        say_done(request, _("The campaign is changed. What was asked already stays as it is."))
        return redirect(found)
    context = {"form": form, "title": _("Change the campaign"), "back": found.get_absolute_url()}
    return render(request, "kit/form_page.html", context)


@allow("directives.give")
def cancel(request, pk):
    """Calls a campaign off."""
    found = _changeable(request, pk)
    form = CancelForm(request.POST or None, initial={"version": found.version})
    about = {"campaign": found, "by": request.user}
    if done(request, lambda: cancel_campaign(**about, **form.cleaned_data), form):
        say_done(request, _("The campaign is cancelled."))
        return redirect(found)
    context = {
        "form": form,
        "title": _("Cancel the campaign"),
        "question": str(found),
        "consequences": [
            _("Nothing more is asked for it, and what it asks now is taken back."),
            _("What teams have logged stays, and so do the results of earlier times."),
        ],
        "danger": True,
        "submit": _("Cancel the campaign"),
        "back": found.get_absolute_url(),
    }
    return render(request, "kit/confirm.html", context)


def _changeable(request, pk) -> Campaign:
    """The campaign: 404 out of sight or over, 403 where one does not give."""
    rows = Campaign.objects.standing().visible_to(request.user)
    found = get_object_or_404(rows.select_related("place", "agency"), pk=pk)
    if not may_give_at(request.user, found.place, found.agency):
        raise PermissionDenied("directives.give")
    return found
