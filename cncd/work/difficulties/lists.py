"""The inbox of difficulties as a table."""

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.places.models import Level, PlaceVersion
from cncd.team.programme.models import DifficultyCategory
from cncd.work.difficulties.queries.inbox import own_cases
from cncd.work.difficulties.wording import STATES, owner_name, state_of


def named(rows):
    """With what the places are called now, as `owner_named` and `place_named`."""
    last = PlaceVersion.objects.filter(is_last=True)
    called = last.annotate(called=Concat("kind__name", Value(" "), "name")).values("called")
    return rows.annotate(
        owner_named=Subquery(called.filter(place=OuterRef("owner"))[:1]),
        place_named=Subquery(called.filter(place=OuterRef("place"))[:1]),
    )


def where(case) -> str:
    """The team, or the unit, that raised it."""
    return case.team.name if case.team else case.place_named


def whose(case) -> str:
    """The unit that answers, and who of it was named."""
    unit = owner_name(case.owner_named, with_leaders=case.with_leaders)
    return f"{unit}: {case.assignee.person.full_name}" if case.assignee_id else unit


def _in_state(rows, value: str):
    if value == "late":
        return rows.overdue(timezone.now())
    if value == "climbed":
        return rows.open().filter(climbs__gte=1)
    return rows.filter(state=value)


def _kinds(_request):
    return DifficultyCategory.objects.order_by("order", "pk").values_list("code", "name")


def _levels(_request):
    rows = Level.objects.exclude(code="hamlet").order_by("-rank")
    return [(code, name.capitalize()) for code, name in rows.values_list("code", "name")]


def _matching(rows, text: str):
    for word in text.split():
        rows = rows.filter(Q(search_key__contains=word) | Q(team__search_key__contains=word))
    return rows


class CaseList(List):
    title = _("Difficulties")
    name = "kho-khan"
    template = "difficulties/list.html"
    columns = [
        Column("text", _("What is difficult"), value=str, sort="text", excel="text",
               link=lambda case: reverse("difficulties:case", args=[case.pk])),
        Column("category", _("Kind"), value="category.name", sort="category__name"),
        Column("raised_at", _("Where it was raised"), value=where,
               sort="place_named"),
        Column("origins", _("Raised from"), kind="number", sort="origins",
               help=_("How many teams and units told of it.")),
        Column("owner", _("Who answers"), value=whose, sort="owner_named"),
        Column("due", _("Answer by"), kind="date", sort="due_at",
               value=lambda case: timezone.localdate(case.due_at)),
        Column("state", _("State"), kind="badge", value=lambda case: state_of(case)[0],
               tone=lambda case: state_of(case)[1], sort="due_at"),
        Column("climbs", _("Times climbed"), kind="number", sort="climbs", hidden=True),
        Column("opened", _("Raised"), kind="date", sort="opened_at", hidden=True,
               value=lambda case: timezone.localdate(case.opened_at)),
        Column("answer", _("Answer"), sort=None, hidden=True),
    ]  # fmt: skip
    filters = [
        Choice("state", _("State"), list(STATES.items()), _in_state, default="open"),
        Choice("kind", _("Kind"), _kinds, lambda rows, value: rows.filter(category__code=value)),
        Choice("level", _("At which level"), _levels,
               lambda rows, value: rows.filter(owner__level__code=value)),
    ]  # fmt: skip
    search = _matching
    search_hint = _("What is difficult, or the team")
    order = ("due_at", "pk")
    empty = _("No difficulty here. Teams raise them from the phone; they come to this list.")


def for_user(request) -> type[CaseList]:
    """The list with the filter "mine", for who answers anything."""

    class Inbox(CaseList):
        filters = [
            Choice("whose", _("Whose"), [("mine", _("Ours to answer"))],
                   lambda rows, _value: rows.filter(pk__in=own_cases(request.user).values("pk"))),
            *CaseList.filters,
        ]  # fmt: skip

    return Inbox
