"""What a commune or district broadcast: loudspeakers, web page, social media (IV.3)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Coded
from cncd.foundation.people import authority
from cncd.foundation.places.models import Place, PlaceIndex
from cncd.work.broadcasts.wording import days_in_words


class Medium(Coded):
    """A way to reach people: wired radio, web page, social media…; rows with dates."""

    unit = models.CharField(_("unit"), max_length=20)  # "lượt phát", "tin, bài"
    icon = models.CharField(max_length=40, blank=True)

    class Meta(Coded.Meta):
        verbose_name_plural = "media"


class BroadcastQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def between(self, first_day, last_day):
        return self.filter(since_on__lte=last_day, last_on__gte=first_day)

    def visible_to(self, user):
        """Of places in reach, and of those above it: what may be rebroadcast."""
        if authority.sees_everything(user, "broadcasts.view"):
            return self
        roots = authority.roots(user, "broadcasts.view")
        day = timezone.localdate()
        above = PlaceIndex.objects.on(day).filter(place__in=roots).values("ancestor")
        below = Place.objects.reached_from(roots, day)
        return self.filter(Q(place__in=below) | Q(place__in=above))


class Broadcast(models.Model):
    """One item a unit broadcast itself, on some days; each level counts only its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name=_("unit"))
    medium = models.ForeignKey(Medium, models.PROTECT, verbose_name=_("broadcast where"))
    title = models.CharField(_("title of the broadcast"), max_length=200)
    since_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    weekdays = models.CharField(max_length=7, blank=True)  # "135": Monday, Wednesday, Friday
    times = models.PositiveSmallIntegerField(_("times a day"), default=1)
    link = models.URLField(_("link to it"), max_length=500, blank=True)
    content = models.ForeignKey(
        "programme.Content", models.PROTECT, null=True, blank=True, verbose_name=_("content")
    )
    item = models.ForeignKey(
        "library.Item", models.PROTECT, null=True, blank=True, related_name="broadcasts"
    )
    origin = models.ForeignKey(  # broadcast first by a unit above; counted here all the same
        "self", models.PROTECT, null=True, blank=True, related_name="rebroadcasts"
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    total = models.PositiveIntegerField()  # times on all its days
    search_key = models.CharField(max_length=300, db_index=True)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = BroadcastQuerySet.as_manager()

    class Meta:
        ordering = ["-since_on", "pk"]
        indexes = [models.Index(fields=["place", "since_on", "last_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("since_on")), name="broadcasts_broadcast_days_in_order"
            ),
            models.CheckConstraint(condition=Q(times__gte=1), name="broadcasts_broadcast_aired"),
            models.CheckConstraint(
                condition=~Q(origin=F("id")), name="broadcasts_broadcast_not_its_own_origin"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("broadcasts:broadcast", args=[self.pk])

    @property
    def days_in_words(self) -> str:
        """ "02/11/2026–30/11/2026 (T2, T4), 2 lần mỗi ngày": on which days, how often."""
        return days_in_words(self)
