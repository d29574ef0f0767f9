"""One case: its course, its origins, and what its owner does about it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.foundation.people.views.answers import Paper
from cncd.foundation.places.queries import names
from cncd.work.difficulties import actions
from cncd.work.difficulties.forms import AnswerForm, AssignForm, PassForm, SortForm
from cncd.work.difficulties.ground import Ground
from cncd.work.difficulties.models import Case
from cncd.work.difficulties.pages import CasePage


class Reply(Paper):
    """The document an answer rests on."""

    KIND = "dispatch"


def seen(request, pk) -> Case:
    """The case, if it may be seen; else 404."""
    rows = Case.objects.visible_to(request.user).select_related(
        "category", "owner__level", "team", "assignee__person", "into", "answered_for",
        "answered_by__person", "answer_document",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


def answerable_by(request, pk) -> Case:
    """The case: 404 out of sight, 403 where one may not answer it."""
    found = seen(request, pk)
    if not request.user.can(actions.ANSWER, place=found.owner):
        raise PermissionDenied(actions.ANSWER)
    return found


@allow("difficulties.view")
def case(request, pk):
    """What is difficult, who answers by when, what happened, where it came from."""
    found = seen(request, pk)
    if not request.user.can("desk.open"):
        return redirect("difficulties:mine")
    page = CasePage(found, request.user, request.scope.today)
    form = AnswerForm(initial={"version": found.version}) if page.may_answer else None
    context = {"page": page, "case": found, "form": form, "paper": Reply(request, found.owner).form}
    return render(request, "difficulties/case.html", context)


@allow("difficulties.answer")
def answer(request, pk):
    """The answer, for all origins."""
    found = answerable_by(request, pk)
    form = AnswerForm(request.POST or None, initial={"version": found.version})
    paper = Reply(request, found.owner)

    def act():
        said = form.cleaned_data
        about = {"link": said["link"], "version": said["version"], "document": paper.kept()}
        actions.answer_case(case=found, text=said["answer"], by=request.user, **about)

    if done(request, act, form, paper):
        say_done(request, _("Answered. Everybody who raised it is told, and can say if it helped."))
        return redirect(found)
    page = CasePage(found, request.user, request.scope.today)
    context = {"page": page, "case": found, "form": form, "paper": paper.form}
    return render(request, "difficulties/case.html", context)


@allow("difficulties.answer")
def correct(request, pk):
    """Other words in place of an answer that was given."""
    found = answerable_by(request, pk)
    first = {"answer": found.answer, "link": found.answer_link, "version": found.version}
    form = AnswerForm(request.POST or None, initial=first)

    def act():
        said = form.cleaned_data
        about = {"link": said["link"], "version": said["version"]}
        actions.correct_answer(case=found, text=said["answer"], by=request.user, **about)

    if done(request, act, form):
        say_done(request, _("Corrected. Everybody who raised it is told."))
        return redirect(found)
    context = {"form": form, "title": _("Correct the answer"), "intro": str(found)}
    return render(request, "kit/form_page.html", context | {"back": found.get_absolute_url()})


@allow("difficulties.answer")
def assign(request, pk):
    """Gives the case to somebody of the unit by name."""
    found = answerable_by(request, pk)
    initial = {"version": found.version, "assignee": found.assignee_id}
    form = AssignForm(request.POST or None, case=found, initial=initial)

    def act():
        version = form.cleaned_data["version"]
        actions.assign_case(case=found, to=form.chosen(), by=request.user, version=version)

    if done(request, act, form):
        say_done(request, _("Saved who answers."))
        return redirect(found)
    return _page(request, found, form, _("Who answers this difficulty"))


@allow("difficulties.answer")
def pass_on(request, pk):
    """Passes the case one level up, or to another unit, with the reason."""
    found = answerable_by(request, pk)
    above, near = _targets(found)
    initial = {"version": found.version}
    form = PassForm(request.POST or None, case=found, above=above, near=near, initial=initial)

    def act():
        said = form.cleaned_data
        actions.pass_case(case=found, by=request.user, **said)

    if done(request, act, form):
        say_done(request, _("Passed on. The unit there has all its days to answer."))
        return redirect(found)
    intro = _("Unanswered, it would climb by itself on its day. Pass it on when you cannot answer.")
    return _page(request, found, form, _("Pass the difficulty on"), intro)


def _targets(found: Case) -> tuple[str, list[int]]:
    """What is above, in words ("" above the leaders of the top), and the units nearby."""
    from cncd.foundation.places.models import PlaceVersion

    day = timezone.localdate()
    ground = Ground(day)
    owner = ground.today(found.owner_id)
    above = ground.above(owner)
    rows = PlaceVersion.objects.on(day).exclude(place__level__code="hamlet")
    near = [*rows.filter(parent=owner).values_list("place", flat=True)]
    if above:
        near += rows.filter(parent=above).values_list("place", flat=True)
        up = names([above], day)[above].full_name
        return _("One level up: %(unit)s") % {"unit": up}, near
    return ("" if found.with_leaders else _("One level up: the leaders")), near


@allow("difficulties.answer")
def sort(request, pk):
    """Another kind of difficulty."""
    found = answerable_by(request, pk)
    initial = {"version": found.version, "category": found.category_id}
    form = SortForm(request.POST or None, initial=initial)
    if done(request, lambda: actions.sort_case(case=found, by=request.user, **form.cleaned_data),
             form):  # fmt: skip
        say_done(request, _("Saved."))
        return redirect(found)
    return _page(request, found, form, _("Kind of difficulty"))


def _page(request, found: Case, form, title: str, intro: str = ""):
    context = {"form": form, "title": title, "intro": intro or found.text}
    back = reverse("difficulties:case", args=[found.pk])
    return render(request, "kit/form_page.html", context | {"back": back})
