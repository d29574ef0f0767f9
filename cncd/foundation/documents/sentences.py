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
}
VALUES = {"kind": dict(Document.Kind.choices)}
