"""What others ask of the room."""

from .counted import counted
from .explained import explain
from .mine import dues
from .touched import touched_since

__all__ = ["counted", "dues", "explain", "touched_since"]
