"""What is typed from paper: the code of a sheet, and its lines as a grid."""

from dataclasses import dataclass, field
from functools import cached_property

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import NFCCharField
from cncd.team.teams.models import Team
from cncd.work.activities.actions import Line, wrong_lines
from cncd.work.activities.models import Activity
from cncd.work.activities.rules import Done
from cncd.work.logsheets.reading import Column, Read, Reader, column_of
from cncd.work.logsheets.rules import LINES, MOST_SHEETS, WrongCode
from cncd.work.logsheets.sheets import LogSheet, months, sheet_of_code

MOST_LINES = LINES * MOST_SHEETS


class CodeForm(forms.Form):
    """The code printed on a sheet, or the address in its square."""

    code = NFCCharField(
        label=_("Code on the sheet"),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("In the corner on the right, for example 3H9-5JC."),
    )

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.user = user

    def clean_code(self) -> LogSheet:
        try:
            found = sheet_of_code(self.cleaned_data["code"], self.user)
        except WrongCode as error:
            raise forms.ValidationError(str(error)) from error
        if found is None:
            raise forms.ValidationError(
                _("This sheet belongs to a team or month you cannot enter for.")
            )
        return found


class PrintForm(forms.Form):
    """Which month, and how many sheets for each team."""

    m = forms.ChoiceField(label=_("Month"), required=False)
    pages = forms.TypedChoiceField(
        label=_("Sheets for each team"), coerce=int, choices=[(n, n) for n in range(1, 6)]
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["m"].choices = [(month.code, str(month)) for month in months()]


@dataclass
class Cell:
    """One box of the grid."""

    column: Column
    name: str
    text: str
    faults: list[str] = field(default_factory=list)


class Row:
    """One line of the sheet: what was entered from it already, or boxes to type in."""

    def __init__(self, number: int, activity: Activity | None, columns: list[Column], data):
        self.number, self.activity = number, activity
        self.faults: list[str] = []
        self.cells = [
            Cell(column, name, data.get(name, "").strip() if data else "")
            for column in columns
            for name in [f"l{number}-{column.key}"]
        ]

    @property
    def texts(self) -> dict[str, str]:
        return {cell.column.key: cell.text for cell in self.cells}

    @property
    def is_blank(self) -> bool:
        return not any(cell.text for cell in self.cells)

    @property
    def is_wrong(self) -> bool:
        return bool(self.faults or any(cell.faults for cell in self.cells))

    @property
    def shown(self) -> list[object]:
        """An entered line, column by column."""
        languages = {row.language.code: row.people for row in self.activity.languages.all()}
        said = {f"language_{code}": number for code, number in languages.items()}
        said |= {
            "day": f"{self.activity.happened_on:%d/%m}",
            "content": self.activity.contents_in_words or self.activity.kind.short_name,
            "note": self.activity.note,
        }
        plain = ("people", "elderly", "households")
        said |= {name: getattr(self.activity, name) or "" for name in plain}
        return [(cell.column, said.get(cell.column.key, "")) for cell in self.cells]

    def say(self, key: str, message: str) -> None:
        """Puts a fault at the box it speaks of, else at the line."""
        for cell in self.cells:
            if cell.column.key == key:
                cell.faults.append(message)
                return
        self.faults.append(message)


class SheetGrid:
    """The lines of a sheet, to type in or to paste; bound when `data` is given."""

    def __init__(self, sheet: LogSheet, data=None, *, sheets: int = 1):
        self.sheet, self.data = sheet, data
        self.reader = Reader(sheet.period, [sheet.team])
        self.columns = self.reader.columns
        entered = sheet.entered
        last = max([0, *entered, *self._typed()])
        count = max(LINES * min(max(sheets, 1), MOST_SHEETS), -(-last // LINES) * LINES)
        self.rows = [
            Row(n, entered.get(n), self.columns, data) for n in range(1, min(count, MOST_LINES) + 1)
        ]
        self.is_doubtful = False

    def _typed(self) -> list[int]:
        """The lines that were sent."""
        numbers = (name[1:].partition("-")[0] for name in self.data or () if name.startswith("l"))
        return [int(n) for n in numbers if n.isdecimal() and 0 < int(n) <= MOST_LINES]

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= MOST_LINES

    @property
    def fresh(self) -> list[Row]:
        """What was typed, entered lines sent once more included: the action knows those."""
        return [row for row in self.rows if not row.is_blank]

    @cached_property
    def lines(self) -> dict[int, Done]:
        """Line → the entry it says, where it could be read; says at the boxes what could not."""
        found = {}
        for row in self.fresh:
            read: Read = self.reader.read(self.sheet.team, row.texts)
            for key, message in read.faults:
                row.say(key, message)
            if read.done:
                found[row.number] = read.done
        return found

    def is_valid(self) -> bool:
        """Whether every line could be read; what the rules say of readable ones is shown as well.

        So that somebody who types eighteen lines hears of all mistakes at once.
        """
        new = {n: done for n, done in self.lines.items() if n not in self.sheet.entered}
        if not any(row.is_wrong for row in self.rows):
            return True
        self.show([e for e in wrong_of(self.sheet.team, new) if not e.asks])
        return False

    def show(self, refused) -> None:
        """Puts what an action refused at the lines and boxes it names (`index` is the line)."""
        by_number = {row.number: row for row in self.rows}
        for each in refused:
            by_number[each.index].say(column_of(each.field), each.message)
        self.is_doubtful = bool(refused) and all(each.asks for each in refused)

    @property
    def wrong(self) -> list[Row]:
        return [row for row in self.rows if row.is_wrong]


def wrong_of(team: Team, lines: dict[int, Done]) -> list:
    """What the rules say about readable lines, by line of the sheet."""
    numbers = list(lines)
    found = wrong_lines([Line(team, lines[n]) for n in numbers], timezone.localdate())
    return [each._replace(index=numbers[each.index]) for each in found]
