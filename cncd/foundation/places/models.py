"""Where: a place is an identity; its versions say its name and where it belongs, by date."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Dated, DatedQuerySet
from cncd.foundation.places.rules import says_little


class Level(models.Model):
    """A level of administration; how many there are is data."""

    code = models.SlugField(max_length=20, unique=True)  # province district commune hamlet
    rank = models.PositiveSmallIntegerField(unique=True)  # 1 is the highest
    name = models.CharField(max_length=60)  # "tỉnh"; interface words for data stay Vietnamese
    name_en = models.CharField(max_length=60)

    class Meta:
        ordering = ["rank"]

    def __str__(self):
        return self.name


class PlaceKind(models.Model):
    """Tỉnh, huyện, thị xã, xã, phường, thị trấn, đặc khu, ấp, khóm…"""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=10)  # "TT", "X", for names that collide
    level = models.ForeignKey(Level, models.PROTECT)

    def __str__(self):
        return self.name


class PlaceQuerySet(models.QuerySet):
    def at_level(self, code: str):
        return self.filter(level__code=code)

    def alive(self, day):
        """Places that have a version in force on that day."""
        return self.filter(
            Q(versions__until_on=None) | Q(versions__until_on__gt=day), versions__since_on__lte=day
        )

    def within(self, roots, day):
        """Places at or below the roots (ids or places) in the tree of that day."""
        return self._indexed(roots, day, inherited=False)

    def reached_from(self, roots, day):
        """Places an authority over the roots answers for on that day, predecessors included."""
        return self._indexed(roots, day, inherited=None)

    def _indexed(self, roots, day, *, inherited):
        rows = PlaceIndex.objects.on(day).filter(ancestor__in=roots)
        if inherited is not None:
            rows = rows.filter(inherited=inherited)
        return self.filter(pk__in=rows.values("place"))

    def visible_to(self, user):
        """Names of places are public to every signed-in person."""
        return self if user.is_authenticated else self.none()

    def named(self, day):
        """Adds what each place is called on that day (last known if ended), in one join:

        name, full_name, code, kind_code, kind_name, parent_id, sort_key, search_key, since_on,
        until_on, latitude, longitude. All are None before the place begins.
        """
        in_force = Q(versions__until_on__gt=day) | Q(versions__is_last=True)
        return self.annotate(
            known=models.FilteredRelation(
                "versions", condition=Q(versions__since_on__lte=day) & in_force
            ),
            kind_code=F("known__kind__code"),
            kind_name=F("known__kind__name"),
            full_name=Concat("known__kind__name", Value(" "), "known__name"),
            **{name: F(f"known__{name}") for name in KNOWN},
        )


KNOWN = (
    "name",
    "code",
    "parent_id",
    "sort_key",
    "search_key",
    "since_on",
    "until_on",
    "latitude",
    "longitude",
)


class Place(models.Model):
    """An opaque identity: what it is called, and under whom it stands, is in its versions."""

    level = models.ForeignKey(Level, models.PROTECT)

    objects = PlaceQuerySet.as_manager()

    def __str__(self):
        last = self.versions.filter(is_last=True).select_related("kind").first()
        return last.full_name if last else f"#{self.pk}"

    @property
    def brief_name(self) -> str:
        """The name alone where it says enough ("Nhơn Mỹ"), else with its type ("Phường 1")."""
        return self.full_name if says_little(self.name or "") else self.name


class PlaceVersion(Dated):
    place = models.ForeignKey(Place, models.CASCADE, related_name="versions")
    is_last = models.BooleanField(default=True)  # what an ended place is still known as
    code = models.CharField(_("code"), max_length=20)  # text: leading zeros matter
    name = models.CharField(_("name"), max_length=120)  # official spelling, NFC, without the type
    kind = models.ForeignKey(PlaceKind, models.PROTECT, verbose_name=_("type"))
    parent = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="child_versions"
    )
    search_key = models.CharField(max_length=200, db_index=True)  # kit.text.fold(kind + name)
    sort_key = models.CharField(max_length=400, db_index=True)  # kit.text.sort_key(name)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    is_approximate = models.BooleanField(default=False)  # the position: near, not at
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True)

    class Meta(Dated.Meta):
        ordering = ["sort_key"]
        indexes = [
            models.Index(fields=["code"]),
            models.Index(fields=["parent", "since_on"]),
            models.Index(fields=["place", "since_on"]),
        ]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["place", "since_on"], name="places_one_change_a_day"),
            models.UniqueConstraint(
                fields=["place"], condition=Q(is_last=True), name="places_one_last_version"
            ),
        ]

    @property
    def full_name(self) -> str:
        """ "Xã Nhơn Mỹ", "Phường 1": type and name, as written at the start of a line."""
        return f"{self.kind.name} {self.name}"

    def __str__(self):
        return self.full_name


class Succession(models.Model):
    """One place (or part of it) passes into another on a day."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("Merged into")
        SPLIT = "split", _("Split into")
        TRANSFER = "transfer", _("Part transferred to")
        ABOLISH = "abolish", _("Abolished, duties pass to")

    old = models.ForeignKey(Place, models.PROTECT, related_name="successors")
    new = models.ForeignKey(Place, models.PROTECT, related_name="predecessors")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    on = models.DateField(_("in force from"))
    share = models.DecimalField(max_digits=6, decimal_places=5, default=1)  # 0 < share ≤ 1
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["old", "new", "on"], name="places_succession_once"),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=1), name="places_succession_share_in_0_1"
            ),
            models.CheckConstraint(
                condition=~Q(old=F("new")), name="places_succession_not_to_itself"
            ),
        ]


class PlaceIndex(Dated):
    """Derived, rebuildable: on these days, who stands at or above the place.

    `inherited` rows reach a place that has ended, through its successors.
    """

    place = models.ForeignKey(Place, models.CASCADE, related_name="index")
    ancestor = models.ForeignKey(Place, models.CASCADE, related_name="covers")
    inherited = models.BooleanField(default=False)

    class Meta(Dated.Meta):
        indexes = [
            models.Index(fields=["ancestor", "since_on", "until_on"]),
            models.Index(fields=["place", "since_on"]),
        ]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["place", "ancestor", "inherited", "since_on"], name="places_index_row_once"
            ),
        ]


class Setting(Dated):
    """A dated choice of a place and all below it ("team.max_members" = 10); the nearest holds."""

    objects = DatedQuerySet.as_manager()

    key = models.CharField(max_length=60)
    place = models.ForeignKey(Place, models.CASCADE, null=True, blank=True)  # None: everywhere
    value = models.JSONField()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["key", "since_on"])]

    def __str__(self):
        from cncd.foundation.places.options import known_options

        found = known_options().get(self.key)
        return str(found.label) if found else self.key


class Boundary(Dated):
    """The outline of a place, for maps: a simplified GeoJSON MultiPolygon, in degrees."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="boundaries")
    geometry = models.JSONField()
    source = models.CharField(_("source"), max_length=200)

    objects = DatedQuerySet.as_manager()
