"""Criteria, weights and classes: sets by date, drafted and put in force."""

from django.db.models import Count, Sum
from django.forms import Form
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.work.evaluations import actions
from cncd.work.evaluations.evidence import evidence_choices
from cncd.work.evaluations.forms import CriterionForm, DraftForm, EnforceForm, GradesForm
from cncd.work.evaluations.lists import RulesList
from cncd.work.evaluations.models import Criterion, Rules
from cncd.work.evaluations.packaged import NAME
from cncd.work.evaluations.rules import weight_problem

FIELDS = ("name", "weight", "guide", "clause", "evidence", "order")


@allow("evaluations.view")
def listed(request):
    """Every set, in force, ended or drafted."""
    rows = Rules.objects.select_related("level")
    rows = rows.annotate(criteria_count=Count("criteria"), weights=Sum("criteria__weight"))
    may_rule = request.user.can("evaluations.rules")
    first = (reverse("evaluations:draft"), _("Draft from the packaged set →"))
    context = {"may_rule": may_rule, "first_step": first if may_rule else None}
    return RulesList(request, rows, context=context).response()


@allow("evaluations.view")
def one(request, pk):
    """One set: criteria with weights, classes; a draft says what is still wrong."""
    row = get_object_or_404(Rules.objects.select_related("level", "document"), pk=pk)
    criteria = list(row.criteria.all())
    called = dict(evidence_choices(request.scope.today))
    for each in criteria:
        each.figures = [called[code] for code in each.evidence if code in called]
    context = {
        "rules": row,
        "criteria": criteria,
        "grades": row.grades.all(),
        "sum": sum(each.weight for each in criteria),
        "is_off": weight_problem(each.weight for each in criteria) is not None,
        "may_change": not row.in_force and request.user.can("evaluations.rules"),
        "rounds": row.rounds.filter(withdrawn_at=None),
    }
    return render(request, "evaluations/rules.html", context)


@allow("evaluations.rules")
def draft(request):
    """A draft, copied from the packaged set or from another."""
    form = DraftForm(request.POST or None, initial={"name": NAME})

    def act():
        return actions.draft_rules(
            since_on=request.scope.today, by=request.user, **form.cleaned_data
        )

    if row := done(request, act, form):
        say_done(request, _("Drafted. Change it, then put it in force."))
        return redirect("evaluations:rules", row.pk)
    back = reverse("evaluations:rules_list")
    context = {"form": form, "title": _("Draft criteria"), "back": back}
    return render(request, "kit/form_page.html", context)


@allow("evaluations.rules")
def criterion(request, pk, criterion_pk=None):
    """Adds a criterion to a draft, or changes one."""
    row = get_object_or_404(Rules, pk=pk)
    old = get_object_or_404(Criterion, rules=row, pk=criterion_pk) if criterion_pk else None
    first = {name: getattr(old, name) for name in FIELDS} if old else None
    form = CriterionForm(request.POST or None, initial=first)

    def act():
        return actions.set_criterion(rules=row, criterion=old, by=request.user, **form.cleaned_data)

    title = _("Change a criterion") if old else _("Add a criterion")
    return _form(request, row, form, act, title, _("The criterion is saved."))


@allow("evaluations.rules")
def drop(request, pk, criterion_pk):
    """Takes a criterion out of a draft."""
    row = get_object_or_404(Criterion, rules=pk, pk=criterion_pk)
    form = Form(request.POST or None)
    act = lambda: actions.drop_criterion(criterion=row, by=request.user)  # noqa: E731
    if done(request, act, form):
        say_done(request, _("The criterion is taken out."))
        return redirect("evaluations:rules", pk)
    context = {"form": form, "title": _("Take the criterion out"), "question": row.name}
    context |= {"danger": True, "back": reverse("evaluations:rules", args=[pk])}
    return render(request, "kit/confirm.html", context)


@allow("evaluations.rules")
def discard(request, pk):
    """Throws a draft away."""
    row = get_object_or_404(Rules, pk=pk)
    form = Form(request.POST if request.method == "POST" else None)
    if done(request, lambda: actions.drop_draft(rules=row, by=request.user), form):
        say_done(request, _("The draft is gone."))
        return redirect("evaluations:rules_list")
    context = {"form": form, "title": _("Throw the draft away"), "question": row.name}
    context |= {"danger": True, "back": reverse("evaluations:rules", args=[pk])}
    return render(request, "kit/confirm.html", context)


@allow("evaluations.rules")
def grades(request, pk):
    """The classes of a draft."""
    row = get_object_or_404(Rules, pk=pk)
    form = GradesForm(request.POST or None, grades=row.grades.all(), initial={"far": row.far})

    def act():
        far = form.cleaned_data["far"]
        return actions.set_grades(rules=row, grades=form.grades, far=far, by=request.user)

    return _form(request, row, form, act, _("Classes of results"), _("The classes are saved."))


@allow("evaluations.rules")
def enforce(request, pk):
    """Puts a draft in force from a day on; rounds opened before keep what they had."""
    row = get_object_or_404(Rules, pk=pk)
    form = EnforceForm(request.POST or None)

    def act():
        return actions.enforce_rules(rules=row, by=request.user, **form.cleaned_data)

    said = _("In force. Rounds opened before keep the criteria they had.")
    return _form(request, row, form, act, _("Put in force"), said)


def _form(request, row: Rules, form, act, title: str, said: str):
    if done(request, act, form):
        say_done(request, said)
        return redirect("evaluations:rules", row.pk)
    context = {"form": form, "title": title, "intro": row.name}
    context["back"] = reverse("evaluations:rules", args=[row.pk])
    return render(request, "kit/form_page.html", context)
