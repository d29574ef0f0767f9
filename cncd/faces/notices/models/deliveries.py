"""What became of every message on its way to a device, a mailbox or a chat."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cncd.faces.notices.models.notices import Notice
from cncd.faces.notices.models.ways import Address, Subscription
from cncd.foundation.people.news import CHANNELS, PUSH


class DeliveryQuerySet(models.QuerySet):
    def ready(self, now):
        return self.filter(state=Delivery.State.WAITING, next_at__lte=now)

    def visible_to(self, user):
        """One's own; and to those who look after it, that of the people and offices in reach."""
        from cncd.faces.notices.reach import deliveries_in_reach

        return self.filter(deliveries_in_reach(user))

    def own(self, user):
        return self.filter(user_id=user.pk)

    def told(self):
        """With what lists tell: about what, to whom, and what the last try was answered."""
        last = Try.objects.filter(delivery=models.OuterRef("pk")).order_by("-at", "-pk")
        asked = self.annotate(
            last_status=models.Subquery(last.values("status")[:1]),
            last_told=models.Subquery(last.values("told")[:1]),
            many=models.Count("gathered"),
        )
        return asked.select_related("notice", "user__person")


class Delivery(models.Model):
    """One message on its way to one device or address: a notice, or many gathered in a digest."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Handed over")
        GONE = "gone", _("The device or address is gone")
        LEFT = "left", _("No longer of use")  # read meanwhile, or too late

    notice = models.ForeignKey(Notice, models.CASCADE, null=True, related_name="deliveries")
    user = models.ForeignKey("people.User", models.CASCADE, null=True, related_name="+")
    place = models.ForeignKey("places.Place", models.CASCADE, null=True, related_name="+")
    subscription = models.ForeignKey(
        Subscription, models.SET_NULL, null=True, related_name="deliveries"
    )
    address = models.ForeignKey(Address, models.SET_NULL, null=True, related_name="deliveries")
    shown = models.CharField(max_length=120, blank=True)  # the address, as it may be shown
    channel = models.CharField(max_length=10, choices=list(CHANNELS.items()), default=PUSH)
    once = models.CharField(max_length=64, blank=True)  # what an address is told of only once
    slot = models.DateTimeField(null=True)  # of a digest
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField()
    claim = models.UUIDField(null=True, db_index=True)  # of the worker that tries it now
    done_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "subscription"], name="notices_once_per_device"
            ),
            models.UniqueConstraint(
                fields=["address", "once"],
                condition=Q(slot=None),
                name="notices_once_per_address",
            ),
            models.UniqueConstraint(fields=["address", "slot"], name="notices_one_digest"),
        ]
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(state="waiting"), name="notices_to_deliver"
            ),
            models.Index(fields=["user", "-made_at"], name="notices_log_of_a_person"),
        ]

    @property
    def about(self) -> str:
        """For its own reader: the notice, or how many."""
        if self.notice_id:
            return self.notice.title
        return ngettext("%(n)d notice in one", "%(n)d notices in one", self.many) % {"n": self.many}

    @property
    def kind_label(self):
        return self.notice.kind_label if self.notice_id else self.about

    @property
    def reader(self) -> str:
        return str(self.user) if self.user_id else _("Office of the unit")

    @property
    def next_try(self):
        return self.next_at if self.state == self.State.WAITING else None

    @property
    def why(self) -> str:
        """What the last try was answered, if it was not handed over."""
        if self.state == self.State.SENT or not self.tries:
            return ""
        told = self.last_told or (_("no answer") if self.last_status is None else "")
        return f"{self.last_status or ''} {told}".strip()


class Gathered(models.Model):
    """A notice that goes in a digest."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="gathered")
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="gathered")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "notice"], name="notices_gathered_once"),
        ]


class Try(models.Model):
    """One try of a delivery, as the other side answered it."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="log")
    at = models.DateTimeField()
    service = models.CharField(max_length=100)  # host name, or the service's own
    status = models.PositiveSmallIntegerField(null=True)  # of HTTP or SMTP; None: no answer
    told = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]
