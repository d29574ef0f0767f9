"""What the evaluation of a session may show."""

LEAST_ANSWERS = 5  # fewer would say who answered what


def may_show(answers: int) -> bool:
    """Whether so many answers hide each of them."""
    return answers >= LEAST_ANSWERS


def mean(counts: dict[int, int]) -> float | None:
    """The mean mark, of how often each mark was given; None of none."""
    number = sum(counts.values())
    return sum(mark * times for mark, times in counts.items()) / number if number else None
