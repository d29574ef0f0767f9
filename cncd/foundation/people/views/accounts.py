"""Accounts of others: opening, ways in, slips to print, resetting at the counter, closing."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people import actions, person_page, queries, standing
from cncd.foundation.people.access import allow
from cncd.foundation.people.forms.accounts import OpenAccountForm, ReasonForm, ResetForm
from cncd.foundation.people.models import Person, SignInLink, User
from cncd.foundation.people.views.answers import saved


def account_of(request, pk):
    """The account of a person in reach whom this officer may let in."""
    found = get_object_or_404(User.objects.visible_to(request.user), person=pk)
    standing.require_person(request.user, "people.admit", found.person)
    return found


@allow("people.admit")
def open_account(request, pk):
    """Gives a person an account, then shows their first way in."""
    found = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    standing.require_person(request.user, "people.admit", found)
    form = OpenAccountForm(
        request.POST or None, initial={"login": queries.free_login(found.full_name)}
    )

    if saved(request, form, actions.open_account, person=found):
        say_done(request, _("The account is open. Now give the person a way in."))
        return redirect("people:person", pk)
    context = {"form": form, "title": _("Open an account"), "intro": found.full_name,
               "submit": _("Open the account"), "back": f"/people/{pk}/"}  # fmt: skip
    return render(request, "kit/form_page.html", context)


@allow("people.admit")
def change_account(request, pk):
    """Another login name, or another phone for signing in."""
    user = account_of(request, pk)
    form = OpenAccountForm(
        request.POST or None, initial={"login": user.login, "phone": user.phone or ""}
    )

    if saved(request, form, actions.change_account, user=user):
        say_done(request, _("The account is saved."))
        return redirect("people:person", pk)
    context = {"form": form, "title": _("Change how somebody signs in"), "back": f"/people/{pk}/"}
    return render(request, "kit/form_page.html", context)


@allow("people.admit")
@require_POST
@never_cache
def invite(request, pk):
    """Makes a one-time link and shows it once: a square code and an address to send."""
    user = account_of(request, pk)
    link, token = actions.make_sign_in_link(
        user=user, purpose=SignInLink.Purpose.INVITE, by=request.user
    )
    return show_way_in(request, link, token)


@allow("people.admit")
@never_cache
def reset(request, pk):
    """At the counter: the old password ends, and a way in for one hour stands on the screen."""
    user = account_of(request, pk)
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["remove_factors"]:
            reason = _("lost phone or key, reset at the counter")
            actions.remove_second_factors(user=user, by=request.user, reason=reason)
        link, token = actions.make_sign_in_link(
            user=user, purpose=SignInLink.Purpose.RESET, by=request.user
        )
        return show_way_in(request, link, token)
    context = {"form": form, "title": _("Reset at the counter"), "submit": _("Show the way in"),
               "intro": _("%(name)s scans a square code on this screen with the phone's camera, or"
                          " gets the link by Zalo. When it is used, the old password ends.")
               % {"name": user}, "back": f"/people/{pk}/"}  # fmt: skip
    return render(request, "kit/form_page.html", context)


def show_way_in(request, link, token, told=""):
    """The page with the square code and the address, shown this once."""
    address = request.build_absolute_uri(reverse("people:enter", args=[token]))
    context = {"link": link, "address": address, "user_shown": link.user, "told": told}
    return render(request, "people/way_in.html", context)


@allow("people.admit")
@require_POST
def revoke(request, pk):
    """Takes back a link nobody has used yet."""
    link = get_object_or_404(SignInLink.objects.visible_to(request.user), pk=pk)
    actions.revoke_sign_in_link(link=link, by=request.user)
    say_done(request, _("That way in no longer opens."))
    return redirect("people:person", link.user.person_id)


@allow("people.admit")
def close(request, pk):
    """Lets an account in no more."""
    user = account_of(request, pk)
    form = ReasonForm(request.POST or None)
    if saved(request, form, actions.close_account, user=user):
        say_done(request, _("The account is closed."))
        return redirect("people:person", pk)
    context = {"form": form, "title": _("Close the account"), "danger": True,
               "question": _("%(name)s will be signed out everywhere and cannot come in again.")
               % {"name": user}, "submit": _("Close the account"),
               "back": f"/people/{pk}/"}  # fmt: skip
    return render(request, "kit/confirm.html", context)


@allow("people.admit")
@require_POST
def reopen(request, pk):
    """Lets a closed account in again."""
    actions.reopen_account(user=account_of(request, pk), by=request.user)
    say_done(request, _("The account is open again."))
    return redirect("people:person", pk)


@allow("people.admit")
@never_cache
def slips(request):
    """Sign-in slips for people of the unit in sight: choose, then print."""
    found = person_page.for_slips(request.user, request.scope.place, request.scope.today)
    if request.method == "POST":
        chosen = set(request.POST.getlist("row"))
        users = [each.user for each in found if str(each.pk) in chosen]
        if users:
            return _print(request, users)
    rows = person_page.with_ties(found, request.scope.today)
    # A link may name whom it is about (a team); otherwise those who have never signed in.
    named = {int(pk) for pk in request.GET.getlist("row") if pk.isdecimal()}
    new = {person.pk for person, _ties in rows if not person.user.last_login}
    context = {"rows": rows, "chosen": named or new, "nobody": request.method == "POST"}
    return render(request, "people/choose_slips.html", context)


def _print(request, users):
    """One slip each, several to an A4 page."""
    made = actions.make_sign_in_slips(users=users, by=request.user)
    ties = queries.ties([link.user.person for link, _token in made], request.scope.today)
    slips = [
        (link, request.build_absolute_uri(reverse("people:enter", args=[token])),
         ties[link.user.person_id])
        for link, token in made
    ]  # fmt: skip
    return render(request, "people/slips.html", {"slips": slips, "by": request.user})
