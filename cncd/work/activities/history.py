"""The versions of one activity side by side, in words."""

from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cncd.foundation.kit.figures import daytime
from cncd.foundation.people.models import Person
from cncd.team.teams.models import Team
from cncd.work.activities.ground import Catalogue
from cncd.work.activities.models import Activity, ActivityVersion
from cncd.work.activities.rules import Done, shown
from cncd.work.activities.sentences import FIELDS
from cncd.work.activities.wording import as_read, place_name


class Cell(NamedTuple):
    text: str
    changed: bool  # against the version before


class Field(NamedTuple):
    label: str
    cells: list[Cell]  # one per version, oldest first


class Change(NamedTuple):
    version: ActivityVersion
    fields: list[tuple[str, str, str]]  # label, before, after


class History(NamedTuple):
    versions: list[ActivityVersion]
    fields: list[Field]

    @property
    def now(self) -> list[tuple[str, str]]:
        """Each filled field as it stands."""
        return [
            (field.label, field.cells[-1].text) for field in self.fields if field.cells[-1].text
        ]

    @property
    def changes(self) -> list[Change]:
        """What each version after the first changed, the latest first."""
        return [
            Change(
                version,
                [
                    (field.label, field.cells[place - 1].text, field.cells[place].text)
                    for field in self.fields
                    if field.cells[place].changed
                ],
            )
            for place, version in enumerate(self.versions)
            if place
        ][::-1]


def history(activity: Activity) -> History:
    """Every version, oldest first, and each field that any of them fills, in a fixed order."""
    versions = list(activity.versions.select_related("by__person"))
    catalogue = Catalogue()
    entries = [Done.from_content(version.content) for version in versions]
    names = _names(entries)
    told = [_in_words(done, catalogue, names) for done in entries]
    filled = [name for name in FIELDS if any(name in row for row in told)]
    labels = FIELDS | {"participants": _("who took part")}
    return History(versions, [Field(labels[name], _cells(told, name)) for name in filled])


class Clash(NamedTuple):
    """A change refused because of another one: both, for a person to decide."""

    sides: list[tuple[str, str, str]]  # label, what is recorded now, what was to be written
    other: str  # who made the other change, and when
    version: int  # what the entry has now

    @classmethod
    def between(cls, activity: Activity, done: Done) -> "Clash":
        """An entry as it stands, and what somebody else was about to write."""
        last = activity.versions.select_related("by__person").get(number=activity.version)
        other = f"{last.by}, {daytime(last.at)}"
        sides = differences(Done.from_content(last.content), done)
        return cls(sides, other, activity.version)


def differences(one: Done, other: Done) -> list[tuple[str, str, str]]:
    """Each field in which two forms of an entry differ: (label, the one's text, the other's)."""
    names, known = _names([one, other]), Catalogue()
    first, second = (_in_words(done, known, names) for done in (one, other))
    labels = FIELDS | {"participants": _("who took part")}
    return [
        (capfirst(labels[name]), first.get(name, ""), second.get(name, ""))
        for name in FIELDS
        if first.get(name, "") != second.get(name, "")
    ]


def _cells(told: list[dict], name: str) -> list[Cell]:
    texts = [row.get(name, "") for row in told]
    before = [texts[0], *texts]
    return [Cell(text, text != old) for text, old in zip(texts, before, strict=False)]


def _names(entries: list[Done]) -> dict:
    people = {pk for done in entries for pk in done.participants}
    teams = {pk for done in entries for pk in done.joint_teams}
    return {
        "participants": dict(Person.objects.filter(pk__in=people).values_list("pk", "full_name")),
        "joint_teams": dict(Team.objects.filter(pk__in=teams).values_list("pk", "name")),
        "place": {pk: place_name(pk) for pk in {done.place for done in entries}},
    }


def _in_words(done: Done, catalogue: Catalogue, names: dict) -> dict[str, str]:
    """Each filled field as text."""
    row = {name: str(value) for name, value in as_read(done, catalogue).items()}
    row["happened_on"] = shown(done.happened_on)
    if done.ended_on:
        row["ended_on"] = shown(done.ended_on)
    for name in ("participants", "joint_teams"):
        known = names[name]
        row[name] = ", ".join(known.get(pk, _("removed")) for pk in getattr(done, name))
    row |= {"place": names["place"].get(done.place, ""), "note": done.note}
    return {name: text for name, text in row.items() if text}
