"""The 100% line: OCOP products on a floor, what is missing, and who could help (II.2.3)."""

from django.shortcuts import render
from django.urls import reverse

from cncd.foundation.people.access import allow
from cncd.work.registers.queries.line import LinePage
from cncd.work.registers.views.line_lists import ShelfList, UnitTable, told


@allow("registers.view")
def home(request):
    """How many of the recognised products of the unit in sight are on a floor, and checked."""
    scope = request.scope
    page = LinePage(scope.place, scope.period, scope.day, request.user)
    units = UnitTable(request, page.units, prefix="u-")
    products = ShelfList(request, page)
    for table in (units, products):
        if part := table.part():
            return part
    context = {
        "page": page,
        "units": units.view,
        "list": products.view,
        "changes": told(page),
        "may_enter": request.user.can("registers.enter"),
        "first_step": reverse("registers:product_new"),
        "tab": "home",
    }
    return render(request, "registers/line.html", context)
