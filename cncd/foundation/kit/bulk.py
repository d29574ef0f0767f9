"""Writing many rows at once: changed ones, and the lines of a file."""

from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

BATCH = 500


def rewrite(rows, fields) -> None:
    """Saves those fields of rows that stand already, in one statement for every BATCH rows.

    An upsert on the primary key: several times quicker than `bulk_update`, whose statement grows
    with rows × fields. The rows must be complete, as read from the database.
    """
    rows = list(rows)
    if rows:
        type(rows[0])._default_manager.bulk_create(
            rows,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=[rows[0]._meta.pk.name],
            update_fields=list(fields),
        )


class LinesRefused(ValidationError):
    """Nothing of the batch was written; `lines` is [(index from 0, field, message)]."""

    def __init__(self, lines: list[tuple[int, str, str]]):
        self.lines = lines
        super().__init__([f"{index + 1}: {message}" for index, _field, message in lines])

    def by_row(self, numbers: list[int]) -> ValidationError:
        """The same, by the numbers the rows have in the file."""
        told = _("Row %(row)s: %(message)s")
        return ValidationError(
            [told % {"row": numbers[index], "message": text} for index, _field, text in self.lines]
        )


def made_of_lines(lines: Iterable, make: Callable, refusal: type[ValidationError]) -> list:
    """What `make` gives for each line of a file, when it takes them all.

    Raises LinesRefused naming each line for which `make` raised `refusal`, with its first field.
    """
    made, wrong = [], []
    for index, line in enumerate(lines):
        try:
            made.append(make(line))
        except refusal as refused:
            field, messages = next(iter(refused.message_dict.items()))
            wrong.append((index, field, messages[0]))
    if wrong:
        raise LinesRefused(wrong)
    return made
