"""The packaged catalogue of Sóc Trăng's plan, read from `data/*.csv` into typed rows."""

import csv
import datetime as dt
from importlib.resources import files
from typing import NamedTuple


def table(name: str) -> list[dict[str, str]]:
    """The rows of one packaged file."""
    text = files("cncd.team.programme").joinpath("data", f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def dates(row: dict[str, str], since: dt.date) -> dict | None:
    """The validity of a row for a programme that begins on `since`; None when it ended before."""
    begins = max(since, _day(row.get("since")) or since)
    until = _day(row.get("until"))
    if until and until <= begins:
        return None
    return {"since_on": begins, "until_on": until}


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


class CounterWords(NamedTuple):
    """A counter as written in the file: "activities:people:kind=hop-dan,su-kien"."""

    room: str
    counts: str
    filters: dict

    @classmethod
    def read(cls, text: str) -> "CounterWords | None":
        """The counter of that text; "" is none: asked by hand."""
        if not text:
            return None
        room, counts, *filters = text.split(":")
        parts = [part.split("=") for part in (filters[0].split(";") if filters else [])]
        return cls(room, counts, {name: _wanted(value) for name, value in parts})


def register_counters(level_code: str) -> list[str]:
    """Counters of registers, and of what logs tick there, that a figure of the level may use."""
    packaged = [row["source"] for row in table("measures") if row["level"] == level_code]
    found = [text for text in packaged if text.startswith(OF_REGISTERS)]
    return list(dict.fromkeys(found)) + MORE.get(level_code, [])


OF_REGISTERS = (
    "registers:",
    "households:",
    "channels:",
    "directives:",
    "training:",
    "activities:reached",
)
MORE = {"hamlet": ["registers:payable:kind=household"]}  # no packaged figure uses these


def _wanted(text: str) -> list[str] | bool:
    return True if text == "yes" else text.split(",")
