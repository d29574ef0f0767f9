"""From a valid form to the action: once however often it is sent, refusals at the fields."""

import datetime as dt
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.envelopes.actions import DifferentContent, once
from cncd.foundation.files.actions import store_file
from cncd.foundation.kit import refusing
from cncd.work.registers import actions
from cncd.work.registers.actions import ChangedMeanwhile
from cncd.work.registers.history import changes_of


def done(form, run: Callable, *, refused: dict | None = None):
    """What `run` returns; None when the action refused, with its errors at the form's fields.

    `refused` says which field of the form stands for a field of the action.
    """
    try:
        return run()
    except ValidationError as error:
        add_refusal(form, error, refused or {})
        return None


def added(form, what: str, run: Callable, *, by):
    """As `done`, for something new: the same page sent twice adds it once; the record's id."""

    def kept() -> dict:
        record = run()
        for each in getattr(form, "likely", ()):  # looked at, and found to be another one
            actions.tell_apart(first=record, second=each.record, by=by)
        return {"record": str(record.pk)}

    try:
        envelope = form.envelope_of(kind=f"registers.{what}", sender=by)
        return once(**envelope, run=kept)["record"]
    except DifferentContent:
        form.add_error(None, _("This was saved already. Open it in the list to change it."))
    except ValidationError as error:
        add_refusal(form, error, {})
    return None


def add_refusal(form, error: ValidationError, names: dict) -> None:
    """Shows what an action refused; where somebody was quicker, what stands now beside it."""
    if isinstance(error, ChangedMeanwhile) and "version" in form.fields:
        # Sent once more, what the person wrote holds over what stands now.
        form.data = form.data.copy()
        form.data["version"] = str(error.record.version)
        form.clash = changes_of(error.record)[: error.record.version - form.cleaned_data["version"]]
    refusing.add_refusal(form, error, names=names)


def until(last_day: dt.date | None) -> dt.date | None:
    """The last day people count in, as the first day on which it no longer holds."""
    return last_day and last_day + dt.timedelta(days=1)


def stored(ready, by):
    """The file of a form, kept; None when there is none."""
    return store_file(upload=ready, by=by) if ready else None


# -- likely duplicates -------------------------------------------------------------------------


def may_be_again(form) -> bool:
    """Whether a new record looks like one that stands; then the page asks, and nothing is written.

    `form.likely` holds what it may be; the person ticks that it is another one, or opens it.
    """
    form.likely = form.likely_ones()
    return bool(form.likely) and not form.cleaned_data.get("is_new")


# -- a product from its papers -------------------------------------------------------------------


@transaction.atomic
def enter_product(form, *, by):
    """Writes down a product with its owner, recognition and listing, where the form has them."""
    said = form.cleaned_data
    owner = form.owner or actions.add_owner(
        kind=said["owner_kind"], name=said["owner_name"], place=said["place"], by=by
    )
    product = actions.add_product(owner=owner, by=by, **form.fields_of())
    if said["rank"]:
        star, is_potential = said["rank"]
        actions.recognise(
            product=product,
            star=star,
            is_potential=is_potential,
            number=said["number"],
            decided_on=said["decided_on"],
            by=by,
        )
    if said["floor"]:
        actions.list_product(product=product, floor=said["floor"], address=said["address"], by=by)
    return product


def recognise(form, product, *, by):
    said = form.cleaned_data
    star, is_potential = said["rank"]
    return actions.recognise(
        product=product,
        star=star,
        is_potential=is_potential,
        number=said["number"],
        decided_on=said["decided_on"],
        until_on=until(said["last_day"]),
        file=stored(said["file"], by),
        by=by,
    )


@transaction.atomic
def change_product(form, product, *, by):
    """Puts a product right; an owner of a new name is added when the form says its kind."""
    said = form.cleaned_data
    owner = form.owner or actions.add_owner(
        kind=said["owner_kind"], name=said["owner_name"], place=said["place"], by=by
    )
    version = said["version"]
    return actions.change_product(
        product=product, version=version, owner=owner, by=by, **form.fields_of()
    )
