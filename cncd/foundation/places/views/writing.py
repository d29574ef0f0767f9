"""From a form on a page to an action, and from its refusal back to the form."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from cncd.foundation.kit.refusing import add_refusal
from cncd.foundation.places.forms import CitedForm
from cncd.foundation.places.models import Place


def address(place: Place | None) -> str:
    """The page of the place; the list when there is none."""
    return reverse("places:place", args=[place.pk]) if place else reverse("places:list")


def done(request, form, run: Callable, *, cited: CitedForm | None = None) -> bool:
    """Runs `run(document)` when the page was sent and its forms are valid; False when refused.

    The cited document is kept in the same transaction; what is refused stands at the fields.
    """
    if request.method != "POST" or not (form.is_valid() & (cited is None or cited.is_valid())):
        return False
    asked = form
    try:
        with transaction.atomic():
            asked = cited
            document = cited.cited(by=request.user) if cited else None
            asked = form
            run(document)
    except ValidationError as refused:
        add_refusal(asked, refused)
        return False
    return True
