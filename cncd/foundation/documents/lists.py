"""The list of documents: its columns, filters and search."""

from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.documents.models import Document
from cncd.foundation.kit.lists import Choice, Column, List


def years(request):
    """The years of the documents the person sees, latest first."""
    found = Document.objects.visible_to(request.user).order_by()
    found = found.annotate(year=ExtractYear("issued_on")).values_list("year", flat=True)
    return [(year, str(year)) for year in sorted(set(found), reverse=True)]


class DocumentList(List):
    title = _("Documents")
    name = "documents"
    template = "documents/list.html"
    columns = [
        Column("number", _("Number and symbol"), sort="number", link=Document.get_absolute_url),
        Column("issued_on", _("Date of issue"), kind="date", sort="issued_on"),
        Column("kind", _("Kind of document"), value="get_kind_display", sort="kind"),
        Column("issuer", _("Issuing agency"), sort="issuer"),
        Column("subject", _("Subject")),
        Column("signer", _("Signed by"), sort="signer", hidden=True),
        Column("signer_title", _("Title of the signer"), hidden=True),
        Column(
            "file",
            _("File"),
            value="file.name",
            link=lambda row: reverse("files:open", args=[row.file_id]) if row.file_id else "",
        ),
    ]
    filters = [
        Choice("kind", _("Kind of document"), choices=Document.Kind.choices),
        Choice(
            "year",
            _("Year"),
            choices=years,
            apply=lambda rows, value: rows.filter(issued_on__year=value),
        ),
    ]
    search_fields = ["search_key"]
    search_hint = _("Number, agency, signer or subject")
    order = ["-issued_on", "number"]
    empty = _("No document yet. A decision is kept here when a team is formed by it.")
