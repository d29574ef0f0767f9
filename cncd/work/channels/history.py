"""Two versions of a group side by side, in words."""

from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cncd.foundation.kit import figures
from cncd.foundation.people.models import Agency, Person
from cncd.team.programme.models import Platform
from cncd.work.channels.models import Channel
from cncd.work.channels.sentences import FIELDS


class Clash(NamedTuple):
    """A change refused because of another one: both, for a person to decide."""

    sides: list[tuple[str, str, str]]  # label, what is recorded now, what was to be written
    other: str  # who made the other change, and when

    @classmethod
    def between(cls, channel: Channel, content: dict) -> "Clash":
        """A group as it stands, and what somebody else was about to write."""
        last = channel.versions.select_related("by__person").get(number=channel.version)
        return cls(differences(last.content, content), f"{last.by}, {figures.daytime(last.at)}")


def differences(one: dict, other: dict) -> list[tuple[str, str, str]]:
    """Each field in which two contents differ: (label, the one's text, the other's)."""
    first, second = in_words(one), in_words(other)
    return [
        (capfirst(str(FIELDS[name])), first.get(name, ""), second.get(name, ""))
        for name in FIELDS
        if first.get(name, "") != second.get(name, "")
    ]


def in_words(content: dict) -> dict[str, str]:
    """Each filled field of a version as text."""
    people = Person.objects.filter(pk__in=[content.get("runner"), *content.get("admins", ())])
    named = dict(people.values_list("pk", "full_name"))
    platform = Platform.objects.filter(code=content.get("platform")).first()
    agency = Agency.objects.filter(pk=content.get("agency")).first()
    found = {
        "name": content.get("name"),
        "link": content.get("link"),
        "member_count": content.get("member_count"),
        "is_common": _("yes") if content.get("is_common") else "",
        "opened_on": content.get("opened_on"),
        "closed_on": content.get("closed_on"),
        "last_active_on": content.get("last_active_on"),
        "platform": platform,
        "agency": agency,
        "runner": named.get(content.get("runner")),
        "admins": ", ".join(named[pk] for pk in content.get("admins", ()) if pk in named),
    }
    return {name: str(value) for name, value in found.items() if value not in (None, "")}
