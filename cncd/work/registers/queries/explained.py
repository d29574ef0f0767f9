"""What stood in the registers behind a figure: exactly the versions that were counted."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from cncd.foundation.kit import figures
from cncd.foundation.kit.text import sort_key
from cncd.foundation.places import queries as places_room
from cncd.team.programme.models import Platform
from cncd.work.registers.contents import MODELS
from cncd.work.registers.models import Listing, Owner, PaymentAccount, Product, RecordVersion

KINDS = {  # as a figure cites them → as versions are kept
    "products": "product",
    "listings": "listing",
    "shops": "shop",
    "owners": "owner",
    "accounts": "account",
    "commitments": "commitment",
}
COUNTED = ("product", "owner", "shop")  # what figures count; the other kinds only show it


class Stood(NamedTuple):
    """One counted record as it was when it was counted."""

    title: str
    detail: str
    kind: str  # product, owner or shop
    key: str
    has_changed: bool  # it, or what shows it, was changed or taken out since


class Cited(NamedTuple):
    """A version that a figure cites."""

    kind: str
    key: str
    content: dict
    has_changed: bool


def explain(records: Iterable, day: dt.date) -> list[Stood]:
    """The products, owners or storefronts behind a figure of that day, by name; ≤ 12 queries."""
    cited = _cited(records)
    units = next(([each for each in cited if each.kind == kind] for kind in COUNTED
                  if any(each.kind == kind for each in cited)), [])  # fmt: skip
    words = _Words(cited, day)
    shown = _evidence([each for each in cited if each not in units])
    found = [
        Stood(
            title=words.title(unit),
            detail=" · ".join(
                filter(None, [words.about(unit), *map(words.about, shown[unit.key])])
            ),
            kind=unit.kind,
            key=unit.key,
            has_changed=unit.has_changed or any(each.has_changed for each in shown[unit.key]),
        )
        for unit in units
    ]
    return sorted(found, key=lambda each: sort_key(each.title))


def _cited(records: Iterable) -> list[Cited]:
    wanted = defaultdict(dict)
    for kind, pk, number in records:
        wanted[KINDS[kind]][str(pk)] = number
    found = []
    for kind, numbers in wanted.items():
        rows = MODELS[kind].objects.filter(pk__in=numbers)
        now = {
            str(pk): withdrawn is None and version == numbers[str(pk)]
            for pk, version, withdrawn in rows.values_list("pk", "version", "withdrawn_at")
        }
        exact = Q(kind=kind, record__in=numbers)
        versions = RecordVersion.objects.filter(exact).values_list("record", "number", "content")
        found += [
            Cited(kind, str(pk), content, not now.get(str(pk), False))
            for pk, number, content in versions
            if number == numbers[str(pk)]
        ]
    return found


def _evidence(cited: list[Cited]) -> dict[str, list[Cited]]:
    """Product or owner → what shows that it counts."""
    listed = [each for each in cited if each.kind == "listing"]
    rows = Listing.objects.filter(pk__in=[each.key for each in listed])
    owners = {str(pk): str(owner) for pk, owner in rows.values_list("pk", "product__owner")}
    found = defaultdict(list)
    for each in cited:
        if each.kind == "listing":
            found[each.content["product"]].append(each)
            found[owners.get(each.key, "")].append(each)
        else:
            found[each.content["owner"]].append(each)
    return found


class _Words:
    """Names of what versions hold as codes, read once."""

    def __init__(self, cited: list[Cited], day: dt.date):
        self.day = day
        contents = [each.content for each in cited]
        codes = {content.get("floor") or content.get("provider") for content in contents}
        platforms = Platform.objects.filter(code__in=codes - {None})
        self.platforms = dict(platforms.values_list("code", "name"))
        places = {content["place"] for content in contents if "place" in content}
        self.places = places_room.names(places, day)

    def title(self, unit: Cited) -> str:
        content = unit.content
        if unit.kind == "shop":
            return content["name"] or self.platforms.get(content["floor"], content["floor"])
        return content["name"]

    def about(self, each: Cited) -> str:
        return getattr(self, f"_{each.kind}")(each.content)

    def _place(self, content: dict) -> str:
        named = self.places.get(content["place"])
        return named.full_name if named else ""

    def _product(self, content: dict) -> str:
        held = next((r for r in content["recognitions"] if self._holds(r)), None)
        kind = Product.Kind(content["kind"]).label
        rank = f"{kind} {_rank(held)}" if held else kind
        return ", ".join(filter(None, [str(rank), content["owner_name"], self._place(content)]))

    def _listing(self, content: dict) -> str:
        state = next((s for s, *span in content["spans"] if self._within(*span)), content["state"])
        floor = self.platforms.get(content["floor"], content["floor"])
        return f"{floor}: {str(Listing.State(state).label).lower()}"

    def _shop(self, content: dict) -> str:
        words = {
            "owner": content["owner_name"],
            "floor": self.platforms.get(content["floor"], content["floor"]),
            "day": figures.day(dt.date.fromisoformat(content["opened_on"])),
        }
        return _("%(owner)s, storefront on %(floor)s, opened on %(day)s") % words

    def _owner(self, content: dict) -> str:
        kind = Owner.Kind(content["kind"]).label
        return ", ".join(filter(None, [str(kind), self._place(content)]))

    def _account(self, content: dict) -> str:
        kind = str(PaymentAccount.Kind(content["kind"]).label)
        provider = self.platforms.get(content["provider"], "")
        return f"{kind}: {provider}" if provider else kind

    def _commitment(self, content: dict) -> str:
        day = figures.day(dt.date.fromisoformat(content["signed_on"]))
        return _("signed on %(day)s") % {"day": day}

    def _holds(self, row: dict) -> bool:
        return self._within(row["since_on"], row["until_on"])

    def _within(self, since: str, until: str | None) -> bool:
        day = self.day.isoformat()
        return since <= day and (until is None or day < until)


def _rank(recognition: dict) -> str:
    if recognition["is_potential"]:
        return _("potential 5 stars")
    return _("%(star)s stars") % {"star": recognition["star"]}
