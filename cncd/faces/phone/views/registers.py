"""What the hamlets make and sell: the register's page, and writing something down in it."""

import json

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from cncd.faces.phone.views.home import ANY, team_of
from cncd.foundation.kit.ids import uuid_of
from cncd.foundation.people.access import allow
from cncd.work.registers.models import Origin
from cncd.work.registers.phone.choices import Choices
from cncd.work.registers.phone.entering import enter
from cncd.work.registers.phone.forms import FORMS
from cncd.work.registers.phone.shelf import shelf_of

OF_OWNER = ("shop", "payment", "commitment", "consent")
ASKED = ("product", "owner", "floor", "thing")  # what an address may choose beforehand


@allow("registers.view")
def products(request):
    """What our hamlets make and sell, what is missing, and who sells it."""
    page = request.GET.get("page", "")
    page = int(page) if page.isdecimal() and 0 < int(page) < 1000 else 1
    shelf = shelf_of(team_of(request), timezone.localdate(), page)
    context = {"shelf": shelf, "page": page, "next": page + 1}
    context |= {"done": "done" in request.GET, "opened": uuid_of(request.GET.get("open", ""))}
    context["may_enter"] = request.user.can("registers.enter")
    context["writes"] = [(what, form.title) for what, form in FORMS.items()]
    context["of_owner"] = [(what, FORMS[what].title) for what in OF_OWNER]
    return render(request, "phone/products.html", context)


@allow("registers.enter")
def register(request, what):
    """One thing to write down; with "any" all forms, for a phone without a network."""
    if what not in (*FORMS, ANY):
        raise Http404
    team = team_of(request)
    choices = Choices(team, timezone.localdate())
    about = {"choices": choices, "sender": request.user}
    data = request.POST if request.method == "POST" and what != ANY else None
    asked = {name: request.GET[name] for name in ASKED if name in request.GET}
    forms = [
        form(data, initial=asked, **about)
        for form in (FORMS.values() if what == ANY else [FORMS[what]])
    ]
    if data is not None and forms[0].is_valid() and (found := enter(forms[0], by=request.user)):
        return redirect(found["page"] or "phone:products")
    context = {"forms": forms, "any": what == ANY, "about": json.dumps({"team": team.pk})}
    context["is_first"] = not Origin.objects.filter(by=request.user).exists()
    return render(request, "phone/register.html", context)
