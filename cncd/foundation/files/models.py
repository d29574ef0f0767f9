"""Every upload, checked and stored once."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.module_loading import import_string


class StoredFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Files the person uploaded, or that belong to something within the person's reach.

        Rooms that own files say which in `settings.FILE_OWNERS`: functions `(user) -> ids`.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        found = Q(uploaded_by=user)
        for path in settings.FILE_OWNERS:
            found |= Q(pk__in=import_string(path)(user))
        return self.filter(found)

    def unowned(self):
        """Files that nothing refers to."""
        found = self
        for relation in self.model._meta.related_objects:
            owners = relation.related_model._base_manager.exclude(**{relation.field.name: None})
            found = found.exclude(pk__in=owners.values(relation.field.name))
        return found


def path_of(stored, name: str) -> str:
    """Where the content lies: under its id, never under a name somebody chose."""
    return f"files/{stored.uploaded_at:%Y/%m}/{stored.pk}.{name.rpartition('.')[2]}"


class StoredFile(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64, db_index=True)
    content = models.FileField(upload_to=path_of)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    uploaded_at = models.DateTimeField()

    objects = StoredFileQuerySet.as_manager()

    def __str__(self):
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")
