"""The fields of a document that something rests on: a decision, a plan, a dispatch."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Documents of places in reach and of the places above them, and those of no place.

        Rooms add what rests on documents within reach in `settings.DOCUMENT_CITERS`: functions
        `(user) -> ids` (a team's members see the decisions of their team).
        """
        from cncd.foundation.people import authority
        from cncd.foundation.places.models import PlaceIndex

        if not user.is_authenticated:
            return self.none()
        if authority.sees_everything(user):
            return self
        roots = authority.roots(user)
        above = PlaceIndex.objects.on(timezone.localdate()).filter(place__in=roots)
        found = Q(place=None) | Q(place__in=authority.reach(user))
        found |= Q(place__in=above.values("ancestor"))
        for path in settings.DOCUMENT_CITERS:
            found |= Q(pk__in=import_string(path)(user))
        return self.filter(found)

    def of(self, place, issuer: str):
        """Documents issued at the place, or by that agency when it belongs to no place of ours."""
        return self.filter(place=place) if place else self.filter(place=None, issuer=issuer)


class Document(models.Model):
    class Kind(models.TextChoices):
        DECISION = "decision", _("Decision")
        PLAN = "plan", _("Plan")
        DISPATCH = "dispatch", _("Official dispatch")
        RESOLUTION = "resolution", _("Resolution")
        REPORT = "report", _("Report")
        OTHER = "other", _("Other document")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.DECISION)
    number = models.CharField(_("number and symbol"), max_length=60)  # "12/QĐ-UBND"
    issued_on = models.DateField(_("date of issue"))
    issuer = models.CharField(_("issuing agency"), max_length=200)  # as printed that day
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True)
    signer = models.CharField(_("signed by"), max_length=120, blank=True)
    signer_title = models.CharField(_("title of the signer"), max_length=120, blank=True)
    subject = models.CharField(_("subject"), max_length=500, blank=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True)
    search_key = models.CharField(max_length=1000, blank=True)  # kit.text.fold of its texts

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "number"]
        indexes = [models.Index(fields=["place", "number"])]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"

    def get_absolute_url(self):
        return reverse("documents:document", args=[self.pk])
