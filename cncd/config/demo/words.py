"""What people of the demo write: notes of logs, results in words, difficulties, proposals.

{ap} stands for ấp or khóm, {xa} for xã, phường or thị trấn.
"""

import tomllib
from pathlib import Path

TEXTS = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
NOTES: dict[str, list[str]] = TEXTS["notes"]
VENUES: dict[str, list[str]] = TEXTS["venues"]  # by kind of activity
REASONS: dict[str, list[str]] = TEXTS["reasons"]  # by check
NARRATIVES: list[str] = TEXTS["words"]["narratives"]
DIFFICULTIES: list[list[str]] = TEXTS["words"]["difficulties"]  # [code of the category, text]
PROPOSALS: list[str] = TEXTS["words"]["proposals"]
NEXT_MONTH: list[str] = TEXTS["words"]["next_month"]
UNIT_NARRATIVES: list[str] = TEXTS["words"]["unit_narratives"]
RETURN_NOTES: dict[str, list[str]] = TEXTS["return_notes"]  # by figure
