"""Groups from an Excel file, or pasted from a list."""

from django.http import Http404
from django.urls import reverse

from cncd.foundation.people.access import allow
from cncd.work.channels.imports import ChannelImport


@allow("channels.change")
def imported(request):
    """Upload or paste, look at the rows, confirm; for the unit in sight and all below it."""
    place = request.scope.place or request.scope.commune
    if place is None:
        raise Http404
    return ChannelImport(request, unit=place, back=reverse("channels:list")).response()
