"""How the number of a document is written."""

import re

from cncd.foundation.kit.text import tidy

PREFIX = re.compile(r"^(số|so|no\.?)\s*:?\s*(?=\d)", re.IGNORECASE)
SIGNS = re.compile(r"\s*([/\-–])\s*")


def tidy_number(text: str) -> str:
    """The number as decree 30/2020 writes it: "Số : 12 / QĐ – UBND" is "12/QĐ-UBND"."""
    return SIGNS.sub(r"\1", PREFIX.sub("", tidy(text))).replace("–", "-")
