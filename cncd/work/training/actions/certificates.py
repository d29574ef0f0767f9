"""The numbers of certificates, which a clerk takes from the unit's own book."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.people import authority
from cncd.work.training.models import Completion


class NumberTaken(ValidationError):
    """The unit gave this number to somebody else already."""

    def __init__(self, known: Completion):
        words = {"person": str(known.person), "number": known.number}
        text = _("The number %(number)s stands for %(person)s already.") % words
        super().__init__({"number": text})


class NotCompleted(ValidationError):
    """The course is not finished any more: what it rested on was taken back."""

    def __init__(self):
        super().__init__(_("This person has not finished the course any more."))


@transaction.atomic
def number_certificate(*, completion: Completion, number: str, issued_on, by, now=None):
    """Writes the number and day of a certificate; empty takes them away again.

    Raises NumberTaken, NotCompleted, PermissionDenied unless the unit that held the course is
    within reach.
    """
    place = completion.course.place
    authority.require(by, "training.plan", place=place)
    completion = Completion.objects.select_for_update(of=("self",)).get(pk=completion.pk)
    if completion.withdrawn_at:
        raise NotCompleted
    number = tidy(number)
    taken = Completion.objects.filter(course__place=place, number=number).exclude(pk=completion.pk)
    if number and (known := taken.select_related("person").first()):
        raise NumberTaken(known)
    before = {"number": completion.number}
    completion.number = number
    completion.issued_on = (issued_on or timezone.localdate(now)) if number else None
    completion.version += 1
    completion.save()
    record(
        event="certificate.numbered", subject=completion, by=by, place=place, before=before,
        after={"number": number}, now=now,
    )  # fmt: skip
    return completion
