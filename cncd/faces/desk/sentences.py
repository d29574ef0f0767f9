"""How the journal tells of what is done here."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "view.saved": _("{actor} saved the view {name}"),
    "view.renamed": _("{actor} renamed a saved view to {name}"),
    "view.deleted": _("{actor} deleted the saved view {name}"),
    "preferences.changed": _("{actor} changed how pages are shown to them"),
}

FIELDS = {
    "name": _("name"),
    "large_text": _("larger text"),
    "language": _("language"),
}
