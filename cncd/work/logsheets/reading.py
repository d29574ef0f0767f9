"""From what is written in a line to an entry: the same for the grid, a paste and an Excel file."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.kit.text import fold
from cncd.foundation.places.queries import names
from cncd.team.programme.models import Language, Period
from cncd.team.teams.models import Coverage, Team
from cncd.work.activities.forms import ActivityForm, count_field
from cncd.work.activities.rules import Done
from cncd.work.logsheets.legend import Legend
from cncd.work.logsheets.rules import day_written


class Column(NamedTuple):
    """One thing a line says."""

    key: str
    label: object  # may be lazy
    is_count: bool = False


class Read(NamedTuple):
    """A line as read: the entry, or what is wrong at which column ("" for the line as a whole)."""

    done: Done | None
    faults: list[tuple[str, str]]


class Reader:
    """Made once for as many lines, teams and columns as there are; five queries."""

    def __init__(self, period: Period, teams):
        self.period, self.teams = period, list(teams)
        self.legend = Legend(period.first_day, period.last_day)
        self.languages = list(Language.objects.all())
        self.hamlets = _hamlets(self.teams, period)
        self.columns = self._columns()
        # The fields of the page's form, so that a number is read and refused as it is there.
        self._counts = {c.key: count_field(str(c.label)) for c in self.columns if c.is_count}
        self._note = ActivityForm.base_fields["note"]

    def _columns(self) -> list[Column]:
        several = any(len(found) > 1 for found in self.hamlets.values())
        return [
            Column("day", gettext_lazy("Day")),
            Column("content", gettext_lazy("Content")),
            Column("people", gettext_lazy("People helped"), True),
            Column("elderly", gettext_lazy("Aged 60 and over"), True),
            *(Column(f"language_{row.code}", row.name, True) for row in self.languages),
            Column("households", gettext_lazy("Households"), True),
            *([Column("place", gettext_lazy("Hamlet"))] if several else []),
            Column("note", gettext_lazy("Note")),
        ]

    def read(self, team: Team, texts: Mapping[str, str]) -> Read:
        """The entry a line of the team says; whether it may be written the action decides."""
        said, faults = {}, []
        readers = {"day": self._day, "content": self.legend.read, "note": self._note.clean}
        for column in self.columns:
            text = (texts.get(column.key) or "").strip()
            read = readers.get(column.key) or self._counts[column.key].clean
            try:
                said[column.key] = self._hamlet(team, text) if column.key == "place" else read(text)
            except (ValueError, ValidationError) as error:
                faults.append((column.key, " ".join(getattr(error, "messages", [str(error)]))))
        return Read(None if faults else self._done(said), faults)

    def _day(self, text: str) -> dt.date:
        if not text:
            raise ValueError(_("Write the day as a number, for example 7."))
        return day_written(text, self.period.first_day, self.period.last_day)

    def _hamlet(self, team: Team, text: str) -> int | None:
        if not text:
            return None  # the action takes the only one there is
        for pk, name in self.hamlets[team.pk]:
            if fold(text) in (fold(name.name), fold(name.full_name)):
                return pk
        known = ", ".join(name.name for _pk, name in self.hamlets[team.pk])
        raise ValueError(
            _("The team covers no such hamlet. It covers: %(known)s.") % {"known": known}
        )

    def _done(self, said: dict) -> Done:
        kind, contents = said["content"]
        people = said["people"] or 0
        languages = {row.code: said[f"language_{row.code}"] or 0 for row in self.languages}
        return Done(
            kind=kind,
            happened_on=said["day"],
            people=people,
            elderly=said["elderly"] or 0,
            households=said["households"] or 0,
            contents={
                code: people if n is None else n
                for code, n in contents.items()
                if people or n is not None
            },
            languages={code: n for code, n in languages.items() if n},
            place=said.get("place"),
            note=said["note"],
        )


def column_of(field: str) -> str:
    """Where a fault of the rules is shown."""
    if field.startswith("content_") or field == "kind":
        return "content"
    return {"happened_on": "day", "languages": ""}.get(field, field)


def _hamlets(teams, period: Period) -> dict[int, list]:
    """Team id → [(id of a hamlet it covers in the month, its name)], in order."""
    after = period.last_day + dt.timedelta(days=1)
    rows = Coverage.objects.overlapping(period.first_day, after).filter(team__in=teams)
    pairs = set(rows.values_list("team", "place"))
    named = names({place for _team, place in pairs}, period.last_day)
    found = defaultdict(list)
    for team, place in pairs:
        if place in named:
            found[team].append((place, named[place]))
    for rows in found.values():
        rows.sort(key=lambda row: row[1].sort_key)
    return found
