"""The tables on signal, lines and dead spots, and on the people of the union."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.work.partners.models import Gap

BEST = {"good": _("Good"), "weak": _("Weak"), "none": _("No signal"), "": _("Not noted")}
TONES = {"good": "good", "weak": "soon", "none": "late", "": "quiet"}
FIBRE = {"yes": _("Yes"), "no": _("No"), "": _("Not known")}


class HamletList(List):
    title = _("Signal and lines")
    name = "song-va-duong-truyen"
    template = "partners/connectivity.html"
    search_fields = ["name", "unit"]
    search_hint = _("Hamlet or commune")
    order = ("unit_key", "sort_key")
    empty = _("There is no hamlet here.")
    columns = [
        Column("name", _("Hamlet"), sort="sort_key", link=lambda row: row.page),
        Column("unit", _("Unit"), sort="unit_key"),
        Column("best", _("Best mobile signal"), value=lambda row: BEST[row.told.best], kind="badge",
               tone=lambda row: TONES[row.told.best], sort="told.best"),
        Column("signals", _("By operator"), kind="lines", value=lambda row: row.lines),
        Column("fibre", _("Fibre"), value=lambda row: FIBRE[row.told.fibre], sort="told.fibre"),
        Column("gaps", _("Dead spots"), value="told.gaps", kind="number", sort="told.gaps",
               total=True, link=lambda row: row.told.gaps and row.gaps_page),
        Column("households", _("Households affected"), value="told.households", kind="number",
               sort="told.households", total=True),
        Column("noted_on", _("Noted on"), value="told.noted_on", kind="date", sort="told.noted_on"),
    ]  # fmt: skip
    filters = [
        Choice("best", _("Best mobile signal"), [
            (key or "unknown", words) for key, words in BEST.items()],
            lambda rows, value: [row for row in rows if (row.told.best or "unknown") == value]),
        Choice("fibre", _("Fibre"), [(key or "unknown", words) for key, words in FIBRE.items()],
               lambda rows, value: [row for row in rows if (row.told.fibre or "unknown") == value]),
    ]  # fmt: skip


class GapList(List):
    title = _("Dead spots")
    name = "cho-mat-song"
    template = "partners/gaps.html"
    search_fields = ["gap.where", "hamlet", "unit", "agency"]
    search_hint = _("Place, hamlet, commune or enterprise")
    order = ("-is_late", "-days", "hamlet")
    empty = _("No dead spot is known here.")
    columns = [
        Column("where", _("Where exactly"), value="gap.where",
               link=lambda row: row.gap.get_absolute_url()),
        Column("hamlet", _("Hamlet"), sort="hamlet"),
        Column("unit", _("Unit"), sort="unit"),
        Column("missing", _("What is missing"), value="gap.get_missing_display"),
        Column("households", _("Households affected"), value="gap.households", kind="number",
               sort="gap.households", total=True),
        Column("state", _("State"), value="words", kind="badge", tone=lambda row: row.tone,
               sort="state"),
        Column("days", _("Days waiting"), kind="number", sort="days"),
        Column("agency", _("Enterprise"), sort="agency"),
        Column("due_on", _("Answer due"), value="gap.due_on", kind="date", sort="gap.due_on"),
        Column("done_by", _("To be done by"), value="gap.done_by", kind="date",
               sort="gap.done_by", hidden=True),
        Column("found_on", _("Found on"), value="gap.found_on", kind="date", hidden=True),
    ]  # fmt: skip
    filters = [
        Choice("state", _("State"), Gap.State.choices),
        Choice("missing", _("What is missing"), Gap.Missing.choices,
               lambda rows, value: [row for row in rows if row.gap.missing == value]),
        Choice("late", _("Past due"), [("yes", _("Yes"))],
               lambda rows, value: [row for row in rows if row.is_late]),
    ]  # fmt: skip


class AskList(GapList):
    """The same, of the own enterprise: its own pages."""

    title = _("Dead spots we are asked to close")
    empty = _("No dead spot waits for your enterprise.")
    columns = [
        Column("where", _("Where exactly"), value="gap.where",
               link=lambda row: reverse("partners:asked", args=[row.gap.pk])),
        *GapList.columns[1:],
    ]  # fmt: skip


class ShareList(List):
    title = _("People of the Youth Union")
    name = "doan-vien-trong-to"
    template = "partners/union.html"
    search_fields = ["name"]
    search_hint = _("Unit")
    order = None
    empty = _("No team stands here yet.")
    columns = [
        Column("name", _("Unit"), sort="sort_key", link=lambda row: row.page),
        Column("union", _("Youth Union members"), kind="number", sort="union",
               link=lambda row: row.union and row.members_page),
        Column("took_part", _("Of these, took part in 3 months"), kind="number",
               sort="took_part"),
        Column("everybody", _("Members of the teams"), kind="number", sort="everybody"),
        Column("share", _("Share of members"), kind="percent", sort="share"),
        Column("promised", _("Promised by the union"), kind="number", sort="promised"),
    ]  # fmt: skip
