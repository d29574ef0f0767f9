"""What documents and files have to do with directives; named in `config/hooks.py`."""

from django.db.models import Q
from django.utils.translation import gettext as _

from cncd.foundation.documents.queries import Use
from cncd.foundation.people import authority
from cncd.work.directives.models import Answer, AnswerFile, Directive, Obligation


def uses_of_document(document, user) -> list[Use]:
    """The directives that it gives, as far as the person may see them."""
    if not user.can("directives.view"):
        return []
    rows = Directive.objects.visible_to(user).filter(document=document)
    return [
        Use(_("Directive: %(title)s") % {"title": row.title}, row.get_absolute_url())
        for row in rows.order_by("pk")
    ]


def documents_of_directives(user):
    """Ids of the documents that ask something of the person's own team, unit or agency."""
    asked = Obligation.objects.of(user).values("directive")
    rows = Directive.objects.issued().filter(pk__in=asked).exclude(document=None)
    return rows.values("document")


def files_in_reach(user):
    """Ids of the files of answers that the person sees: own ones, and those one checks.

    Not everybody who sees an obligation: an answer's file may name people.
    """
    answers = Answer.objects.exclude(state=Answer.State.WITHDRAWN)
    if authority.sees_everything(user, "directives.view"):
        return AnswerFile.objects.filter(answer__in=answers).values("file")
    places = authority.roots(user, "directives.give")
    mine = Q(pk__in=Obligation.objects.answerable_by(user).values("pk"))
    checked = Q(directive__place__in=places) | Q(above__place__in=places)
    obligations = Obligation.objects.filter(mine | checked)
    answers = answers.filter(obligation__in=obligations.values("pk"))
    return AnswerFile.objects.filter(answer__in=answers.values("pk")).values("file")
