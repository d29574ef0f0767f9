"""From a sent form to an action: one way for every page of this room."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404

from cncd.foundation.people.views.answers import Paper
from cncd.work.evaluations.actions import MarksRefused
from cncd.work.evaluations.actions.opening import may_decide
from cncd.work.evaluations.models import Evaluation, Round


class Order(Paper):
    """The decision or plan a round rests on."""

    KIND = "decision"


def done(request, act, form, *others):
    """What `act` gives once everything sent is right; a refusal stands at its field."""
    if request.method != "POST" or not all([each.is_valid() for each in (form, *others)]):
        return None
    try:
        with transaction.atomic():
            result = act()
    except MarksRefused as refusal:
        form.refuse(refusal.problems)
        return None
    except ValidationError as refusal:
        said = set(getattr(refusal, "error_dict", {}))
        known = bool(said) and said <= set(form.fields)
        form.add_error(None, refusal if known else refusal.messages)
        return None
    return True if result is None else result


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
