"""What is true of texts without a database: words, queries, snippets, markup, the way they go."""

from cncd.work.library.rules.handing import state_after_writing
from cncd.work.library.rules.markup import html_of, size_of, text_of

__all__ = ["html_of", "size_of", "state_after_writing", "text_of"]
