"""What the journal says of this room's events."""

from django.utils.translation import gettext_lazy as _

from cncd.work.partners.models import Pledge

SENTENCES = {
    "pledge.made": _("{actor} recorded a promise of help: {subject}, {amount}"),
    "pledge.changed": _("{actor} changed the promise of help: {subject}"),
    "pledge.withdrawn": _("{actor} withdrew the promise of help: {subject}"),
    "pledge.restored": _("{actor} brought back the promise of help: {subject}"),
}

FIELDS = {
    "agency": _("enterprise or union"),
    "kind": _("what is promised"),
    "amount": _("how many"),
    "since_on": _("from"),
    "until_on": _("due"),
    "note": _("note"),
    "document": _("document"),
}

VALUES = {"kind": dict(Pledge.Kind.choices)}
