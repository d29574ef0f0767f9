"""`{% load alike %}`: what a form is about to save, beside what stands already."""

from django import template
from django.urls import reverse
from django.utils import timezone

from cncd.work.registers.alike import Likely
from cncd.work.registers.comparing import facts_of
from cncd.work.registers.places import unit_names

register = template.Library()


@register.simple_tag(takes_context=True)
def beside(context, form) -> list[dict]:
    """For each likely record: its facts beside those typed, and where it opens if in reach."""
    user = context["request"].user
    places = {_place(each.record) for each in form.likely} | {_typed_place(form)}
    named = unit_names({pk for pk in places if pk}, timezone.localdate())
    typed = _typed(form, named)
    return [_one(each, typed, named, user) for each in form.likely]


def _one(each: Likely, typed: dict, named: dict, user) -> dict:
    record = each.record
    facts = facts_of(record, named.get(_place(record), ("", "")))
    kind = record._meta.model_name
    is_open = type(record)._default_manager.visible_to(user).filter(pk=record.pk).exists()
    return {
        "name": str(record),
        "commune": each.commune,
        "reasons": each.reasons,
        "sides": [(fact.label, typed.get(fact.column, ""), fact.value) for fact in facts],
        "address": reverse(f"registers:{kind}", args=[record.pk]) if is_open else "",
    }


def _typed(form, named: dict) -> dict[str, str]:
    """What stands in the form, by the column it would fill."""
    said = form.cleaned_data
    owner = getattr(form, "owner", None)
    place = _typed_place(form)
    found = {
        "name": said.get("name"),
        "kind": dict(form.fields["kind"].choices).get(said.get("kind")) if "kind" in said else "",
        "owner_id": owner.name if owner else said.get("owner_name"),
        "place_id": ", ".join(part for part in named.get(place, ()) if part),
        "group_id": said.get("group"),
        "address": said.get("address"),
        "note": said.get("note"),
    }
    return {column: str(value or "") for column, value in found.items()}


def _typed_place(form) -> int | None:
    return getattr(form.cleaned_data.get("place"), "pk", None)


def _place(record) -> int:
    return record.place_id if hasattr(record, "place_id") else record.owner.place_id
