"""An entry in words: one sentence, what stood before and after, the rows of a batch."""

import html
import re
from dataclasses import dataclass, field
from string import Formatter

from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cncd.foundation.journal import words
from cncd.foundation.journal.models import Entry

PHONE = re.compile(r"\+?\d{9,12}")


@dataclass(frozen=True)
class Change:
    """One field: its label, what stood and what stands; None on a side that says nothing."""

    label: str
    before: str | None
    after: str | None


@dataclass
class Told:
    """An entry, ready to be shown."""

    entry: Entry
    sentence: SafeString
    changes: list[Change] = field(default_factory=list)
    may_open: bool = True  # whether its rows may be opened, by whoever reads it here

    @property
    def text(self) -> str:
        """The sentence without links, for Excel."""
        return html.unescape(strip_tags(self.sentence))

    @property
    def in_short(self) -> str:
        """The changes in one line each, for Excel."""
        return "\n".join(
            f"{c.label}: {c.after}" if c.before is None else f"{c.label}: {c.before} → {c.after}"
            for c in self.changes
        )


class Escaping(dict):
    """Words for a sentence; a key the entry does not have becomes a dash."""

    def __missing__(self, key):
        return "…"


def tell(entry: Entry, *, show_personal: bool, address: str = "") -> Told:
    """The entry in words, personal values only if `show_personal`; `address` opens the subject."""
    room = words.room_of(entry.event)
    before, after = (_plain_side(entry, side, show_personal) for side in ("before", "after"))
    known = Escaping({key: room.words(key, value) for key, value in (before | after).items()})
    known["actor"] = format_html("<strong>{}</strong>", entry.actor_name or _("The system"))
    known["subject"] = _linked(entry.subject_name, address)
    template = words.sentence_of(entry.event)
    escaped = Escaping({key: conditional_escape(value) for key, value in known.items()})
    # The template is ours, out of the catalogue; what is put into it is escaped.
    sentence = mark_safe(Formatter().vformat(template, (), escaped))  # noqa: S308
    told_already = {name for _text, name, _spec, _conversion in Formatter().parse(template) if name}
    return Told(entry, sentence, _changes(room, before, after, told_already))


def _linked(name: str, address: str) -> SafeString:
    return (
        format_html('<a href="{}">{}</a>', address, name) if address else conditional_escape(name)
    )


def _plain_side(entry: Entry, side: str, show_personal: bool) -> dict:
    """One side of the entry, with personal values put back in where they may be seen."""
    values = dict(getattr(entry, side))
    for kept in entry.personal_values.all():
        if kept.field not in values:
            continue
        if kept.erased_at:
            values[kept.field] = _("(erased)")
        elif not show_personal:
            values[kept.field] = _("(personal, not shown)")
        else:
            values[kept.field] = masked(getattr(kept, side))
    return values


def masked(text: str) -> str:
    """A phone number with its middle hidden: whole numbers are shown, and noted, elsewhere."""
    if not PHONE.fullmatch(text.replace(" ", "")):
        return text
    digits = text.replace(" ", "")
    return f"{digits[:3]}•••{digits[-3:]}"


def _changes(room: words.Room, before: dict, after: dict, told: set[str]) -> list[Change]:
    """What changed, field by field; what the sentence has said already is left out."""
    found = []
    for key in [*before, *(key for key in after if key not in before)]:
        label = room.label_of(key)
        if not label or (key in told and key not in before):
            continue
        sides = [room.words(key, side[key]) if key in side else None for side in (before, after)]
        if sides[1] is None and before:
            sides[1] = _("no longer")
        found.append(Change(label[:1].upper() + label[1:], *sides))
    return found


def told_rows(entry: Entry, names: dict[str, str]) -> list[str]:
    """The rows of a batch, one line each; `names` are those of records of the subject's kind.

    Ids are not shown: a row of ids whose records may not be seen is only counted.
    """
    room = words.room_of(entry.event)
    lines = []
    for row in entry.rows:
        if isinstance(row, dict):
            parts = [
                f"{room.label_of(key)}: {room.words(key, value)}"
                for key, value in row.items()
                if key != "name" and room.label_of(key)
            ]
            lines.append(" · ".join([str(row["name"]), *parts] if "name" in row else parts))
        elif isinstance(row, str) and not words.CODE.fullmatch(row):
            lines.append(row)
        elif str(row) in names:
            lines.append(names[str(row)])
    return [line for line in lines if line]
