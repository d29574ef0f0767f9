"""The kind of a difficulty nobody gave one, from its words."""

from cncd.team.programme.models import DifficultyCategory
from cncd.work.difficulties.likeness import kind_guessed

OTHER = "khac"


def guessed(text: str) -> DifficultyCategory:
    """The kind its words speak of, else "other"; one that is in the catalogue."""
    rows = DifficultyCategory.objects.filter(code__in=[kind_guessed(text), OTHER])
    found = {row.code: row for row in rows}
    return found.get(kind_guessed(text)) or found.get(OTHER) or DifficultyCategory.objects.first()
