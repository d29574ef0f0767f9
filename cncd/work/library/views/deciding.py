"""The Sở reads what an enterprise submitted, and lets it appear or returns it (IV.5)."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.work.library import actions
from cncd.work.library.forms import DecideForm
from cncd.work.library.models import Edition
from cncd.work.library.views.reading import item_of


@allow("library.approve")
def decide(request, pk):
    """The text that waits beside the one that is read; a note; approve or return."""
    found = item_of(request, pk)
    if not request.user.can("library.approve", place=found.place):
        raise Http404
    form = DecideForm(request.POST or None, initial={"version": found.version})
    act = actions.approve_item if form.approves else actions.refuse_item
    if done(request, lambda: act(item=found, by=request.user, **form.cleaned_data), form):
        told = _("Approved: everybody can read it now.")
        say_done(request, told if form.approves else _("Returned to its writer with your note."))
        return redirect("library:item", pk)
    waits = found.open and found.open.state == Edition.State.SUBMITTED
    if request.method == "GET" and not waits:
        return redirect("library:item", pk)
    context = {"item": found, "edition": found.open or found.current, "form": form, "waits": waits}
    return render(request, "library/decide.html", context)
