"""What a succession must satisfy before anything is written."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _

from cncd.foundation.places import checks
from cncd.foundation.places.actions.drafts import Draft
from cncd.foundation.places.checks import Refused, shown
from cncd.foundation.places.models import Place, PlaceVersion, Succession

Kind = Succession.Kind
WHOLE = Decimal(1)
TOLERANCE = Decimal("0.00001")


def check_shares(kind: str, rows: list[tuple]) -> None:
    """Raises Refused unless every old place passes on all of itself, or, for a transfer, a part."""
    if kind not in Kind.values or not rows:
        raise Refused(_("Say which units end, which continue, and how."))
    if any(not 0 < share <= 1 for _old, _new, share in rows):
        raise Refused({"shares": _("A share is more than 0 and at most 1 (100%).")})
    if len({(old.pk, _key(new)) for old, new, _share in rows}) < len(rows):
        raise Refused({"shares": _("The same pair of units stands there twice.")})
    totals: dict[Place, list[Decimal]] = defaultdict(list)
    for old, _new, share in rows:
        totals[old].append(share)
    for old, parts in totals.items():
        _check_parts(kind, old, parts)


def _check_parts(kind: str, old: Place, parts: list[Decimal]) -> None:
    total = sum(parts)
    if kind == Kind.TRANSFER:
        if total >= WHOLE:
            raise Refused(
                {"shares": _("%(place)s would pass on everything: merge it.") % {"place": old}}
            )
    elif abs(total - WHOLE) > TOLERANCE:
        raise Refused(
            {
                "shares": _("The shares of %(place)s sum to %(sum)s instead of 1.")
                % {"place": old, "sum": f"{total.normalize():f}".replace(".", ",")}
            }
        )
    elif kind == Kind.MERGE and len(parts) > 1:
        raise Refused(
            {"kind": _("%(place)s goes to several units: that is a split.") % {"place": old}}
        )


def _key(new: Place | Draft):
    return ("draft", id(new)) if isinstance(new, Draft) else new.pk


def check_successor(kind: str, old: Place, new: Place | Draft, on: dt.date) -> None:
    """Raises Refused unless the new place is another one, of the right level, there on that day."""
    if old == new:
        raise Refused(_("%(place)s cannot succeed itself.") % {"place": old})
    name = f"{new.kind} {new.name}" if isinstance(new, Draft) else str(new)
    level = new.kind.level if isinstance(new, Draft) else new.level
    if kind != Kind.ABOLISH and old.level_id != level.pk:
        raise Refused(_("%(old)s and %(new)s are of different levels.") % {"old": old, "new": name})
    version_to_end(kind, old, on)
    if isinstance(new, Draft):
        return
    if checks.in_force(new, on) is None:
        raise Refused(
            {"on": _("%(place)s does not exist on %(day)s.") % {"place": name, "day": shown(on)}}
        )
    if Succession.objects.filter(old=old, new=new, on=on).exists():
        raise Refused(
            _("%(old)s → %(new)s on %(day)s is recorded already.")
            % {"old": old, "new": name, "day": shown(on)}
        )


def version_to_end(kind: str, old: Place, on: dt.date) -> PlaceVersion:
    """The last version of the old place; raises Refused unless it holds until that day."""
    last = old.versions.select_related("kind", "place__level").get(is_last=True)
    if last.since_on >= on:
        raise Refused(
            {
                "on": _("%(place)s has a change on %(day)s. Undo that one first.")
                % {"place": old, "day": shown(last.since_on)}
            }
        )
    gone = last.until_on is not None and last.until_on < on
    gone |= kind == Kind.TRANSFER and last.until_on == on
    if gone or old.successors.exclude(kind=Kind.TRANSFER).exists():
        raise Refused(
            {"on": _("%(place)s ended on %(day)s.") % {"place": old, "day": shown(last.until_on)}}
        )
    return last
