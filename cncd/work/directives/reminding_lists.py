"""Whom to remind of what; what the person owes."""

from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.work.directives.models import Obligation
from cncd.work.directives.queries.reminding import NEW, OVERDUE, SOON

STATES = {OVERDUE: _("Overdue"), SOON: _("Due soon"), NEW: _("Not yet acknowledged")}
STATUSES = dict(Obligation.Status.choices)


def _tone(row) -> str:
    states = row.states
    return "late" if OVERDUE in states else "soon" if SOON in states else "info"


class RemindingList(List):
    title = _("Reminding")
    name = "don-doc"
    template = "directives/reminding.html"
    select = "pk"
    columns = [
        Column("bearer", _("Who"), sort="bearer"),
        Column("unit", _("Unit"), sort="unit"),
        Column("what", _("What is asked"), sort="what",
               link=lambda row: row.page),
        Column("directive", _("Directive"), sort="directive", hidden=True),
        Column("due_on", _("To be done by"), kind="date", sort="due_on"),
        Column("words", _("Time"), kind="badge", tone=_tone, sort="left"),
        Column("status", _("State"), value=lambda row: STATUSES[row.status], sort="status"),
        Column("times", _("Reminded, times"), kind="number", sort="times"),
        Column("last_at", _("Last reminded"), kind="datetime", sort="last_at"),
    ]  # fmt: skip
    filters = [
        Choice("state", _("State"), list(STATES.items()),
               lambda rows, value: [row for row in rows if value in row.states]),
        Choice("reminded", _("Reminded"), [("no", _("Not yet")), ("yes", _("Yes"))],
               lambda rows, value: [row for row in rows if bool(row.times) == (value == "yes")]),
    ]  # fmt: skip
    search_fields = ["bearer", "unit", "what", "directive"]
    search_hint = _("Who, unit or what is asked")
    order = ("due_on", "unit", "bearer")
    empty = _("Nobody needs a reminder: nothing is late, due soon or not acknowledged.")


class MineList(List):
    title = _("Asked of me")
    name = "viec-cua-toi"
    template = "directives/mine.html"
    columns = [
        Column("what", _("What is asked"), sort="what",
               link=lambda row: row.page),
        Column("bearer", _("Who"), sort="bearer"),
        Column("directive", _("Directive"), sort="directive"),
        Column("due_on", _("To be done by"), kind="date", sort="due_on"),
        Column("words", _("Time"), kind="badge", tone=_tone, sort="left"),
        Column("status", _("State"), value=lambda row: STATUSES[row.status], sort="status"),
    ]  # fmt: skip
    filters = [
        Choice("state", _("State"), list(STATES.items()),
               lambda rows, value: [row for row in rows if value in row.states]),
    ]  # fmt: skip
    search_fields = ["what", "bearer", "directive"]
    search_hint = _("What is asked, or who")
    order = ("due_on", "bearer")
    empty = _("Nothing is asked of you now.")
