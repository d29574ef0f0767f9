"""The link of a group as a square code to print and hang up: A4, or A6 to hand out."""

from django.http import Http404
from django.shortcuts import render

from cncd.foundation.people.access import allow
from cncd.foundation.places import queries as place_queries
from cncd.work.channels.views.scope import seen

SIZES = ("a4", "a6")


@allow("channels.view")
def poster(request, pk):
    """One sheet with the code, the name of the group and whose it is."""
    found = seen(request, pk)
    if not found.link:
        raise Http404
    asked = request.GET.get("size", "")
    named = place_queries.names([found.place_id], request.scope.day)[found.place_id]
    context = {"channel": found, "unit": named, "size": asked if asked in SIZES else SIZES[0]}
    return render(request, "channels/poster.html", context)
