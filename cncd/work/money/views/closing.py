"""Closing the book of a year, and opening it again."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cncd.foundation.kit.figures import with_unit
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.work.money import actions
from cncd.work.money.forms import CloseForm, ReopenForm
from cncd.work.money.models import Closing
from cncd.work.money.queries.plan import overview
from cncd.work.money.views.recording import own_unit


@allow("money.record")
def close(request, year):
    """The unit's own lines of the year stay as they are from now on."""
    place = own_unit(request)
    own = overview(place, year, request.scope.today).own
    form = CloseForm(request.POST if request.method == "POST" else None)
    if found := done(request, lambda: actions.close_year(place=place, year=year,
                                                         by=request.user), form):  # fmt: skip
        say_done(request, _("The book of %(year)s is closed.") % {"year": year})
        return redirect(found)
    sums = {"budget": with_unit(own.budget, "đồng"), "spent": with_unit(own.spent, "đồng")}
    context = {
        "form": form, "title": _("Close the book of %(year)s") % {"year": year},
        "question": _("Own budget %(budget)s, own spending %(spent)s.") % sums,
        "consequences": [_("No line of the year can be added, changed or taken out any more."),
                         _("The year can be opened again, with the reason.")],
        "submit": _("Close the book"), "back": Closing(place=place, year=year).get_absolute_url(),
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)


@allow("money.record")
def reopen(request, year):
    """Opens it again, with the reason."""
    place = own_unit(request)
    found = get_object_or_404(Closing.objects.standing(), place=place, year=year)
    form = ReopenForm(request.POST or None)
    if done(request, lambda: actions.reopen_year(closing=found, by=request.user,
                                                 **form.cleaned_data), form):  # fmt: skip
        say_done(request, _("The book of %(year)s is open again.") % {"year": year})
        return redirect(found)
    context = {
        "form": form, "title": _("Open the book of %(year)s again") % {"year": year},
        "submit": _("Open again"), "back": found.get_absolute_url(),
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)
