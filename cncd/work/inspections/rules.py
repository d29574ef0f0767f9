"""What is true of inspections without a database or a clock."""

from collections.abc import Iterable

DAYS_TO_SETTLE = 15  # proposed for a finding, days from the inspection
ANSWER, JUDGE, DONE = "answer", "judge", "done"  # whose turn a finding is


def missing_of(result: str, remedy: str, answerable, due_on) -> list[str]:
    """The fields an unmet finding still lacks before the inspection may be concluded."""
    if result != "unmet":
        return []
    held = {"remedy": remedy, "answerable": answerable, "due_on": due_on}
    return [name for name, value in held.items() if not value]


def turn_of(settled_at, verdicts: Iterable[str]) -> str:
    """Whose turn it is: the inspected answer, the inspecting unit looks at the answer, or nobody's.

    `verdicts` are those of the answers given so far, "" for one not looked at.
    """
    if settled_at:
        return DONE
    return JUDGE if "" in verdicts else ANSWER


def share_met(results: Iterable[str]) -> tuple[int, int]:
    """How many items are met, of those that apply and were looked at."""
    counted = [result for result in results if result in ("met", "unmet")]
    return counted.count("met"), len(counted)
