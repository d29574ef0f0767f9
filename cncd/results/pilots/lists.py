"""The tables of this room."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.results.pilots.models import Replication
from cncd.results.pilots.queries.given import CommuneLine, Wave
from cncd.results.pilots.rules.readiness import CONDITIONS
from cncd.results.pilots.wording import CONDITIONS as CONDITION_NAMES
from cncd.results.pilots.wording import COSTS, OUTCOMES, STAGES

STATE_TONES = {
    "draft": "soon",
    "approved": "info",
    "sent": "info",
    "agreed": "good",
    "returned": "late",
}


def _pilot(row) -> str:
    return reverse("pilots:pilot", args=[row.row.pk])


class PilotList(List):
    title = _("Pilots")
    name = "thi-diem"
    template = "pilots/list.html"
    columns = [
        Column("name", _("Pilot"), value="row.name", link=_pilot, sort="row.name"),
        Column("unit", _("Unit"), sort="unit"),
        Column("issued_on", _("Issued"), value="row.issued_on", kind="date", sort="row.issued_on"),
        Column("last_day", _("Ends"), value="row.days.last_day", kind="date"),
        Column("hamlets", _("Pilot hamlets"), kind="number", sort="hamlets", link=_pilot),
        Column("compared", _("Comparison hamlets"), kind="number", sort="compared",
               link=lambda row: reverse("pilots:candidates", args=[row.row.pk])),
        Column("stage", _("State"), kind="badge", value=lambda row: STAGES[row.stage][0],
               tone=lambda row: STAGES[row.stage][1]),
    ]  # fmt: skip
    filters = [Choice("stage", _("State"), [(code, words) for code, (words, _t) in STAGES.items()])]
    search_fields = ["row.name", "unit"]
    search_hint = _("Pilot or unit")
    empty = _("No pilot has been entered here yet.")


class CandidateList(List):
    title = _("Hamlets to compare with")
    name = "ap-doi-chung"
    template = "pilots/candidates.html"
    columns = [
        Column("name", _("Hamlet"), sort="name"),
        Column("beside", _("Beside the pilot hamlet"), sort="beside"),
        Column("households", _("Households"), kind="number", sort="households",
               link=lambda row: reverse("households:history", args=[row.place])),
        Column("apart", _("More or fewer households"), value="apart_in_words", sort="distance"),
        Column("outcome", _("Chosen or left out, and why"), kind="badge",
               value=lambda row: OUTCOMES[row.outcome],
               tone=lambda row: "good" if row.outcome == "taken" else "quiet", sort="outcome"),
    ]  # fmt: skip
    filters = [Choice("outcome", _("Outcome"), list(OUTCOMES.items()))]
    search_fields = ["name", "beside"]
    search_hint = _("Hamlet or commune")
    empty = _("No choice has been made yet.")


class DayList(List):
    title = _("Day by day")
    name = "tung-ngay"
    template = "pilots/days.html"
    columns = [
        Column("day", _("Day"), kind="date", sort="day", link=lambda row: row.page),
        Column("number", _("Day of the pilot"), kind="number", sort="number"),
        *(
            Column(name, label, kind="number", sort=name, total=True, link=lambda row: row.page)
            for name, label in (
                ("activities", _("Activities")),
                ("people", _("People helped")),
                ("raised", _("Difficulties that were raised")),
                ("answered", _("Difficulties answered")),
                ("reports", _("Reports sent")),
                ("lessons", _("Lessons")),
            )
        ),
    ]
    filters = [
        Choice("silent", _("Which days"), [("no", _("Only days on which something happened"))],
               lambda rows, _value: [row for row in rows if not row.is_silent]),
    ]  # fmt: skip
    empty = _("The pilot has not begun.")


class CostList(List):
    title = _("What it cost")
    name = "kinh-phi-thi-diem"
    template = "pilots/costs.html"
    columns = [
        Column("what", _("What for"), value=lambda row: row.row.what or str(row.row.purpose),
               link=lambda row: row.row.get_absolute_url(), sort="row.what"),
        Column("spent_on", _("Day"), kind="date", value="row.spent_on", sort="row.spent_on"),
        Column("unit", _("Unit that keeps the book"), sort="unit"),
        Column("purpose", _("Purpose"), value=lambda row: str(row.row.purpose),
               sort="row.purpose.order"),
        Column("source", _("Source"), value=lambda row: str(row.row.source),
               sort="row.source.order"),
        Column("amount", _("Amount (đồng)"), kind="number", value="row.amount", sort="row.amount"),
        Column("belongs", _("Of the pilot?"), kind="badge", sort="belongs",
               value=lambda row: COSTS[row.belongs],
               tone=lambda row: "quiet" if row.belongs == "no" else "good"),
    ]  # fmt: skip
    filters = [
        Choice("own", _("Of the pilot?"), [("yes", _("The pilot's own")), ("no", COSTS["no"])],
               lambda rows, value: [r for r in rows if (r.belongs == "no") == (value == "no")]),
    ]  # fmt: skip
    search_fields = ["row.what", "unit"]
    search_hint = _("What for, or unit")
    empty = _("No spending was recorded around this pilot. Units record it in their money book.")

    def __init__(self, *args, runs=False, **options):
        super().__init__(*args, **options)
        self.select = "pk" if runs else ""


class ReadinessList(List):
    title = _("Readiness")
    name = "muc-san-sang"
    template = "pilots/readiness.html"
    columns = [
        Column("name", _("Unit"), sort="sort_key", link=lambda row: f"?u={row.place}"),
        Column("above", _("Belongs to"), sort="above", hidden=True),
        Column("hamlets", _("Hamlets"), kind="number", sort="hamlets", total=True),
        Column("without", _("Without a team"), kind="number", sort="without", total=True,
               link=lambda row: row.cells["without"].address),
        Column("met", _("Conditions met"), sort="met", excel="met",
               value=lambda row: f"{row.met}/{row.of}"),
        *(
            Column(name, CONDITION_NAMES[name], kind="badge",
                   value=lambda row, name=name: f"{row.cells[name].have}/{row.cells[name].of}",
                   sort=lambda row, name=name: row.cells[name].share,
                   tone=lambda row, name=name: "good" if row.cells[name].is_met else "soon",
                   link=lambda row, name=name: row.cells[name].address)
            for name in CONDITIONS
        ),
    ]  # fmt: skip
    filters = [
        Choice("lacks", _("Lacks"), [(name, CONDITION_NAMES[name]) for name in CONDITIONS],
               lambda rows, value: [row for row in rows if not row.cells[value].is_met]),
        Choice("team", _("Hamlets"), [("missing", _("With hamlets that have no team"))],
               lambda rows, _value: [row for row in rows if row.without]),
        Choice("by", _("Rows"), [("district", _("By district"))], lambda rows, _value: rows),
    ]  # fmt: skip
    search_fields = ["name", "above"]
    search_hint = _("Commune or district")
    empty = _("There is no commune here.")


@dataclass(frozen=True)
class WaveRow:
    """A commune of a plan in its wave."""

    wave: Wave
    row: CommuneLine


def _of_wave(rows, value):
    return [row for row in rows if str(row.wave.number) == value]


class WaveList(List):
    title = _("Communes by wave")
    name = "xa-theo-dot"
    template = "pilots/communes.html"
    columns = [
        Column("name", _("Commune"), value="row.name", sort="row.name"),
        Column("district", _("Belongs to"), value="row.district", sort="row.district"),
        Column("wave", _("Wave"), kind="number", value="wave.number", sort="wave.number"),
        Column("first_day", _("Begins"), kind="date", value="wave.first_day"),
        Column("hamlets", _("Hamlets without a team"), kind="number", value="row.hamlets",
               sort="row.hamlets", total=True,
               link=lambda each: f"{reverse('teams:uncovered')}?u={each.row.place_id}"),
        Column("met", _("Conditions met"), value=lambda each: f"{each.row.met}/{each.row.of}",
               sort="row.met", excel="row.met",
               link=lambda each: f"{reverse('pilots:readiness')}?u={each.row.place_id}"),
        Column("why", _("Why in this wave"), value="row.why"),
        Column("by_hand", _("Moved by hand"), kind="badge", sort="row.by_hand", hidden=True,
               value=lambda each: _("moved by hand") if each.row.by_hand else ""),
    ]  # fmt: skip
    search_fields = ["row.name", "row.district"]
    search_hint = _("Commune or district")
    empty = _("No commune is in this plan.")

    def __init__(self, request, rows, *, moves=False, **options):
        super().__init__(request, rows, **options)
        numbers = sorted({row.wave.number for row in rows})
        waves = [(n, gettext("Wave %(n)s") % {"n": n}) for n in numbers]
        self.filters = [Choice("wave", _("Wave"), waves, _of_wave)]
        if moves:
            self.columns = [*self.columns, MOVE]


MOVE = Column(
    "move", _("Another wave"), value=lambda _row: _("To another wave"), export=False,
    link=lambda each: reverse("pilots:move", args=[each.row.line]),
)  # fmt: skip


class ReplicationList(List):
    title = _("Plans of replication")
    name = "ke-hoach-nhan-rong"
    template = "pilots/replications.html"
    columns = [
        Column("name", _("Plan"), sort="name", link=lambda row: row.get_absolute_url()),
        Column("unit", _("Unit"), sort="unit"),
        Column("communes", _("Communes"), kind="number", sort="communes",
               link=lambda row: row.get_absolute_url()),
        Column("hamlets", _("Hamlets without a team"), kind="number", sort="hamlets",
               link=lambda row: row.get_absolute_url()),
        Column("waves", _("Waves"), kind="number", sort="waves"),
        Column("starts_on", _("Begins"), kind="date", sort="starts_on"),
        Column("state", _("State"), value="get_state_display", kind="badge", sort="state",
               tone=lambda row: STATE_TONES[row.state]),
    ]  # fmt: skip
    filters = [Choice("state", _("State"), Replication.State.choices)]
    search_fields = ["name", "unit"]
    search_hint = _("Plan or unit")
    order = ("-drafted_at", "pk")
    empty = _("No plan of replication has been drafted here yet.")
