"""The list of people, one person, adding and correcting, phone numbers, erasing."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people import actions, person_page, standing
from cncd.foundation.people.access import allow
from cncd.foundation.people.forms.accounts import ReasonForm
from cncd.foundation.people.forms.people import PersonForm
from cncd.foundation.people.lists import PeopleList
from cncd.foundation.people.models import Person
from cncd.foundation.people.views.answers import done, saved


@allow("people.view")
def people(request):
    """People of the unit in sight."""
    found = person_page.people_of(request.user, request.scope.place, request.scope.today)
    context = {
        "may_add": request.user.can("people.change"),
        "may_admit": request.user.can("people.admit"),
    }
    return PeopleList(request, found, context=context).response()


@allow("people.view")
def person(request, pk):
    """One person: posts and memberships over time, the account, what may be done about them."""
    found = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    return render(request, "people/person.html", person_page.context(found, request.user))


@allow("people.change")
def add(request):
    """A new person of the unit in sight."""
    form = PersonForm(
        request.POST or None,
        user=request.user,
        places=person_page.homes(request.user, request.scope.place),
        day=request.scope.today,
        initial={"home": request.scope.place},
    )
    if added := done(request, form.save, form):
        say_done(request, _("%(name)s is added.") % {"name": added.full_name})
        return redirect("people:person", added.pk)
    context = {"form": form, "title": _("Add a person"), "back": "/people/"}
    return render(request, "people/person_form.html", context)


@allow("people.change")
def change(request, pk):
    """Corrects a person's details."""
    found = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    standing.require_person(request.user, "people.change", found)
    homes = person_page.homes(request.user, request.scope.place, found.home)
    form = PersonForm(
        request.POST or None, user=request.user, places=homes, day=request.scope.today, person=found
    )
    if done(request, form.save, form):
        say_done(request, _("The details are saved."))
        return redirect("people:person", pk)
    context = {"form": form, "title": _("Correct the details"), "back": f"/people/{pk}/"}
    return render(request, "people/person_form.html", context)


@allow("people.view")
@require_POST
def phone(request, pk):
    """Shows one full phone number; the journal keeps who looked."""
    found = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    actions.reveal_phones(people=[found], by=request.user)
    context = person_page.context(found, request.user) | {"show_phone": True}
    return render(request, "people/person.html", context)


@allow("people.view")
def phones(request):
    """The phone list of the unit in sight: asked for with a reason, then shown in full."""
    form = ReasonForm(request.POST or None)
    found = person_page.people_of(request.user, request.scope.place, request.scope.today)
    found = list(found.exclude(contact_phone="").order_by("sort_key")[:2000])
    context = {"form": form, "count": len(found), "now": timezone.now()}
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.reveal_phones(people=found, by=request.user, reason=reason)
        if "excel" in request.POST:
            return person_page.phone_book(found, request.scope.today)
        context |= {"people": person_page.with_ties(found, request.scope.today), "reason": reason}
    return render(request, "people/phones.html", context)


@allow("people.change")
def forget(request, pk):
    """Erases the personal data of somebody who has left every office."""
    found = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    form = ReasonForm(request.POST or None)

    if saved(request, form, actions.forget_person, person=found):
        say_done(request, _("The personal data is erased; figures and decisions stay."))
        return redirect("people:list")
    return render(request, "kit/confirm.html", person_page.forgetting(found, form))
