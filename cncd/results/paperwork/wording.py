"""A `Drawn` as the database keeps it, and the way back: words as JSON, figures by number.

`{"t": "text", "w": ["Trong tháng, Tổ đã giúp ", 0, " lượt người."]}`: 0 is the first figure.
"""

from dataclasses import fields

from cncd.foundation.kit.text import nfc
from cncd.results.paperwork.drawing import (
    Annex,
    Article,
    Block,
    Bullet,
    Centred,
    Drawn,
    Figure,
    Heading,
    Signing,
    Table,
    Text,
    Words,
    runs_of,
)
from cncd.results.paperwork.rules.signing import bare_name

BLOCKS = {
    "text": Text, "heading": Heading, "centred": Centred, "article": Article, "bullet": Bullet,
    "table": Table,
}  # fmt: skip
NAMES = {kind: name for name, kind in BLOCKS.items()}
PLAIN = ("agency", "place_name", "symbol", "about", "title", "superior", "authority", "filed")
QUOTES = str.maketrans({"«": "“", "»": "”"})  # « » mark figures where words are edited


def written(drawn: Drawn) -> tuple[dict, list[Figure]]:
    """The words to keep, and the figures in the order of their numbers."""
    figures: list[Figure] = []

    def words(found: Words) -> list:
        runs = []
        for run in runs_of(found):
            if isinstance(run, Figure):
                figures.append(run)
                runs.append(len(figures) - 1)
            else:
                runs.append(tidied(run))
        return runs

    kept = {name: tidied(getattr(drawn, name)) for name in PLAIN}
    kept |= {
        "signing": {f.name: tidied(getattr(drawn.signing, f.name)) for f in fields(Signing)}
        | {"name": bare_name(tidied(drawn.signing.name))},
        "bases": [words(base) for base in drawn.bases],
        "addressees": [tidied(one) for one in drawn.addressees],
        "body": [_block(block, words) for block in drawn.body],
        "annexes": [
            {
                "title": tidied(annex.title),
                "landscape": annex.landscape,
                "body": [_block(block, words) for block in annex.body],
            }
            for annex in drawn.annexes
        ],
        "recipients": [tidied(one) for one in drawn.recipients],
        "fields": {name: tidied(text) for name, text in drawn.fields.items()},
    }
    return kept, figures


def tidied(text: str) -> str:
    return nfc(str(text)).translate(QUOTES)


def read(kept: dict, figures: list[Figure]) -> Drawn:
    """What was written, as a `Drawn` again."""

    def words(runs: list) -> Words:
        return tuple(figures[run] if isinstance(run, int) else run for run in runs)

    return Drawn(
        **{name: kept[name] for name in PLAIN},
        signing=Signing(**kept["signing"]),
        bases=tuple(words(base) for base in kept["bases"]),
        addressees=tuple(kept["addressees"]),
        body=tuple(_read_block(block, words) for block in kept["body"]),
        annexes=tuple(
            Annex(
                annex["title"],
                tuple(_read_block(block, words) for block in annex["body"]),
                annex["landscape"],
            )
            for annex in kept["annexes"]
        ),
        recipients=tuple(kept["recipients"]),
        fields=kept["fields"],
    )


def _block(block: Block, words) -> dict:
    found = {"t": NAMES[type(block)]}
    if isinstance(block, Table):
        return found | {
            "heads": [tidied(head) for head in block.heads],
            "rows": [[words(cell) for cell in row] for row in block.rows],
            "widths": list(block.widths),
            **{name: getattr(block, name) for name in ("align", "total", "caption", "small")},
        }
    found["w"] = words(block.words)
    for name in ("level", "lead", "sign"):
        if hasattr(block, name):
            found[name] = getattr(block, name)
    return found


def _read_block(kept: dict, words) -> Block:
    kind = BLOCKS[kept["t"]]
    rest = {name: value for name, value in kept.items() if name not in ("t", "w", "rows")}
    if kind is Table:
        rows = tuple(tuple(words(cell) for cell in row) for row in kept["rows"])
        rest |= {"heads": tuple(kept["heads"]), "widths": tuple(kept["widths"])}
        return Table(rows=rows, **rest)
    return kind(words=words(kept["w"]), **rest)
