"""What a writer says: the text of an edition, and what the item is about."""

from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True)
class Text:
    """One edition's words."""

    title: str
    body: str = ""
    summary: str = ""
    file: Any = None
    what_changed: str = ""


@dataclass(frozen=True)
class About:
    """What holds for every edition: the kind, for whom, in which language, about what."""

    kind: str = "guide"
    language: str = "vi"
    audiences: tuple[str, ...] = ("teams",)
    document: Any = None
    translation_of: Any = None
    contents: tuple = field(default=())
    duties: tuple = field(default=())
    platforms: tuple = field(default=())

    @classmethod
    def of(cls, item) -> "About":
        """As an item stands."""
        many = {name: tuple(getattr(item, name).all()) for name in MANY}
        plain = {name: getattr(item, name) for name in PLAIN}
        return cls(audiences=audiences_of(item), **plain, **many)


AUDIENCES = ("teams", "officials", "citizens")
MANY = ("contents", "duties", "platforms")
PLAIN = tuple(each.name for each in fields(About) if each.name not in (*MANY, "audiences"))


def audiences_of(item) -> tuple[str, ...]:
    return tuple(name for name in AUDIENCES if getattr(item, f"for_{name}"))
