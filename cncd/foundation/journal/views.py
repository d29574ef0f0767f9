"""Reading the journal: who changed what, when, and what stood before."""

from django.shortcuts import get_object_or_404, render

from cncd.foundation.journal import queries
from cncd.foundation.journal.forms import DaysForm
from cncd.foundation.journal.lists import HERE, JournalList
from cncd.foundation.journal.models import Entry
from cncd.foundation.people.access import allow


@allow("journal.view")
def journal(request):
    """Entries in reach, by unit, person, kind and day; with `?about=` those of one record."""
    kind, _colon, pk = request.GET.get("about", "").rpartition(":")
    here = None if kind else request.scope.place
    if here and request.GET.get("where", HERE) == HERE:
        entries = Entry.objects.within(here, request.scope.today, request.user)
    else:
        entries = Entry.objects.visible_to(request.user)
    entries = entries.about_kind(kind, pk) if kind else entries
    days = DaysForm(request.GET if {"since", "until"} & request.GET.keys() else None)
    kept = [(k, v) for k, v in request.GET.items() if k not in ("since", "until", "page")]
    named = entries.filter(subject_kind=kind, subject_id=pk).first() if kind else None
    context = {"days": days, "about": named, "kept": kept}
    found = days.narrowed(entries)
    return JournalList(request, found, has_unit=bool(here), context=context).response()


@allow("journal.view")
def entry(request, pk):
    """One entry with all its rows."""
    visible = Entry.objects.visible_to(request.user)
    found = get_object_or_404(queries.with_place_names(visible), pk=pk)
    context = {
        "told": queries.told([found], request.user)[0],
        "rows": queries.rows_of(found, request.user),
    }
    return render(request, "journal/entry.html", context)
