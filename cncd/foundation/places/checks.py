"""What a change to the tree must satisfy: reads only, refuses with a message at the field."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cncd.foundation.kit.text import spelling, tidy
from cncd.foundation.places.models import Place, PlaceKind, PlaceVersion
from cncd.foundation.places.rules import CODE, HAMLET

NAME_LENGTH = 120
LATITUDES, LONGITUDES = (-90, 90), (-180, 180)


class Refused(ValidationError):
    """The tree cannot be changed so; the message says why, at the field where there is one."""


def shown(day: dt.date) -> str:
    return date_format(day, "d/m/Y")


def kind_named(kind: PlaceKind | str) -> PlaceKind:
    """The kind, given itself or its code; raises Refused when there is none."""
    if isinstance(kind, PlaceKind):
        return kind
    found = PlaceKind.objects.select_related("level").filter(code=kind).first()
    if found is None:
        raise Refused({"kind": _("There is no type of unit “%(kind)s”.") % {"kind": kind}})
    return found


def permission_for(level) -> str:
    return "hamlets.change" if level.code == HAMLET else "places.change"


def require(by, level, place: Place | None, day: dt.date) -> None:
    """Raises PermissionDenied unless the person may change units of that level at the place.

    Authority counts today or on the day of the change; what stands at the top of the tree is for
    the installation's own administrator. `by=None` is the system itself.
    """
    if by is None:
        return
    permission = permission_for(level)
    if place is None:
        allowed = by.is_superuser
    else:
        allowed = by.can(permission, place=place) or by.can(permission, place=place, on=day)
    if not allowed:
        raise PermissionDenied(permission)


def clean_name(name: str) -> str:
    """The name as it is kept; raises Refused when it is empty or too long."""
    name = tidy(name)
    if not name:
        raise Refused({"name": _("Write the name.")})
    if len(name) > NAME_LENGTH:
        raise Refused({"name": _("The name is longer than %(most)s letters.") % {"most": 120}})
    return name


def clean_code(code: str) -> str:
    """The code as it is kept; raises Refused when it is not a code."""
    code = tidy(code)
    if not CODE.fullmatch(code):
        raise Refused(
            {"code": _("A code has digits, letters, dots and hyphens only, at most 20 signs.")}
        )
    return code


def clean_position(latitude, longitude) -> None:
    """Raises Refused for half a position, or one that is not on earth."""
    if (latitude is None) != (longitude is None):
        raise Refused(_("Give both latitude and longitude, or neither."))
    for value, (least, most), field in (
        (latitude, LATITUDES, "latitude"),
        (longitude, LONGITUDES, "longitude"),
    ):
        if value is not None and not least <= value <= most:
            raise Refused({field: _("This is not a position in degrees.")})


def in_force(place: Place, day: dt.date) -> PlaceVersion | None:
    """The version of the place on that day."""
    return place.versions.on(day).select_related("kind", "place__level").first()


def end_of_parent(parent: Place | None, level, since: dt.date, until: dt.date | None):
    """How long a unit of that level may stand under the parent from `since`: until this day (None:

    open). Raises Refused when the parent is not above it, or does not last from `since` to `until`.
    """
    if parent is None:
        if level.rank > PlaceKind.objects.order_by("level__rank").first().level.rank:
            raise Refused({"parent": _("Choose the unit it stands under.")})
        return until
    if parent.level.rank >= level.rank:
        raise Refused(
            {
                "parent": _("%(parent)s is not a higher level of administration.")
                % {"parent": parent}
            }
        )
    end = _last_day_of(parent, since)
    if until is not None and end is not None and end < until:
        raise ends_before(parent, end)
    return until or end


def ends_before(parent: Place, end: dt.date) -> Refused:
    """A child may not outlive its parent."""
    return Refused(
        {
            "parent": _("%(parent)s ends on %(day)s, before this unit does.")
            % {"parent": parent, "day": shown(end)}
        }
    )


def _last_day_of(parent: Place, since: dt.date) -> dt.date | None:
    """The day the parent ends (None: open); raises Refused unless it exists on `since`."""
    if in_force(parent, since) is None:
        raise Refused(
            {
                "parent": _("%(parent)s does not exist on %(day)s.")
                % {"parent": parent, "day": shown(since)}
            }
        )
    return parent.versions.get(is_last=True).until_on


def code_is_free(code, level, since, until, *, but: Place | None = None) -> None:
    """Raises Refused when another unit of that level bears the code on one of the days."""
    taken = PlaceVersion.objects.overlapping(since, until).filter(code=code, place__level=level)
    found = taken.exclude(place=but).select_related("kind").first()
    if found:
        raise Refused(
            {"code": _("Code %(code)s belongs to %(place)s.") % {"code": code, "place": found}}
        )


def name_is_free(version: PlaceVersion) -> None:
    """Raises Refused when a sibling of the same type bears the name on one of its days."""
    siblings = PlaceVersion.objects.overlapping(version.since_on, version.until_on).filter(
        parent=version.parent, kind=version.kind, search_key=version.search_key
    )
    mine = spelling(version.name)
    others = siblings.exclude(place=version.place_id).select_related("kind")
    found = next((each for each in others if spelling(each.name) == mine), None)
    if found:
        raise Refused(
            {
                "name": _("There is already %(place)s (code %(code)s) under the same unit.")
                % {"place": found, "code": found.code}
            }
        )


def open_to_change(place: Place, day: dt.date) -> PlaceVersion:
    """The version a change from that day would close; raises Refused when there is none, or when
    a later change stands in the way.
    """
    version = in_force(place, day)
    if version is None:
        last = place.versions.get(is_last=True)
        if last.until_on and last.until_on <= day:
            raise Refused(
                {
                    "on": _("%(place)s ended on %(day)s.")
                    % {"place": place, "day": shown(last.until_on)}
                }
            )
        first = place.versions.order_by("since_on").first()
        raise Refused(
            {
                "on": _("%(place)s begins on %(day)s only.")
                % {"place": place, "day": shown(first.since_on)}
            }
        )
    if not version.is_last and version.since_on != day:
        later = place.versions.get(is_last=True)
        raise Refused(
            {
                "on": _("%(place)s has a later change, on %(day)s. Undo that one first.")
                % {"place": place, "day": shown(later.since_on)}
            }
        )
    return version
