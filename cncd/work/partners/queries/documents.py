"""What of the promises rests on a document; for `settings.DOCUMENT_USES`."""

from django.utils.translation import gettext as _

from cncd.foundation.documents.queries import Use
from cncd.work.partners.models import Pledge
from cncd.work.partners.queries.delivered import standings


def uses_of_document(document, user) -> list[Use]:
    """The promises written down in it, as far as the person may see them."""
    if not user.can("partners.view"):
        return []
    rows = Pledge.objects.visible_to(user).standing().filter(document=document)
    return [
        Use(
            _("Promise of %(agency)s to %(unit)s") % {"agency": row.agency, "unit": row.unit},
            row.pledge.get_absolute_url(),
        )
        for row in standings(rows)
    ]
