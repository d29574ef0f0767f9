"""How a group, its search keys and its versions are laid down; the verbs beside this call it."""

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import KEY_LENGTH, expand, sort_key
from cncd.work.channels.models import Channel, ChannelVersion

# What may be changed; place, team and level say which group it is.
PLAIN = ("name", "link", "member_count", "is_common")
DAYS = ("opened_on", "last_active_on")
LINKS = ("platform", "agency", "runner")
CHANGEABLE = (*PLAIN, *DAYS, *LINKS)
TOLD = (*PLAIN, *DAYS, "platform", "agency")  # people are told of apart


def index(channel: Channel) -> None:
    """Sets the keys a group is searched and sorted by; the name itself stays as it was pasted."""
    channel.search_key = expand(channel.name)[:260]
    channel.sort_key = sort_key(channel.name, numbers=True)[:KEY_LENGTH]


def content_of(channel: Channel, admins=None) -> dict:
    """What a version keeps: the fields, codes and ids instead of rows, and who is ticked."""
    admins = channel.admins.all() if admins is None else admins
    return {
        **{name: getattr(channel, name) for name in PLAIN},
        **{name: _day(getattr(channel, name)) for name in (*DAYS, "closed_on")},
        "platform": channel.platform.code,
        "level": channel.level.code,
        **{f"{name}": getattr(channel, f"{name}_id") for name in ("place", "team", "agency")},
        "runner": channel.runner_id,
        "admins": sorted(person.pk for person in admins),
    }


def _day(day) -> str | None:
    return day and day.isoformat()


def add_version(channel: Channel, *, by, at, content: dict | None = None) -> ChannelVersion:
    """Keeps the group as it stands now under its version number."""
    return ChannelVersion.objects.create(
        channel=channel,
        number=channel.version,
        content=content or content_of(channel),
        by=by,
        at=at,
    )


def read_aloud(channel: Channel) -> dict:
    """The fields as the journal tells them; people are named apart, where names can be erased."""
    return {
        **{name: getattr(channel, name) for name in PLAIN},
        **{name: _day(getattr(channel, name)) for name in DAYS},
        "platform": str(channel.platform),
        "agency": str(channel.agency) if channel.agency else None,
    }


def tell(event: str, channel: Channel, *, by, on, now, before=None, after=None, **more) -> None:
    """Writes the one journal entry; `on` is the first day from which TC13, TC14 differ."""
    record(
        event=event,
        subject=channel,
        by=by,
        place=channel.place_id,
        team=channel.team_id,
        before=before,
        after=(after or {}) | {"on": on.isoformat()},
        now=now,
        **more,
    )
