"""How the journal tells what happened to files."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "file.stored": _("{actor} uploaded the file {subject}"),
    "files.forgotten": _("{actor} deleted {count} uploaded files that nothing used"),
}
FIELDS = {"size": _("size in bytes"), "count": _("number"), "name": _("name")}
