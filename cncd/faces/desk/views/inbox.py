"""The inbox."""

from django.shortcuts import render
from django.utils import timezone

from cncd.faces.desk import inbox as waiting
from cncd.foundation.people.access import allow


@allow("desk.open")
def inbox(request):
    """What waits for this person today."""
    found = waiting.items(request.user, timezone.localtime())
    waiting.keep_count(request, len(found))
    return render(request, "desk/inbox.html", {"items": found})
