"""Questions about the library."""

from cncd.work.library.queries.guides import guides_for, kept_on_phone
from cncd.work.library.queries.inboxes import dues
from cncd.work.library.queries.shelf import files_in_reach, uses_of_document, with_names

__all__ = [
    "dues",
    "files_in_reach",
    "guides_for",
    "kept_on_phone",
    "uses_of_document",
    "with_names",
]
