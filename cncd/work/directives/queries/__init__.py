"""What others ask about directives."""

from cncd.work.directives.queries.counted import counted, due_days, told, touched_since
from cncd.work.directives.queries.documents import (
    documents_of_directives,
    files_in_reach,
    uses_of_document,
)

__all__ = [
    "counted",
    "documents_of_directives",
    "due_days",
    "files_in_reach",
    "told",
    "touched_since",
    "uses_of_document",
]
