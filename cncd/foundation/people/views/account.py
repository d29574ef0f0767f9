"""One's own account: ways to sign in, and what is kept about oneself."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people import actions, own_data, protection
from cncd.foundation.people.access import allow
from cncd.foundation.people.forms.accounts import OwnNumbersForm
from cncd.foundation.people.views.answers import done


@allow("account.own")
def account(request):
    """What I do here, how I sign in, and where to change it."""
    context = {
        "person": request.user.person,
        "ties": own_data.ties_of(request.user.person),
        "protected": protection.has_second_factor(request.user),
        "is_officer": protection.is_officer(request.user),
    }
    return render(request, "people/account.html", context)


@allow("account.own")
def own_numbers(request):
    """My contact phone, and the phone I may sign in with."""
    form = OwnNumbersForm.of(request)
    if done(request, form.save, form):
        say_done(request, _("Your phone numbers are saved."))
        return redirect("people:account")
    context = {"title": _("My phone numbers"), "form": form, "back": "/account/"}
    return render(request, "people/door_form.html", context)


@allow("account.own")
def data(request):
    """What is kept about me; on request as an Excel file."""
    parts = own_data.parts_of(request.user.person)
    if request.method == "POST":
        actions.note_own_data_taken(user=request.user)
        return own_data.excel_response(parts)
    return render(request, "people/own_data.html", {"parts": parts})
