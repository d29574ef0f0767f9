"""What of the money book rests on a document; for `settings.DOCUMENT_USES`."""

from django.utils.translation import gettext as _

from cncd.foundation.documents.queries import Use
from cncd.work.money.models import Budget, Spending

SHOWN = 50


def uses_of_document(document, user) -> list[Use]:
    """The lines that cite it, as far as the person may see them."""
    if not user.can("money.view"):
        return []
    named = ((Budget, _("Budget: %(line)s")), (Spending, _("Spending: %(line)s")))
    return [
        Use(words % {"line": row}, row.get_absolute_url())
        for model, words in named
        for row in model.objects.visible_to(user).standing().filter(document=document)[:SHOWN]
    ]
