"""The tables of this room."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.results.paperwork.models import Paper
from cncd.results.paperwork.queries import kind_choices
from cncd.results.paperwork.wording_of_states import STATES, TONES


def years(request):
    """The years of the numbered documents the person sees, latest first."""
    rows = Paper.objects.visible_to(request.user).exclude(issued_year=None).order_by()
    found = rows.values_list("issued_year", flat=True).distinct()
    return [(year, str(year)) for year in sorted(found, reverse=True)]


class PaperList(List):
    title = _("Documents drawn up here")
    name = "van-ban-da-soan"
    template = "paperwork/list.html"
    columns = [
        Column("full_number", _("Number and symbol"), kind="code", sort=("issued_year", "number")),
        Column("issued_on", _("Date of issue"), kind="date", sort="issued_on"),
        Column("label", _("Kind of document"), sort="kind", link=Paper.get_absolute_url),
        Column("about", _("Subject"), sort="about"),
        Column("subject_label", _("Drawn up about"), sort="subject_label"),
        Column("issuer", _("Issuing agency"), sort="issuer"),
        Column("state", _("State"), value=lambda row: STATES[row.state], kind="badge",
               tone=lambda row: TONES[row.state], sort="state"),
        Column("drawn_at", _("Drawn up"), kind="datetime", sort="drawn_at"),
        Column("drawn_by", _("Drawn up by"), value="drawn_by.person.full_name", hidden=True),
    ]  # fmt: skip
    filters = [
        Choice("state", _("State"), Paper.State.choices),
        Choice("kind", _("Kind of document"), lambda request: kind_choices()),
        Choice("year", _("Year of issue"), years,
               lambda rows, value: rows.filter(issued_year=value)),
    ]  # fmt: skip
    search_fields = ["search_key"]
    search_hint = _("Number, subject, agency or code")
    order = ("-drawn_at", "pk")
    empty = _("No document yet. Open a team, a report or a plan and draw its document up there.")


class TemplateList(List):
    title = _("Templates of documents")
    name = "mau-van-ban"
    template = "paperwork/templates.html"
    columns = [
        Column("label", _("Kind of document"), sort="label",
               link=lambda row: reverse("paperwork:template", args=[row["code"]])),
        Column("own", _("In use at your office"), kind="badge",
               tone=lambda row: "good" if row["template"] else "quiet", sort="own"),
        Column("added_at", _("Taken in"), kind="datetime", sort="added_at"),
    ]  # fmt: skip
    search_fields = ["label"]
    empty = _("No kind of document is installed.")


class RootList(List):
    title = _("Trusted authorities")
    name = "to-chuc-chung-thuc"
    template = "paperwork/roots.html"
    columns = [
        Column("name", _("Authority"), sort="name"),
        Column("valid_until", _("Valid until"), kind="datetime", sort="valid_until"),
        Column("fingerprint", _("Fingerprint (SHA-256)"), kind="code", hidden=True),
        Column("remove", _("Remove"), value="pk", template="paperwork/root_cell.html",
               export=False),
    ]  # fmt: skip
    search_fields = ["name"]
    order = "name"
    empty = _("No authority is trusted yet. Add the certificate of the one that signs for you.")
