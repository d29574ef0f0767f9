"""What the journal says of this room's events."""

from django.utils.translation import gettext_lazy as _

from cncd.work.library.models import Edition, Item

SENTENCES = {
    "library_item.added": _("{actor} put “{subject}” into the library"),
    "library_item.changed": _("{actor} wrote edition {number} of “{subject}”"),
    "library_item.submitted": _("{actor} submitted “{subject}”, edition {number}, for approval"),
    "library_item.taken_back": _("{actor} took “{subject}” back before it was decided"),
    "library_item.approved": _("{actor} approved “{subject}”, edition {number}"),
    "library_item.refused": _("{actor} returned “{subject}”: {note}"),
    "library_item.withdrawn": _("{actor} took “{subject}” out of the library"),
    "library_item.restored": _("{actor} brought “{subject}” back into the library"),
}

FIELDS = {
    "kind": _("kind"),
    "state": _("state of the text"),
    "number": _("edition"),
    "what_changed": _("what changed"),
    "note": _("note"),
    "audiences": _("for whom"),
    "language": _("language"),
    "document": _("document"),
    "translation_of": _("translation of"),
    "contents": _("contents"),
    "duties": _("duties"),
    "platforms": _("platforms"),
}

VALUES = {
    "kind": dict(Item.Kind.choices),
    "state": dict(Edition.State.choices),
    "language": dict(Item.Language.choices),
}
