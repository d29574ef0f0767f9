"""What happened: one row per change, in plain values, so that no room is needed to read it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cncd.foundation.kit.fields import DocumentField


class EntryQuerySet(models.QuerySet):
    def about(self, subject):
        """Entries about a record, or of a batch that touched it."""
        return self.about_kind(subject._meta.label_lower, str(subject.pk))

    def about_kind(self, kind: str, pk: str):
        touched = Touch.objects.filter(kind=kind, pk_text=pk)
        return self.filter(Q(subject_kind=kind, subject_id=pk) | Q(pk__in=touched.values("entry")))

    def visible_to(self, user, permission: str = "journal.view"):
        """Entries of places in reach (predecessors included), one's own, and what concerns all.

        What concerns all is what happens in the rooms named in `settings.JOURNAL_FOR_ALL`.
        """
        from cncd.foundation.people import authority

        if authority.sees_everything(user, permission):
            return self
        found = Q(actor_id=user.pk) | Q(place_id__in=_ids(authority.reach(user, None, permission)))
        if user.can(permission):
            for room in settings.JOURNAL_FOR_ALL:
                found |= Q(subject_kind__startswith=f"{room}.", place_id=None)
        return self.filter(found)

    def within(self, place, day, user, permission: str = "journal.view"):
        """Of the entries in reach, those of the place, of all below it that day, and predecessors.

        Says the same as `visible_to` narrowed to places, in a form the index on places can serve.
        """
        from cncd.foundation.people import authority
        from cncd.foundation.places.models import Place

        here = Place.objects.reached_from([place.pk], day)
        if not authority.sees_everything(user, permission):
            here = here.filter(pk__in=_ids(authority.reach(user, None, permission)))
        return self.filter(place_id__in=_ids(here))


def _ids(places):
    return places.order_by().values("pk")


class Entry(models.Model):
    at = models.DateTimeField(db_index=True)
    event = models.CharField(max_length=60)  # noun.participle, e.g. report.returned
    actor_id = models.BigIntegerField(null=True)  # people.User; None: the system itself
    actor_name = models.CharField(max_length=120)
    place_id = models.BigIntegerField(null=True)  # places.Place where it happened
    team_id = models.BigIntegerField(null=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    subject_name = models.CharField(max_length=200)
    before = DocumentField(default=dict)
    after = DocumentField(default=dict)
    reason = models.TextField(blank=True)
    rows = DocumentField(default=list)  # what a batch touched
    search_key = models.CharField(max_length=400, blank=True)  # fold of subject, actor and reason

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"]),
            models.Index(fields=["place_id", "-at"]),
            models.Index(fields=["actor_id", "-at"]),
            models.Index(fields=["event", "-at"]),
        ]

    def __str__(self):
        return f"{self.event} {self.subject_name}"


class Touch(models.Model):
    """A record among the rows of a batch entry, so that its own history finds the entry."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="touches")
    kind = models.CharField(max_length=60)
    pk_text = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["kind", "pk_text"])]


class PersonalValue(models.Model):
    """A name or number that an entry mentions; erasable, while the entry keeps its digest."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="personal_values")
    field = models.CharField(max_length=60)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    salt = models.CharField(max_length=32)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        unique_together = [("entry", "field")]
