"""Who gets a seat, who waits for one: first come, first served."""

from collections.abc import Iterable


def is_free(capacity: int | None, taken: int) -> bool:
    """Whether one more may come; a session without a number of seats is never full."""
    return capacity is None or taken < capacity


def moving_up(capacity: int | None, taken: int, waiting: Iterable) -> list:
    """Of those who wait, in their turn, the ones for whom there is a seat now."""
    queue = list(waiting)
    return queue if capacity is None else queue[: max(0, capacity - taken)]
