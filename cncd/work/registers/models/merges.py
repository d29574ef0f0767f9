"""Two records that turned out to be one, and what owners are looked up by when names are alike."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.fields import DocumentField
from cncd.work.registers.models.owners import Owner
from cncd.work.registers.models.records import RecordVersion


class OwnerKey(models.Model):
    """Derived, rebuildable (`names.rebuild_keys`): owners whose names are alike share a key."""

    owner = models.ForeignKey(Owner, models.CASCADE, related_name="keys")
    key = models.CharField(max_length=40, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="registers_owner_key_once")
        ]


class Merge(models.Model):
    """One record passed into another of its kind; `moved` is what has to be put back to undo it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=RecordVersion.Kind.choices)
    kept = models.UUIDField(db_index=True)
    merged = models.UUIDField(db_index=True)
    moved = DocumentField(default=list)  # [table, row, {field: [before, after]}], never a contact
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at"]
