"""One proposal: begun, filled, sent, taken back."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.results.rewards import actions, looking
from cncd.results.rewards.forms import NamedForm, ProposalForm, ReasonForm, RulingForm, SendForm
from cncd.results.rewards.models import Candidate, Proposal
from cncd.results.rewards.queries import proposal_of
from cncd.results.rewards.wording import STATES, TONES, VERDICT_TONES, state_of

PROPOSE = "rewards.propose"


def seen(request, pk) -> Proposal:
    """The proposal, if the person may see it, else 404."""
    rows = Proposal.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("place", "decider__level", "document"), pk=pk)


def of_mine(request, pk) -> Proposal:
    """A proposal of a unit the person proposes for; 403 for others who see it."""
    found = seen(request, pk)
    if not request.user.can(PROPOSE, place=found.place):
        raise PermissionDenied(PROPOSE)
    return found


@allow("rewards.propose")
def new(request):
    """A proposal of the unit in sight, with those ticked among the suggestions."""
    place, span, day = looking.unit_in_sight(request), looking.span_of(request), request.scope.today
    if not request.user.can(PROPOSE, place=place):
        raise Http404
    form = ProposalForm(
        request.POST or None, place=place, day=day, chosen=looking.chosen_of(request, place, span),
        initial={"first_day": span.first_day, "last_day": span.last_day,
                 "decider": place.pk, "title": _title(span)},
    )  # fmt: skip

    def run() -> dict:
        made = actions.draft_proposal(place=place, wanted=form.wanted, by=request.user)
        return {"pk": str(made.pk)}

    def act() -> dict:
        return once(**form.envelope_of(kind="reward.propose", sender=request.user), run=run)

    if answer := done(request, act, form):
        say_done(request, _("Begun. Look it through, then send it."))
        return redirect("rewards:proposal", answer["pk"])
    context = {"form": form, "title": _("Propose for commendation"), "unit": place}
    return render(request, "rewards/form.html", context | {"back": reverse("rewards:suggested")})


def _title(span) -> str:
    words = {"first": f"{span.first_day:%m/%Y}", "last": f"{span.last_day:%m/%Y}"}
    if span.months == 1:
        return _("Commendation of teams and members, %(last)s") % words
    return _("Commendation of teams and members, %(first)s to %(last)s") % words


@allow("rewards.view")
def proposal(request, pk):
    """Who is named and why, what was decided, what is next."""
    found = seen(request, pk)
    told, user = proposal_of(found), request.user
    found.undecided = sum(not each.verdict for each in told.nominees)
    state = state_of(found)
    decides = state in ("sent", "decided") and actions.may_decide(user, found.decider_id)
    rows = found.candidates.all()
    form = RulingForm(candidates=rows, initial={"version": found.version}) if decides else None
    context = {
        "proposal": found,
        "told": told,
        "state": STATES[state],
        "tone": TONES[state],
        "is_draft": state == "draft",
        "may_propose": user.can(PROPOSE, place=found.place),
        "form": form,
        "nominees": _nominees(told, form),
        "questions": looking.questions_about(user, found),
        "may_issue": state == "decided" and bool(told.granted)
        and actions.may_record(user, found.decider_id),
    }  # fmt: skip
    return render(request, "rewards/proposal.html", context)


def _nominees(told, form) -> list[tuple]:
    return [
        (each, VERDICT_TONES[each.verdict], form.fields_of(each.candidate_id) if form else [])
        for each in told.nominees
    ]


@allow("rewards.propose")
def edit(request, pk):
    """Other days, unit or words of a draft."""
    found = of_mine(request, pk)
    form = ProposalForm(
        request.POST or None, place=found.place, day=request.scope.today,
        initial={name: getattr(found, name) for name in ProposalForm.OWN}
        | {"decider": found.decider_id, "version": found.version},
    )  # fmt: skip

    def act():
        version = form.cleaned_data["version"]
        return actions.change_proposal(
            proposal=found, version=version, wanted=form.wanted, by=request.user
        )

    if done(request, act, form):
        say_done(request, _("Saved."))
        return redirect(found)
    context = {"form": form, "title": _("Change the proposal"), "back": found.get_absolute_url()}
    return render(request, "rewards/form.html", context)


@allow("rewards.propose")
def name(request, pk):
    """Adds those ticked (?row=) to a draft, or writes another reason for them."""
    found = of_mine(request, pk)
    span = looking.Span(0, found.first_day, found.last_day)
    chosen = looking.chosen_of(request, found.place, span)
    form = NamedForm(request.POST or None, chosen=chosen, day=request.scope.today)

    def act():
        return actions.name_candidates(proposal=found, named=form.named, by=request.user)

    if chosen and done(request, act, form):
        say_done(request, _("Named."))
        return redirect(found)
    context = {"form": form, "title": _("Name for commendation"), "back": found.get_absolute_url()}
    return render(request, "rewards/form.html", context)


@require_POST
@allow("rewards.propose")
def drop(request, pk, candidate):
    """Takes somebody out of a draft."""
    found = of_mine(request, pk)
    row = get_object_or_404(Candidate.objects.filter(proposal=found), pk=candidate)
    actions.drop_candidate(candidate=row, by=request.user)
    say_done(request, _("Taken out: %(name)s") % {"name": row.person or row.team})
    return redirect(found)


@allow("rewards.propose")
def send(request, pk):
    """To the unit that decides; the evidence is kept as it stands."""
    found = of_mine(request, pk)
    form = SendForm(
        request.POST if request.method == "POST" else None, initial={"version": found.version}
    )

    def act():
        return actions.send_proposal(proposal=found, by=request.user, **form.cleaned_data)

    if done(request, act, form):
        say_done(request, _("Sent. Whoever decides is told."))
        return redirect(found)
    context = {
        "form": form,
        "title": _("Send the proposal"),
        "question": found.title,
        "consequences": [
            _("The evidence is kept as it stands now."),
            _("Afterwards it can be withdrawn, but no longer changed."),
        ],
        "submit": _("Send"),
        "back": found.get_absolute_url(),
    }
    return render(request, "kit/confirm.html", context)


@allow("rewards.propose")
def withdraw(request, pk):
    """Takes a proposal back, with the reason; undone by one press."""
    found = of_mine(request, pk)
    form = ReasonForm(request.POST or None)

    def act():
        return actions.withdraw_proposal(proposal=found, by=request.user, **form.cleaned_data)

    if done(request, act, form):
        undo = reverse("rewards:restore", args=[pk])
        say_done(request, _("Withdrawn: %(what)s") % {"what": found}, undo=undo)
        return redirect("rewards:list")
    context = {
        "form": form,
        "title": _("Withdraw the proposal"),
        "question": found.title,
        "danger": True,
        "submit": _("Withdraw"),
        "back": found.get_absolute_url(),
    }
    return render(request, "kit/confirm.html", context)


@require_POST
@allow("rewards.propose")
def restore(request, pk):
    """Brings a withdrawn proposal back."""
    found = of_mine(request, pk)
    actions.restore_proposal(proposal=found, by=request.user)
    say_done(request, _("It is back."))
    return redirect(found)
