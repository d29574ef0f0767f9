"""What the registers count, what a count was made of, and the 100% line."""

from cncd.work.registers.queries.counted import counted
from cncd.work.registers.queries.explained import explain
from cncd.work.registers.queries.touched import touched_since

__all__ = ["counted", "explain", "touched_since"]
