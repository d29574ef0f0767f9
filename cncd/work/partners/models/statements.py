"""What a partner says it delivered of a promise, and what the unit says to that."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cncd.work.partners.models.pledges import Pledge


class StatementQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None, pledge__withdrawn_at=None)

    def visible_to(self, user):
        return self.filter(pledge__in=Pledge.objects.visible_to(user))


class Statement(models.Model):
    """ "We sent 3 people": confirmed by the unit, or disputed with its own number and a note."""

    class State(models.TextChoices):
        STATED = "stated", _("Waits for the unit")
        CONFIRMED = "confirmed", _("Confirmed by the unit")
        DISPUTED = "disputed", _("The unit says otherwise")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="statements")
    on = models.DateField(_("delivered on"))
    amount = models.PositiveIntegerField(_("delivered, as the partner says"))
    note = models.CharField(_("what was done"), max_length=300)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.STATED)
    unit_amount = models.PositiveIntegerField(
        _("delivered, as the unit says"), null=True, blank=True
    )
    unit_note = models.CharField(_("what the unit says"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "people.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-stated_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="disputed") | Q(unit_amount__isnull=False),
                name="partners_statement_disputed_with_a_number",
            ),
        ]

    def __str__(self):
        return f"{self.pledge}: {self.amount}"

    def get_absolute_url(self):
        return f"{self.pledge.get_absolute_url()}#s-{self.pk}"

    @property
    def agreed(self) -> int | None:
        """What both sides say; None while they differ or the unit has not spoken."""
        return self.amount if self.state == self.State.CONFIRMED else None
