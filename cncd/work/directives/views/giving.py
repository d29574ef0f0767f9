"""Issuing, closing, withdrawing a directive, and taking that back."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cncd.foundation.kit import figures
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.work.directives import actions
from cncd.work.directives.forms.easing import ReasonForm
from cncd.work.directives.queries.preview import preview
from cncd.work.directives.views.doing import directed


class IssueForm(forms.Form):
    edition = forms.IntegerField(widget=forms.HiddenInput)


@allow("directives.give")
def issue(request, pk):
    """Shows who gets it and how many, then gives it."""
    found = directed(request, pk)
    form = IssueForm(request.POST or None, initial={"edition": found.edition})
    if done(request, lambda: actions.issue_directive(directive=found, by=request.user,
                                                     **form.cleaned_data), form):  # fmt: skip
        n = found.obligations.count()
        text = ngettext("Issued: %(n)s obligation was given.",
                        "Issued: %(n)s obligations were given.", n)  # fmt: skip
        say_done(request, text % {"n": figures.number(n)})
        return redirect(found)
    context = {
        "form": form,
        "title": _("Issue the directive"),
        "question": found.title,
        "parts": preview(found, request.scope.today),
        "submit": _("Issue"),
        "back": found.get_absolute_url(),
    }
    return render(request, "directives/issue.html", context)


@allow("directives.give")
def close(request, pk):
    """Its time is over."""
    words = {
        "title": _("Close the directive"),
        "consequences": [
            _("Nobody is asked any longer; what is not done stays marked so."),
            _("Evidence of later days no longer counts."),
        ],
        "submit": _("Close the directive"),
    }
    return _ending(request, pk, actions.close_directive, _("The directive is closed."), words)


@allow("directives.give")
def withdraw(request, pk):
    """It should not have been given."""
    words = {
        "title": _("Withdraw the directive"),
        "consequences": [
            _("Nobody owes it, and it counts nowhere."),
            _("It stays readable, with your reason."),
        ],
        "submit": _("Withdraw it"),
        "danger": True,
    }
    return _ending(request, pk, actions.withdraw_directive, _("The directive is withdrawn."), words)


def _ending(request, pk, action, said, words):
    found = directed(request, pk)
    form = ReasonForm(request.POST or None)
    if done(request, lambda: action(directive=found, by=request.user, **form.cleaned_data), form):
        say_done(request, said, undo=reverse("directives:reopen", args=[pk]))
        return redirect(found)
    context = {"form": form, "question": found.title, "back": found.get_absolute_url()}
    return render(request, "kit/confirm.html", context | words)


@allow("directives.give")
@require_POST
def reopen(request, pk):
    """Takes closing or withdrawing back."""
    found = directed(request, pk)
    try:
        actions.reopen_directive(directive=found, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        say_done(request, _("The directive is in force again."))
    return redirect(found)


@allow("directives.give")
def discard(request, pk):
    """Throws a draft away."""
    found = directed(request, pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if done(request, lambda: actions.discard_draft(directive=found, by=request.user), form):
        say_done(request, _("The draft is gone."))
        return redirect("directives:list")
    context = {
        "form": form, "title": _("Throw the draft away"), "question": found.title, "danger": True,
        "submit": _("Throw away"), "back": reverse("directives:directive", args=[pk]),
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)
