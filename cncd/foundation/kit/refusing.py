"""From a form that was sent to an action, and from what the action refuses back to the form."""

from collections.abc import Callable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

ABOVE = None  # the form, not one of its fields


def done(request, act: Callable, form, *others):
    """What `act` gives (True for nothing) once the page was sent and every form is right.

    None when the page is to be shown, or shown again: a refusal stands at its field. Several
    actions inside `act` stand or fall together. `others` are forms beside the first, or papers.
    """
    if request.method != "POST" or not all([each.is_valid() for each in (form, *others)]):
        return None
    try:
        with transaction.atomic():
            result = act()
    except ValidationError as refusal:
        add_refusal(form, refusal, beside=others)
        return None
    return True if result is None else result


def add_refusal(form, error: ValidationError, *, names: Mapping | None = None, beside=()) -> None:
    """Shows what an action refused at the field it speaks of, or above the form.

    `names` says which field of the form stands for a field of the action; what only a form (or
    the form of a paper) `beside` it asks for stands there.
    """
    if not hasattr(error, "error_dict"):
        form.add_error(ABOVE, error)
        return
    forms = [form, *(getattr(each, "form", each) for each in beside)]
    for said, errors in error.error_dict.items():
        name = said if said in form.fields else (names or {}).get(said, said)
        where = next((one for one in forms if one.is_bound and name in one.fields), None)
        (where or form).add_error(name if where else ABOVE, errors)
