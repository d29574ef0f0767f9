"""Words and colours of where a document stands, and of what became of a PDF."""

from django.utils.translation import gettext_lazy as _

from cncd.results.paperwork.models import Paper

STATES = dict(Paper.State.choices)
TONES = {"draft": "soon", "issued": "good", "replaced": "quiet", "withdrawn": "late"}
PROBLEMS = {
    "slow": _("Making the PDF took too long. Try again in a while."),
    "none": _("LibreOffice is not installed on the server."),
    "broken": _("LibreOffice could not open the document. Try again, or print it from Word."),
}
FIELDS = {
    "bases": _("Legal bases, one a line"),
    "addressees": _("Addressed to, one a line"),
    "recipients": _("Recipients, one a line"),
    "title": _("Title of the annex"),
    "text": _("Paragraph"),
    "heading": _("Heading"),
    "centred": _("Line in the middle"),
    "article": _("Article"),
    "bullet": _("Dash"),
}
