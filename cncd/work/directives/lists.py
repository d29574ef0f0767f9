"""The tables of directives, of what each asks, and of how far it has come."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.work.directives.models import Directive, Obligation
from cncd.work.directives.wording import DIRECTIVE_TONES, STANDINGS, TONES

Status = Obligation.Status

SIDES = [
    ("ours", _("Given by us")),
    ("asked", _("Asked of us")),
    ("below", _("Given by others in our area")),
]


def of_directive(line) -> str:
    return reverse("directives:directive", args=[line.pk])


class DirectiveList(List):
    title = _("Directives")
    name = "chi-dao"
    template = "directives/list.html"
    columns = [
        Column("title", _("Subject of the directive"), value="directive.title",
               sort="directive.title", link=of_directive),
        Column("giver", _("Given by"), sort="giver"),
        Column("source", _("Document or words"), sort="source", hidden=True),
        Column("issued_on", _("Given on"), value="directive.issued_on", kind="date",
               sort=lambda line: str(line.directive.issued_on or "9999")),
        Column("due_on", _("First due day"), kind="date", sort=lambda line: str(line.due_on or "")),
        Column("given", _("Asked"), kind="number", sort="given"),
        Column("done", _("Done"), kind="number", sort="done"),
        Column("share", _("Share done"), kind="percent", sort=lambda line: line.share or 0),
        Column("overdue", _("Overdue"), kind="number", sort="overdue"),
        Column("waiting", _("Answers to check"), kind="number", sort="waiting", hidden=True),
        Column("state", _("State"), value="directive.get_state_display", kind="badge",
               tone=lambda line: DIRECTIVE_TONES[line.directive.state], sort="directive.state"),
    ]  # fmt: skip
    filters = [
        Choice("side", _("Whose"), SIDES),
        Choice("state", _("State"), Directive.State.choices,
               lambda rows, value: [line for line in rows if line.directive.state == value]),
        Choice("answers", _("Answers"), [("waiting", _("wait to be checked"))],
               lambda rows, _value: [line for line in rows if line.waiting]),
    ]  # fmt: skip
    search_fields = ["directive.search_key", "giver"]
    search_hint = _("What it is about, document or giver")
    order = None
    empty = _("No directive yet.")


class ObligationList(List):
    """What one directive asks, bearer by bearer."""

    title = _("Who does what")
    name = "viec-duoc-giao"
    template = "directives/obligations.html"
    columns = [
        Column("name", _("Unit or team"), sort="sort_key",
               link=lambda line: line.row.get_absolute_url()),
        Column("unit", _("Belongs to"), sort="unit"),
        Column("ask", _("What is to be done"), value="row.ask.text", sort="row.ask.order"),
        Column("answerable", _("Person answerable"), sort="answerable"),
        Column("due_on", _("To be done by"), value="row.due_on", kind="date", sort="row.due_on"),
        Column("acknowledged_at", _("Acknowledged at"), value="row.acknowledged_at",
               kind="datetime", hidden=True),
        Column("how_far", _("So far")),
        Column("done_on", _("Done on"), value="row.done_on", kind="date",
               sort=lambda line: str(line.row.done_on or "9999")),
        Column("state", _("State"), value="words", kind="badge", tone=lambda line: line.tone,
               sort="standing"),
        Column("reason", _("Reason"), value="row.exempt_reason", hidden=True),
    ]  # fmt: skip
    search_fields = ["name", "unit", "row.ask.text"]
    search_hint = _("Unit, team or what is asked")
    order = None
    empty = _("Nothing is asked here.")

    def __init__(self, request, rows, *, asks, select: bool = False, **options):
        self.select = "pk" if select else ""
        whos = [("unit", _("Units")), ("agency", _("Agencies")), ("team", _("Teams"))]
        self.filters = [
            Choice("who", _("Unit or team"), whos),
            Choice("state", _("State"), list(STANDINGS.items()), self._of_state),
            Choice("taken", _("Acknowledged"), [("yes", _("Yes")), ("no", _("Not yet"))],
                   self._taken),
        ]  # fmt: skip
        if len(asks) > 1:
            texts = [(ask.pk, ask.text[:60]) for ask in asks]
            self.filters.append(Choice("ask", _("What is to be done"), texts, self._of_ask))
        super().__init__(request, rows, **options)

    @staticmethod
    def _of_state(rows, value):
        return [line for line in rows if line.standing == value]

    @staticmethod
    def _taken(rows, value):
        rows = [line for line in rows if line.row.status != Status.PASSED]
        return [line for line in rows if (line.row.acknowledged_at is not None) == (value == "yes")]

    @staticmethod
    def _of_ask(rows, value):
        return [line for line in rows if str(line.row.ask_id) == value]


class CoverageList(List):
    """How far a directive has come, one line per unit."""

    title = _("How far it has come")
    name = "tien-do-chi-dao"
    template = "directives/directive.html"
    search_fields = ["name"]
    search_hint = _("Unit")
    order = None
    empty = _("Nobody is asked below this unit.")

    def __init__(self, request, rows, *, directive, **options):
        self.directive = directive
        self.columns = self._columns()
        super().__init__(request, rows, **options)

    def _columns(self) -> list[Column]:
        def number(key, label, narrowed=""):
            address = lambda row: self._rows(row, narrowed)  # noqa: E731
            return Column(key, label, kind="number", sort=key, link=address, total=True)

        return [
            Column("name", _("Unit"), sort="sort_key", link=self._deeper),
            number("given", _("Given")),
            number("acknowledged", _("Acknowledged"), "taken=yes"),
            number("working", STANDINGS["working"], "state=working"),
            number("waiting", STANDINGS["waiting"], "state=waiting"),
            number("in_time", STANDINGS["in_time"], "state=in_time"),
            number("late", STANDINGS["late"], "state=late"),
            number("overdue", STANDINGS["overdue"], "state=overdue"),
            number("exempt", STANDINGS["exempt"], "state=exempt"),
            Column("share", _("Share done"), kind="percent", sort=lambda row: row.share or 0),
        ]

    def _rows(self, row, narrowed: str) -> str:
        address = reverse("directives:obligations", args=[self.directive.pk])
        return f"{address}?at={row.place}" + (f"&{narrowed}" if narrowed else "")

    def _deeper(self, row) -> str:
        """A district opens its communes, a commune what each unit and team owes."""
        if row.level == "district":
            return f"{reverse('directives:directive', args=[self.directive.pk])}?at={row.place}"
        return self._rows(row, "")


TALLY = [(state, STANDINGS[state], TONES[state]) for state in STANDINGS]
