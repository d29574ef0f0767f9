"""The tables of plans."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.figures import number
from cncd.foundation.kit.lists import Choice, Column, List
from cncd.work.training.models import Audience


def _state_of(row) -> str:
    if row.plan:
        return row.plan.get_state_display()
    total = row.approved + row.drafts
    if row.is_own or not total:
        return gettext("No plan yet")
    words = {"approved": number(row.approved), "all": number(total)}
    return gettext("%(approved)s of %(all)s plans approved") % words


def _tone_of(row) -> str:
    if row.drafts:
        return "soon"
    return "good" if row.approved else "quiet"


class UnitPlanList(List):
    title = _("Training plan")
    name = "ke-hoach-tap-huan"
    template = "training/plans.html"
    columns = [
        Column("name", _("Unit"), sort="sort_key", link=lambda row: row.address),
        Column("state", _("State"), kind="badge", value=_state_of, tone=_tone_of, sort=_state_of),
        Column("classes", _("Courses"), value="sums.classes", kind="number", sort="sums.classes",
               total=True),
        Column("sessions", _("Sessions"), value="sums.sessions", kind="number",
               sort="sums.sessions", total=True, hidden=True),
        Column("people", _("Seats"), value="sums.people", kind="number", sort="sums.people",
               total=True),
        Column("cost", _("Cost (đồng)"), value="sums.cost", kind="number", sort="sums.cost",
               total=True),
        Column("asked", _("Seats asked of above"), value="sums.asked", kind="number",
               sort="sums.asked", total=True),
        Column("held", _("Courses held"), value="sums.held", kind="number", sort="sums.held",
               total=True),
        Column("came", _("People who came"), value="sums.came", kind="number", sort="sums.came",
               total=True),
    ]  # fmt: skip
    order = "sort_key"
    search_fields = ["name"]
    search_hint = _("Find a unit")
    empty = _("No unit has a plan for this year yet.")


class LineList(List):
    title = _("Lines of the plan")
    name = "dong-ke-hoach-tap-huan"
    template = "training/plan.html"
    columns = [
        Column("title", _("Course"), value="line.title", sort="line.title",
               template="training/cells/line.html"),
        Column("quarter", _("Quarter"), value="line.quarter", kind="number", sort="line.quarter"),
        Column("audience", _("For whom"), value="line.get_audience_display",
               sort="line.audience"),
        Column("classes", _("Courses"), value="line.classes", kind="number", sort="line.classes",
               total=True),
        Column("sessions", _("Sessions of each"), value="line.sessions", kind="number",
               sort="line.sessions"),
        Column(
            "people", _("Seats"), value=lambda row: 0 if row.line.asks_above else row.line.people,
            kind="number", sort="line.people", total=True,
        ),
        Column(
            "asked", _("Seats asked of above"), kind="number", total=True,
            value=lambda row: row.line.people if row.line.asks_above else 0,
            sort=lambda row: row.line.asks_above,
        ),
        Column("cost", _("Cost (đồng)"), value="line.cost", kind="number", sort="line.cost",
               total=True),
        Column("venue", _("Where"), value="line.venue", hidden=True),
        Column("trainer", _("Trainer"), value=lambda row: _trainer(row.line)),
        Column("need", _("Why it is needed"), value="line.need", hidden=True),
        Column("held", _("Courses held"), kind="number", sort="held", total=True),
        Column("came", _("People who came"), kind="number", sort="came", total=True),
    ]  # fmt: skip
    filters = [
        Choice("audience", _("For whom"), choices=Audience.choices,
               apply=lambda rows, value: [r for r in rows if r.line.audience == value]),
    ]  # fmt: skip
    order = "line.quarter"
    search_fields = ["line.title", "line.need"]
    search_hint = _("Find a course")
    empty = _("This plan has no line yet. Add a course, or draft the plan from the gaps.")


def _trainer(line) -> str:
    return ", ".join(filter(None, [line.trainer, str(line.trainer_agency or "")]))


def address_of(row, year: int) -> str:
    """Where the name of a unit leads: to its own plan, or one level down."""
    if row.plan:
        return row.plan.get_absolute_url()
    return "" if row.is_own else f"{reverse('training:plans')}?u={row.pk}&year={year}"
