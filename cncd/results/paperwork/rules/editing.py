"""The words of a draft as fields to edit, and back.

Figures stand between « and »: «1.234». Their text comes from the records and cannot be written
here; one may be taken out, or moved, but not changed. A field holds one paragraph a line; a line
more makes a paragraph more, an empty one goes away.
"""

import copy
import re
from dataclasses import dataclass

LONE = str.maketrans({"«": "“", "»": "”"})  # one without the other marks nothing
MARKED = re.compile("«([^«»]*)»")
LISTS = ("bases", "addressees", "recipients")
LINES = ("title", "authority", "superior", "agency", "place_name", "symbol", "about", "filed")
SIGNING = ("post", "name", "collective", "form", "head")


class UnknownFigure(Exception):
    """Between « and » stands what no figure of that field says."""

    def __init__(self, key: str, text: str):
        super().__init__(text)
        self.key, self.text = key, text


@dataclass(frozen=True)
class Field:
    """One field of the page: its key, what it holds, the kind of block."""

    key: str
    text: str
    kind: str  # text heading centred article bullet bases addressees recipients title


def fields_of(words: dict, figures: list[str]) -> list[Field]:
    """Everything that may be edited but the single lines, in the order of the document; tables
    stay as they are. `figures` are their texts by number."""
    found = [Field(name, _lines(words[name], figures), name) for name in LISTS[:2]]
    found += _of_blocks("body", words["body"], figures)
    for number, annex in enumerate(words["annexes"]):
        found.append(Field(f"annex.{number}.title", annex["title"], "title"))
        found += _of_blocks(f"annex.{number}", annex["body"], figures)
    return [*found, Field("recipients", _lines(words["recipients"], figures), "recipients")]


def edited(words: dict, figures: list[str], sent: dict[str, str]) -> dict:
    """The words with what was sent for some fields; raises UnknownFigure."""
    made = copy.deepcopy(words)
    made["bases"] = _list("bases", words["bases"], figures, sent)
    for name in ("addressees", "recipients"):
        if name in sent:
            made[name] = _split(sent[name])
    made["body"] = _blocks("body", words["body"], figures, sent)
    for number, annex in enumerate(made["annexes"]):
        annex["title"] = " ".join(sent.get(f"annex.{number}.title", annex["title"]).split())
        annex["body"] = _blocks(f"annex.{number}", words["annexes"][number]["body"], figures, sent)
    return made


def _of_blocks(prefix: str, blocks: list[dict], figures: list[str]) -> list[Field]:
    return [
        Field(f"{prefix}.{number}", marked(block["w"], figures), block["t"])
        for number, block in enumerate(blocks)
        if "w" in block
    ]


def _blocks(prefix: str, blocks: list[dict], figures: list[str], sent: dict) -> list[dict]:
    made = []
    for number, block in enumerate(blocks):
        key = f"{prefix}.{number}"
        if "w" not in block or key not in sent:
            made.append(block)
            continue
        known = [run for run in block["w"] if isinstance(run, int)]
        lines = [_runs(key, line, known, figures) for line in _split(sent[key])]
        more = {"t": "text"} if block["t"] == "article" else block
        made += [(more if place else block) | {"w": line} for place, line in enumerate(lines)]
    return made


def _list(key: str, lines: list, figures: list[str], sent: dict) -> list:
    if key not in sent:
        return lines
    known = [run for line in lines for run in line if isinstance(run, int)]
    return [_runs(key, line, known, figures) for line in _split(sent[key])]


def marked(runs: list, figures: list[str]) -> str:
    """The runs as text, figures between « and »."""
    return "".join(f"«{figures[run]}»" if isinstance(run, int) else run for run in runs)


def _runs(key: str, line: str, known: list[int], figures: list[str]) -> list:
    """The line as runs again; of two figures with one text the one not yet used comes first."""
    found: list = []
    for place, part in enumerate(MARKED.split(line)):
        if place % 2 == 0:
            found += [part.translate(LONE)] if part else []
            continue
        same = [number for number in known if figures[number] == part.strip()]
        if not same:
            raise UnknownFigure(key, part)
        found.append(next((number for number in same if number not in found), same[0]))
    return found or [""]


def _lines(rows: list, figures: list[str]) -> str:
    return "\n".join(marked(row, figures) if isinstance(row, list) else row for row in rows)


def _split(text: str) -> list[str]:
    return [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]
