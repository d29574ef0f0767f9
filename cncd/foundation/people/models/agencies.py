"""Agencies: identities with names by date, and who took over from whom."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Dated


class Branch(models.Model):
    """A line of work: UBND, thông tin truyền thông, văn hóa thông tin, công thương, Đoàn…"""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]

    def __str__(self):
        return self.name


class AgencyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Agencies are public bodies: every signed-in person sees them."""
        return self if user.is_authenticated else self.none()

    def alive(self, day):
        """Agencies that have a version in force on that day."""
        rows = AgencyVersion.objects.filter(
            Q(until_on=None) | Q(until_on__gt=day), since_on__lte=day
        )
        return self.filter(pk__in=rows.values("agency"))

    def named(self, day):
        """Adds name, short_name, search_key and until_on as of that day (last known if ended)."""
        latest = AgencyVersion.objects.filter(agency=models.OuterRef("pk"), since_on__lte=day)
        version = latest.order_by("-since_on").values("pk")[:1]
        return self.alias(version_on=models.Subquery(version)).annotate(
            **{
                field: models.Subquery(
                    AgencyVersion.objects.filter(pk=models.OuterRef("version_on")).values(field)[:1]
                )
                for field in ("name", "short_name", "search_key", "sort_key", "until_on")
            }
        )


class Agency(models.Model):
    """An identity; its names, and when it existed, are in its versions."""

    branch = models.ForeignKey(Branch, models.PROTECT)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="agencies")
    is_enterprise = models.BooleanField(default=False)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self):
        last = self.versions.order_by("-since_on").first()
        return last.name if last else f"#{self.pk}"

    def name_on(self, day) -> str:
        """What it was called that day (what it is called first, if it did not exist yet)."""
        version = self.versions.filter(since_on__lte=day).order_by("-since_on").first()
        version = version or self.versions.order_by("since_on").first()
        return version.name if version else f"#{self.pk}"


class AgencyVersion(Dated):
    """A name an agency bore, and when."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="versions")
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    search_key = models.CharField(max_length=260, db_index=True)  # kit.text.fold of both names
    sort_key = models.CharField(max_length=400, db_index=True)
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True)

    class Meta(Dated.Meta):
        ordering = ["since_on"]

    def __str__(self):
        return self.name


class AgencySuccession(models.Model):
    """One agency's duties pass to another on a day."""

    old = models.ForeignKey(Agency, models.PROTECT, related_name="successors")
    new = models.ForeignKey(Agency, models.PROTECT, related_name="predecessors")
    on = models.DateField()
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="people_agencysuccession_once"),
            models.CheckConstraint(
                condition=~Q(old=F("new")), name="people_agencysuccession_not_to_itself"
            ),
        ]

    def __str__(self):
        return f"{self.old} → {self.new}"
