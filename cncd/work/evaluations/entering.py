"""What a page of this room is about, if the person may act on it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from cncd.foundation.people.views.answers import Paper
from cncd.work.evaluations.actions.opening import may_decide
from cncd.work.evaluations.models import Evaluation, Round


class Order(Paper):
    """The decision or plan a round rests on."""

    KIND = "decision"


def round_seen(request, pk) -> Round:
    rows = Round.objects.visible_to(request.user).select_related("rules__level", "document")
    return get_object_or_404(rows, pk=pk)


def round_of_mine(request, pk) -> Round:
    """A round, for those who decide in it; 403 for others who see it."""
    found = round_seen(request, pk)
    if not may_decide(request.user, found.place_id):
        raise PermissionDenied("evaluations.decide")
    return found


def evaluation_seen(request, pk) -> Evaluation:
    rows = Evaluation.objects.visible_to(request.user)
    rows = rows.select_related("round__rules", "round__document", "team", "grade")
    return get_object_or_404(rows, pk=pk)
