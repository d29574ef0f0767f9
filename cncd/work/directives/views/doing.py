"""What views of this room share: what a page is about, if the person may act on it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from cncd.foundation.people.views.answers import Paper
from cncd.work.directives.models import Directive, Obligation
from cncd.work.directives.queries.rights import may_give_at


class SourcePaper(Paper):
    """The document a directive comes from, entered beside it."""

    KIND = "dispatch"


def directed(request, pk) -> Directive:
    """A directive of the person's own giving: 404 out of sight, 403 where others give."""
    rows = Directive.objects.visible_to(request.user).select_related("place__level", "agency")
    found = get_object_or_404(rows, pk=pk)
    if not may_give_at(request.user, found.place, found.agency):
        raise PermissionDenied("directives.give")
    return found


def owed(request, pk) -> Obligation:
    """An obligation within sight."""
    rows = Obligation.objects.visible_to(request.user).listed()
    rows = rows.select_related(
        "directive__place", "directive__agency", "ask__kind", "ask__period", "above__place"
    )
    return get_object_or_404(rows.listed(), pk=pk)
