"""Figures that were taken, beside what records say today: a report withdrawn, a log put right."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cncd.results.pilots import wording
from cncd.results.pilots.models import Moment, Pilot, PilotValue
from cncd.results.pilots.queries.figures import known
from cncd.team.programme import rules as laws

SHOWN = 5


@dataclass(frozen=True)
class Otherwise:
    """A figure as it was taken, and as records state it now (None: they no longer state it)."""

    row: PilotValue
    now: int | str | None

    @property
    def in_words(self) -> str:
        measure = self.row.measure
        return _("%(kept)s, now %(now)s") % {
            "kept": wording.shown(self.row, measure),
            "now": laws.show(self.now, measure.factor),
        }


def now_otherwise(pilot: Pilot, rows: Iterable[PilotValue]) -> list[Otherwise]:
    """Those taken from records that records state differently today; by hand ones stay out."""
    taken = [row for row in rows if row.origin != PilotValue.Origin.HAND]
    places = dict(pilot.units.values_list("pk", "place"))
    found = []
    for moment in Moment:
        mine = [row for row in taken if row.moment == moment and row.unit_id in places]
        today = known(pilot, sorted({places[row.unit_id] for row in mine}), moment) if mine else {}
        for row in mine:
            now = today.get((places[row.unit_id], row.measure_id))
            value = now.value if now else None
            if value != wording.value_of(row):
                found.append(Otherwise(row, value))
    return found


def told(found: list[Otherwise], names: dict[int, str]) -> list[str]:
    """One sentence for each moment, naming the first few."""
    sentences = []
    for moment in Moment:
        mine = [each for each in found if each.row.moment == moment]
        if not mine:
            continue
        which = "; ".join(
            f"{names.get(each.row.unit_id, '')}, {each.row.measure.code}: {each.in_words}"
            for each in mine[:SHOWN]
        )
        words = {"moment": moment.label, "n": len(mine), "which": which}
        words["more"] = "…" if len(mine) > SHOWN else ""
        sentences.append(
            _(
                "%(moment)s: records have changed since %(n)d figures were taken"
                " (%(which)s%(more)s). They stay as taken until they are taken anew."
            )
            % words
        )
    return sentences
