"""Looking again: drawn lists of listings for officers, and pairs found to be two things."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cncd.foundation.places.models import Place
from cncd.team.teams.authority import places_in_reach
from cncd.work.registers.models.records import RecordVersion
from cncd.work.registers.models.selling import Listing


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(place__in=places_in_reach(user, "registers.view"))

    def within(self, place, day):
        """Rounds of the unit and of all below it, what passed into them included."""
        return self.filter(place__in=Place.objects.reached_from([place.pk], day))


class Round(models.Model):
    """A drawn list of listings to look at again ("đợt kiểm tra lại"); the seed redraws it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey("places.Place", models.PROTECT)
    size = models.PositiveSmallIntegerField(_("how many"))
    seed = models.PositiveIntegerField()
    due_on = models.DateField(_("due"), null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self):
        return str(self.place)


class RoundItem(models.Model):
    class Outcome(models.TextChoices):
        WAITING = "", _("Not looked at yet")
        RIGHT = "right", _("As recorded")
        BROKEN = "broken", _("Does not open")
        OTHER = "other", _("Another product or address")

    round = models.ForeignKey(Round, models.CASCADE, related_name="items")
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="checks")
    order = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["round", "listing"], name="registers_drawn_once")
        ]


class Distinct(models.Model):
    """Two records that look alike and are not the same, as a person decided."""

    kind = models.CharField(max_length=12, choices=RecordVersion.Kind.choices)
    first = models.UUIDField()
    second = models.UUIDField()
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "first", "second"], name="registers_pair_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="registers_pair_in_order"
            ),
        ]
