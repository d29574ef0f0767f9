"""Entering what stands on paper: one sheet as a grid, or many teams' lines from Excel."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.people.access import allow
from cncd.work.activities.actions import BatchRefused
from cncd.work.logsheets.actions import enter_sheet, locked_teams
from cncd.work.logsheets.forms import CodeForm, SheetGrid
from cncd.work.logsheets.imports import LinesImport
from cncd.work.logsheets.rules import WrongCode
from cncd.work.logsheets.sheets import LogSheet, sheet_of_code


@allow("activities.log")
def sheet(request, code):
    """The lines of a sheet: those entered, and boxes for the others."""
    try:
        found = sheet_of_code(code, request.user)
    except WrongCode:
        found = None
    if found is None or not found.has_begun:
        return _not_found(request, code)
    if found.code != code:
        return redirect("logsheets:sheet", found.code)
    asked = request.GET.get("sheets", "1")
    asked = int(asked) if asked.isdecimal() else 1
    grid = SheetGrid(found, request.POST or None, sheets=asked)
    if request.method == "POST" and grid.is_valid() and _entered(request, grid):
        return redirect("logsheets:sheet", found.code)
    context = {"grid": grid, "sheet": found, "asked": asked, "more": asked + 1}
    context["locked"] = bool(locked_teams([found.team], found.period))
    return render(request, "logsheets/sheet.html", context)


def _entered(request, grid: SheetGrid) -> bool:
    """Whether the lines were written down; else the grid says why not."""
    try:
        made = enter_sheet(
            sheet=grid.sheet,
            lines=grid.lines,
            by=request.user,
            confirmed="confirmed" in request.POST,
        )
    except BatchRefused as error:
        grid.show(error.lines)
        return False
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    _say(request, grid.sheet, made)
    return True


def _say(request, sheet: LogSheet, made: list) -> None:
    if not made:
        messages.info(request, _("Nothing new on this sheet: every line was entered before."))
        return
    text = ngettext(
        "%(n)d line of the sheet %(code)s is written down: %(people)d people.",
        "%(n)d lines of the sheet %(code)s are written down: %(people)d people.",
        len(made),
    )
    people = sum(activity.people for activity in made)
    messages.success(request, text % {"n": len(made), "code": sheet.code, "people": people})


def _not_found(request, code: str):
    """The form for a code, saying what is wrong with this one."""
    form = CodeForm({"code": code}, user=request.user)
    if form.is_valid():
        form.add_error("code", _("The month of this sheet has not begun yet."))
    context = {"form": form}
    return render(request, "logsheets/code.html", context, status=404)


@allow("activities.log")
def lines(request):
    """Lines of many teams at once: pasted or uploaded, looked at, confirmed."""
    return LinesImport(request, back=reverse("activities:list")).response()
