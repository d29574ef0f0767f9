"""Background jobs of this room."""

from django_tasks import task

from cncd.results.paperwork import actions
from cncd.results.paperwork.models import PdfRun


@task
def print_paper(run_id: int) -> None:
    """Makes one PDF that was asked for; asked-for runs of vanished documents are gone with them."""
    run = PdfRun.objects.select_related("paper", "asked_by").filter(pk=run_id).first()
    if run:
        actions.make_pdf(run=run)
