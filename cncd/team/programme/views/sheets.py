"""What each level's report holds: read as it will look, and changed from a period on."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Level
from cncd.team.programme import actions, queries, wording
from cncd.team.programme.forms.sheets import SheetForm
from cncd.team.programme.models import Sheet
from cncd.team.programme.views.context import about, answer_form


@allow("programme.view")
def sheets(request):
    """One sheet per level, with how much it asks."""
    day = timezone.localdate()
    levels = [(level, _parts(level, day)) for level in Level.objects.order_by("-rank")]
    return render(request, "programme/sheets.html", about(request, "sheets", levels=levels))


@allow("programme.view")
def sheet(request, level: str):
    """The report of a level as it will look."""
    found = get_object_or_404(Level, code=level)
    day = timezone.localdate()
    later = Sheet.objects.filter(level=found, since_on__gt=day).first()
    parts = _parts(found, later.since_on if later and "later" in request.GET else day)
    context = about(request, "sheets", level=found, parts=parts, later=later)
    return render(request, "programme/sheet.html", context)


def _parts(level: Level, day) -> dict:
    """The sheet of the level that day, its asked lines and its counted ones, in order."""
    found = queries.sheet_on(level.code, day)
    names = wording.names_of_codes()
    asked, counted = [], []
    for row in queries.sheet_rows(level.code, day):
        words = wording.source_in_words(row.source, names)
        (counted if row.counter else asked).append((row, words))
    required = [(row, words) for row, words in asked if row.required]
    free = [(row, words) for row, words in asked if not row.required]
    return {"sheet": found, "required": required, "free": free, "counted": counted}


@allow("programme.change")
def change(request, level: str):
    found = get_object_or_404(Level, code=level)
    form = SheetForm(request.POST or None, level=found)
    if not form.lines:
        raise Http404
    return answer_form(
        request,
        form,
        run=lambda: actions.change_sheet(
            level=found,
            since_on=form.cleaned_data["since_on"],
            lines=form.chosen(),
            by=request.user,
        ),
        done=_("The sheet changes from the period you chose."),
        back=reverse("programme:sheet", args=[level]),
        title=gettext("Change the report sheet: level %(level)s") % {"level": found.name},
        template="programme/change_sheet.html",
    )
