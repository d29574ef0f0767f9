"""The tables of this room."""

from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.work.partners.models import Pledge
from cncd.work.partners.wording import STATES, WHAT_TONES, WHATS


class PledgeList(List):
    title = _("Promises of help")
    name = "cam-ket-ho-tro"
    template = "partners/list.html"
    columns = [
        Column("agency", _("Enterprise or union"), sort="agency",
               link=lambda row: row.pledge.get_absolute_url()),
        Column("unit", _("Unit"), sort="unit"),
        Column("kind", _("What is promised"), value="pledge.get_kind_display", sort="pledge.kind"),
        Column("amount", _("Promised"), value="pledge.amount", kind="number", sort="pledge.amount"),
        Column("delivered", _("Delivered"), kind="number", sort="delivered",
               link=lambda row: f"{row.pledge.get_absolute_url()}#delivered"),
        Column("stated", _("As the partner says"), kind="number", sort="stated",
               value=lambda row: row.stated,
               link=lambda row: row.stated and f"{row.pledge.get_absolute_url()}#said"),
        Column("differs", _("Both sides"), kind="badge", tone=lambda row: "late",
               value=lambda row: _("differ") if row.differs else "", sort="differs"),
        Column("left", _("Left"), kind="number", sort="left"),
        Column("share", _("Share done"), kind="percent", sort="share", hidden=True),
        Column("since_on", _("From"), value="pledge.since_on", kind="date", hidden=True,
               sort="pledge.since_on"),
        Column("due_on", _("To be done by"), value="pledge.last_day", kind="date",
               sort="pledge.until_on"),
        Column("state", _("State"), value="words", kind="badge", tone=lambda row: row.tone,
               sort="state"),
        Column("document", _("Document"), hidden=True,
               value=lambda row: str(row.pledge.document or "")),
        Column("note", _("Note"), value="pledge.note", hidden=True),
    ]  # fmt: skip
    filters = [
        Choice("kind", _("What is promised"), Pledge.Kind.choices,
               lambda rows, value: [row for row in rows if row.pledge.kind == value]),
        Choice("state", _("State"), list(STATES.items())),
        Choice("differ", _("Both sides"), [("yes", _("differ"))],
               lambda rows, value: [row for row in rows if row.differs]),
    ]  # fmt: skip
    search_fields = ["agency", "unit", "pledge.note"]
    search_hint = _("Enterprise, union or unit")
    order = ("pledge.until_on", "unit")
    empty = _("No enterprise or union has promised help here yet.")


class RecordList(List):
    """What was delivered of one promise."""

    title = _("Delivered")
    name = "da-thuc-hien"
    template = "partners/pledge.html"
    order = None
    search_fields = ["name", "owner.name"]
    search_hint = _("Product, storefront or owner")
    empty = _("Nothing has been delivered yet.")
    columns = [
        Column("name", _("Storefront or product"), sort="name", link=lambda made: made.page),
        Column("owner", _("Owner"), value="owner.name", sort="owner.sort_key"),
        Column("hamlet", _("Hamlet"), sort="hamlet"),
        Column("floor", _("Floor"), sort="floor"),
        Column("on", _("Day"), kind="date", sort="on"),
    ]


class JobList(List):
    title = _("Communes we promised to help")
    name = "cac-xa-da-nhan-ho-tro"
    template = "partners/mine.html"
    columns = [
        Column("name", _("Product or storefront"), sort="name", link=lambda job: job.page),
        Column("what", _("What it is about"), value=lambda job: WHATS[job.what], kind="badge",
               tone=lambda job: WHAT_TONES[job.what], sort="urgency"),
        Column("owner", _("Owner"), value="owner.name", sort="owner.sort_key"),
        Column("hamlet", _("Hamlet"), sort="hamlet"),
        Column("unit", _("Unit"), sort="unit"),
        Column("contact", _("Contact"), value="contact_phone", sort="contact_name", export=False,
               template="partners/contact_cell.html"),
        Column("floor", _("Floor"), sort="floor"),
        Column("on", _("Since"), kind="date", sort="on"),
        Column("address", _("Address"), link=lambda job: job.address, hidden=True),
    ]  # fmt: skip
    search_fields = ["name", "owner.name", "hamlet", "unit", "floor"]
    search_hint = _("Product, owner, hamlet or commune")
    order = ("urgency", "unit", "hamlet", "owner.sort_key")
    empty = _("No OCOP product waits for a floor here, and every listing opens.")

    def __init__(self, request, rows, *, units, **options):
        self.filters = [
            Choice("what", _("What it is about"), list(WHATS.items())),
            Choice("unit", _("Unit"), units, self._of_unit),
        ]
        super().__init__(request, rows, **options)

    @staticmethod
    def _of_unit(rows, value):
        return [row for row in rows if str(row.unit_id) == value]
