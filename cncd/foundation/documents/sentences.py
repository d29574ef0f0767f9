"""How the journal tells what happened to documents."""

from django.utils.translation import gettext_lazy as _

from cncd.foundation.documents.models import Document

SENTENCES = {
    "document.added": _("{actor} added {subject}"),
    "document.changed": _("{actor} corrected {subject}"),
}
FIELDS = {
    "kind": _("kind of document"),
    "number": _("number and symbol"),
    "issued_on": _("date of issue"),
    "issuer": _("issuing agency"),
    "signer": _("signed by"),
    "signer_title": _("title of the signer"),
    "subject": _("subject"),
    "file": _("file"),
    "organ_id": _("agency's identifier"),
    "file_notation": _("file notation"),
    "ordinal": _("ordinal in the file"),
    "language": _("language"),
    "pages": _("pages"),
    "description": _("remarks"),
    "recipients": _("recipients"),
    "priority": _("urgency"),
    "copies": _("copies"),
    "due_on": _("to be answered by"),
    "arrived_on": _("arrived on"),
    "arrival_number": _("arrival number"),
}
VALUES = {
    "kind": dict(Document.Kind.choices),
    "priority": dict(Document.Priority.choices),
}
