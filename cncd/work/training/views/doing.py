"""One way to act on what was sent: what is refused stands at its field."""

from django.core.exceptions import ValidationError
from django.db import transaction


def done(request, act, form):
    """What `act` gives once everything sent is right; else None, and the form says why."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        with transaction.atomic():
            return act()
    except ValidationError as refusal:
        said = set(getattr(refusal, "error_dict", {}))
        if said and said <= set(form.fields):
            form.add_error(None, refusal)
        else:
            form.add_error(None, refusal.messages)
        return None
