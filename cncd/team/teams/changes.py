"""What a consolidation changes, told before it is confirmed: two rosters, line by line. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """A member on a day, in words: the values keep the order they are shown in."""

    person: int
    name: str
    values: tuple[tuple[str, str], ...]  # (label, value)


@dataclass(frozen=True)
class Altered:
    name: str
    steps: tuple[tuple[str, str, str], ...]  # (label, before, after)


@dataclass(frozen=True)
class Changes:
    """Who joins, leaves and changes; hamlets that come and go; how many before and after."""

    joined: list[Standing]
    left: list[Standing]
    altered: list[Altered]
    hamlets_in: list[str]
    hamlets_out: list[str]
    before: int
    after: int


def changes_between(before, after, hamlets_before=(), hamlets_after=()) -> Changes:
    """The differences between two rosters (lists of Standing) and two lists of hamlet names."""
    old, new = ({row.person: row for row in side} for side in (before, after))
    both = [(old[key], new[key]) for key in old if key in new]
    return Changes(
        joined=[row for key, row in new.items() if key not in old],
        left=[row for key, row in old.items() if key not in new],
        altered=[_altered(was, now) for was, now in both if was.values != now.values],
        hamlets_in=[name for name in hamlets_after if name not in hamlets_before],
        hamlets_out=[name for name in hamlets_before if name not in hamlets_after],
        before=len(old),
        after=len(new),
    )


def _altered(was: Standing, now: Standing) -> Altered:
    pairs = zip(was.values, now.values, strict=True)
    return Altered(
        now.name, tuple((label, old, new) for (label, old), (_same, new) in pairs if old != new)
    )
