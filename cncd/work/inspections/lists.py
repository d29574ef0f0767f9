"""The tables of this room."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.work.inspections.models import Finding, Inspection, Item
from cncd.work.inspections.rules import ANSWER, DONE, JUDGE
from cncd.work.inspections.wording import STATE_TONES, STATES, TURN_TONES, TURNS, state_of, whom

BY_STATE = {
    "planned": {"opened_at": None, "withdrawn_at": None},
    "open": {"opened_at__isnull": False, "closed_at": None, "withdrawn_at": None},
    "closed": {"closed_at__isnull": False, "withdrawn_at": None},
    "withdrawn": {"withdrawn_at__isnull": False},
}


def _page(row: Inspection) -> str:
    return reverse("inspections:inspection", args=[row.pk])


def _findings(row: Inspection) -> str:
    return f"{_page(row)}#findings"


class InspectionList(List):
    title = _("Inspections")
    name = "kiem-tra"
    template = "inspections/list.html"
    columns = [
        Column("planned_on", _("Day"), kind="date", sort="planned_on"),
        Column("whom", _("Inspected"), value=whom, link=_page, sort="team__sort_key"),
        Column("commune", _("Unit"), sort="commune"),
        Column("by_unit", _("Inspecting unit"), sort="by_unit"),
        Column("leader", _("Head of the inspection"), value="leader.full_name", hidden=True,
               sort="leader__sort_key"),
        Column("state", _("State"), value=lambda row: STATES[state_of(row)], kind="badge",
               tone=lambda row: STATE_TONES[state_of(row)]),
        Column("looked_at", _("Looked at"), kind="number", sort="looked_at", hidden=True),
        Column("unmet", _("Not met"), kind="number", sort="unmet", link=_findings),
        Column("rest", _("Still to put right"), kind="number", sort="rest", link=_findings),
        Column("late", _("Overdue"), kind="number", sort="late", link=_findings),
    ]  # fmt: skip
    filters = [
        Choice("state", _("State"), Inspection.State.choices,
               lambda rows, value: rows.filter(**BY_STATE[value])),
        Choice("subject", _("Of"), Item.Subject.choices,
               lambda rows, value: rows.filter(team__isnull=value != "team")),
        Choice("late", _("Overdue"), [("1", _("Only with overdue findings"))],
               lambda rows, value: rows.filter(late__gt=0)),
    ]  # fmt: skip
    search_fields = ["team__search_key", "commune", "leader__full_name", "party"]
    search_hint = _("Team, unit or head of the inspection")
    order = ("-planned_on", "team__sort_key", "pk")
    empty = _("No inspection yet. Plan the first one: choose the day and whom to inspect.")


def _finding(row: Finding) -> str:
    return reverse("inspections:finding", args=[row.pk])


def _turned(rows, value):
    return rows.filter(turn=value)


class FindingList(List):
    title = _("Findings to put right")
    name = "kien-nghi-sau-kiem-tra"
    template = "inspections/findings.html"
    columns = [
        Column("remedy", _("What is to be done"), link=_finding, sort="remedy"),
        Column("text", _("Finding"), hidden=True),
        Column("whom", _("Inspected"), value=lambda row: whom(row.inspection, row.commune),
               sort="inspection__team__sort_key"),
        Column("commune", _("Unit"), sort="commune"),
        Column("answerable", _("Who is answerable"), value="answerable.full_name",
               sort="answerable__sort_key"),
        Column("due_on", _("To be done by"), kind="date", sort="due_on"),
        Column("turn", _("State"), value=lambda row: TURNS["late" if row.is_late else row.turn],
               kind="badge", tone=lambda row: TURN_TONES["late" if row.is_late else row.turn],
               sort="turn"),
        Column("by_unit", _("Inspecting unit"), sort="by_unit", hidden=True),
        Column("clause", _("Clause"), hidden=True),
        Column("note", _("Note"), hidden=True),
        Column("settled_at", _("Put right at"), kind="datetime", sort="settled_at", hidden=True),
    ]  # fmt: skip
    filters = [
        Choice("turn", _("State"), [(ANSWER, TURNS[ANSWER]), (JUDGE, TURNS[JUDGE]),
                                    (DONE, TURNS[DONE])], _turned),
        Choice("late", _("Overdue"), [("1", _("Only overdue"))],
               lambda rows, value: rows.filter(is_late=True)),
    ]  # fmt: skip
    search_fields = ["remedy", "text", "note", "inspection__team__search_key", "commune"]
    search_hint = _("What is to be done, team or unit")
    order = ("settled_at", "due_on", "pk")
    empty = _("No inspection has left anything to put right here.")


class ItemList(List):
    title = _("Checklists")
    name = "danh-muc-kiem-tra"
    template = "inspections/items.html"
    columns = [
        Column("order", _("Order"), kind="number", sort="order"),
        Column("text", _("What is looked at"), sort="text"),
        Column("hint", _("How to look at it")),
        Column("clause", _("Clause"), sort="clause"),
        Column("since_on", _("From"), kind="date", sort="since_on"),
        Column("last_day", _("Until the end of"), kind="date", sort="until_on"),
        Column("subject", _("For an inspection of"), value="get_subject_display", sort="subject"),
    ]
    filters = [
        Choice("subject", _("For an inspection of"), Item.Subject.choices),
        Choice("ended", _("Ended ones"), [("1", _("Show ended ones too"))], lambda rows, v: rows),
    ]
    search_fields = ["text", "hint", "clause"]
    order = ("subject", "order", "pk")
    empty = _("There is no checklist yet. Take the packaged one, then change it as you need.")

    def __init__(self, request, rows, *, may_rule: bool = False, **options):
        if may_rule:
            cell = "inspections/item_cell.html"
            change = Column("change", _("Change"), value="pk", template=cell, export=False)
            self.columns = [*self.columns, change]
        super().__init__(request, rows, **options)
