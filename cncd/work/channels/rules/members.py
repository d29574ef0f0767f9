"""Who fits a required kind of member of a common group (II.2.9)."""

from collections.abc import Mapping
from typing import NamedTuple


class Fit(NamedTuple):
    """Roles and branches (codes; none: any), and the levels at which the post is held.

    Of the levels the first that the unit has above it (or is) counts; with `anywhere`, all of them.
    """

    roles: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    anywhere: bool = False

    @classmethod
    def read(cls, content: Mapping) -> "Fit":
        """The fit as a row keeps it."""
        words = {name: tuple(content.get(name) or ()) for name in ("roles", "branches", "at")}
        return cls(**words, anywhere=bool(content.get("anywhere")))

    def as_content(self) -> dict:
        return {name: value for name, value in self._asdict().items() if value}

    def places(self, chain: Mapping[str, int]) -> set[int]:
        """Of the units at and above a group's unit, by level, those where the post may be held."""
        found = [chain[level] for level in self.at if level in chain]
        return set(found if self.anywhere else found[:1])

    def holds(self, *, role: str, branch: str, place: int, chain: Mapping[str, int]) -> bool:
        """Whether who holds this post is of the kind asked for."""
        return (
            (not self.roles or role in self.roles)
            and (not self.branches or branch in self.branches)
            and place in self.places(chain)
        )
