"""Posting people, ending posts, handing over, standing in, delegating."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people import actions, authority, choices, queries
from cncd.foundation.people.access import allow
from cncd.foundation.people.forms import postings as forms
from cncd.foundation.people.lists import DelegationList
from cncd.foundation.people.models import Delegation, Person, Posting, Substitution
from cncd.foundation.people.views.answers import Paper, saved


def _posting(request, pk):
    """A running posting at a place where this officer may post."""
    reach = authority.reach(request.user, permission="postings.change")
    return get_object_or_404(Posting.objects.filter(place__in=reach), pk=pk)


@allow("postings.change")
def post(request, pk):
    """Posts a person in a role at a place."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    form = forms.PostForm(request.POST or None, **choices.for_posting(request))
    paper = Paper(request, request.scope.place)

    if paper.saved(form, actions.post_person, person=person):
        say_done(request, _("%(name)s is posted.") % {"name": person.full_name})
        return redirect("people:person", pk)
    return paper.page(
        form,
        title=_("Post somebody"),
        intro=person.full_name,
        back=f"/people/{pk}/",
    )


@allow("postings.change")
def end(request, pk):
    """Ends a posting."""
    posting = _posting(request, pk)
    form, paper = forms.EndForm(request.POST or None), Paper(request, posting.place)

    if paper.saved(form, actions.end_posting, posting=posting):
        say_done(request, _("The posting is ended."))
        return redirect("people:person", posting.person_id)
    return paper.page(
        form,
        title=_("End the posting"),
        intro=f"{posting.person}: {posting}",
        back=f"/people/{posting.person_id}/",
    )


@allow("postings.change")
def hand_over(request, pk):
    """Shows what passes to the successor, and hands the post over."""
    posting = _posting(request, pk)
    offered = choices.people_for(request, posting)
    form = forms.HandOverForm(
        request.POST or None, **offered, initial={"title": posting.title, "carry_substitutes": True}
    )
    paper = Paper(request, posting.place)

    if new := paper.saved(form, actions.hand_over, posting=posting):
        say_done(request, _("The post passes to %(name)s.") % {"name": new.person.full_name})
        return redirect("people:person", new.person_id)
    return paper.page(
        form,
        "people/hand_over.html",
        title=_("Hand the post over"),
        submit=_("Hand over"),
        posting=posting,
        passing=queries.what_passes(posting, request.scope.today),
        back=f"/people/{posting.person_id}/",
    )


@allow("postings.change")
def substitute(request, pk):
    """Names somebody who acts for the holder of a post for some time."""
    posting = _posting(request, pk)
    offered = choices.people_for(request, posting)
    form = forms.SubstituteForm(request.POST or None, **offered)
    paper = Paper(request, posting.place)

    if paper.saved(form, actions.substitute, posting=posting):
        say_done(request, _("The substitute is named."))
        return redirect("people:person", posting.person_id)
    return paper.page(
        form,
        "people/hand_over.html",
        title=_("Name a substitute"),
        submit=_("Name a substitute"),
        posting=posting,
        back=f"/people/{posting.person_id}/",
    )


@allow("postings.change")
def end_substitution(request, pk):
    """Ends a substitution early."""
    reach = authority.reach(request.user, permission="postings.change")
    found = Substitution.objects.filter(posting__place__in=reach).select_related("posting")
    row = get_object_or_404(found, pk=pk)
    form = forms.StopForm(request.POST or None)

    if saved(request, form, actions.end_substitution, substitution=row):
        say_done(request, _("The substitution is ended."))
        return redirect("people:person", row.posting.person_id)
    context = {"form": form, "title": _("End the substitution"),
               "intro": f"{row.substitute} → {row.posting.person}: {row.posting}",
               "back": f"/people/{row.posting.person_id}/"}  # fmt: skip
    return render(request, "kit/form_page.html", context)


@allow("agencies.view")
def delegations(request):
    """Which agency acts for which, where, and from when to when."""
    found = choices.named_delegations(Delegation.objects.all(), request.scope.today)
    context = {"may_delegate": request.user.can("postings.change")}
    return DelegationList(request, found, context=context).response()


@allow("postings.change")
def delegate(request):
    """Lets one agency act for another."""
    form = forms.DelegateForm(request.POST or None, **choices.for_delegating(request))
    paper = Paper(request, request.scope.place)

    if paper.saved(form, actions.delegate):
        say_done(request, _("The delegation is in place."))
        return redirect("people:delegations")
    return paper.page(
        form,
        title=_("Delegate to another agency"),
        back="/delegations/",
    )


@allow("postings.change")
def end_delegation(request, pk):
    """Ends a delegation."""
    reach = authority.reach(request.user, permission="postings.change")
    row = get_object_or_404(Delegation.objects.filter(place__in=reach), pk=pk)
    form = forms.StopForm(request.POST or None)

    if saved(request, form, actions.end_delegation, delegation=row):
        say_done(request, _("The delegation is ended."))
        return redirect("people:delegations")
    context = {"form": form, "title": _("End the delegation"), "intro": str(row),
               "back": "/delegations/"}  # fmt: skip
    return render(request, "kit/form_page.html", context)
