"""How the journal tells what happened to itself."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "personal.erased": _("{actor} erased {count} personal values about {subject} from the journal"),
}
FIELDS = {"count": _("number")}
