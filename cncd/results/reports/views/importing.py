"""Taking over old reports from Excel."""

from django.urls import reverse

from cncd.foundation.people.access import allow
from cncd.results.reports.imports import ReportImport


@allow("reports.import")
def import_reports_page(request):
    """Upload, look at every row, confirm."""
    return ReportImport(request, back=reverse("reports:list")).response()
