"""Authorities whose electronic signatures are trusted, kept by an administrator."""

from django.forms import Form
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.results.paperwork import actions
from cncd.results.paperwork.forms import RootForm
from cncd.results.paperwork.lists import RootList
from cncd.results.paperwork.models import TrustedRoot


@allow("papers.trust")
def roots(request):
    """Who is trusted, and adding one more."""
    form = RootForm(request.POST or None, request.FILES or None)

    def act():
        return actions.trust_root(content=form.cleaned_data["certificate"], by=request.user)

    if done(request, act, form):
        say_done(request, _("Signatures that lead to this authority are trusted from now on."))
        return redirect("paperwork:roots")
    return RootList(request, TrustedRoot.objects.all(), context={"form": form}).response()


@allow("papers.trust")
def remove(request, pk):
    """Asks, then trusts it no more."""
    root, form = get_object_or_404(TrustedRoot, pk=pk), Form(request.POST or None)
    if request.method == "POST":
        actions.distrust_root(root=root, by=request.user)
        say_done(request, _("The authority is trusted no more."))
        return redirect("paperwork:roots")
    context = {
        "form": form, "title": root.name, "back": reverse("paperwork:roots"), "danger": True,
        "question": _("Trust this authority no more?"), "submit": _("Remove"),
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)
