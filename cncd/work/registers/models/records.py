"""What every record of the registers has: where, who wrote it down, its versions, its origins."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.fields import DocumentField
from cncd.team.teams.authority import places_in_reach


class RecordQuerySet(models.QuerySet):
    """Rows that say where they belong by `place`; `WHERE` is the way there."""

    WHERE = "place"

    def standing(self):
        """Neither withdrawn nor merged into another."""
        return self.filter(withdrawn_at=None)

    def of_places(self, places):
        return self.filter(**{f"{self.WHERE}__in": places})

    def visible_to(self, user):
        """Of places in reach, and of the hamlets one's own teams cover."""
        return self.of_places(places_in_reach(user, "registers.view"))


class Record(models.Model):
    """One row of a register. Withdrawn: written by mistake, counts nowhere. Never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()  # by the corrected clock of the device
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class RecordVersion(models.Model):
    """The content of a record as it stood; reports freeze (kind, record, number)."""

    class Kind(models.TextChoices):
        OWNER = "owner", _("owner")
        PRODUCT = "product", _("product")
        SHOP = "shop", _("storefront")
        LISTING = "listing", _("listing")
        ACCOUNT = "account", _("payment account")
        COMMITMENT = "commitment", _("quality commitment")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    record = models.UUIDField()
    number = models.PositiveIntegerField()
    content = DocumentField()  # fields by name, codes instead of ids; no contact
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record", "number"], name="registers_version_once"
            )
        ]


class Origin(models.Model):
    """Where a record first came from, kept raw; a merged record has the origins of both."""

    class Way(models.TextChoices):
        PAGE = "page", _("entered on a page")
        PHONE = "phone", _("entered on a phone")
        EXCEL = "excel", _("imported from Excel")

    kind = models.CharField(max_length=12, choices=RecordVersion.Kind.choices)
    record = models.UUIDField()
    way = models.CharField(max_length=10, choices=Way.choices)
    file_name = models.CharField(max_length=200, blank=True)
    row_number = models.PositiveIntegerField(null=True, blank=True)
    raw = DocumentField(default=dict)  # the row as it was read, heading → text
    merged_from = models.UUIDField(null=True, blank=True)  # the record it came along with
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["kind", "record"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(way="excel") | Q(row_number=None), name="registers_row_of_a_file"
            )
        ]
