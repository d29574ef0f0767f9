"""What is asked and how it is counted: measures, counters, sources, indicators, checks, sheets."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Dated, DatedQuerySet
from cncd.team.programme import rules

from .catalogues import CatalogueQuerySet


class Measure(Dated):
    """A number that is reported and added up. All values are integers in `unit` × 1/`factor`."""

    class Kind(models.TextChoices):
        FLOW = "flow", _("Flow: adds up over units and over months")
        STOCK = "stock", _("Stock: adds up over units, last value over months")
        DISTINCT = "distinct", _("Distinct: adds up over hamlets, recounted over months")

    code = models.CharField(_("code"), max_length=30, unique=True)  # "TC07", "KT08.num"
    name = models.CharField(_("name"), max_length=300)
    short_name = models.CharField(_("short name"), max_length=60)
    unit = models.CharField(_("unit"), max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    factor = models.PositiveIntegerField(default=1)  # đồng stored, triệu đồng shown: 1 000 000
    level = models.ForeignKey("places.Level", models.PROTECT)  # where it originates
    split_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="splits"
    )
    split_name = models.CharField(max_length=60, blank=True)  # "tiếng Khmer"
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    yes_no = models.BooleanField(_("yes or no"), default=False)  # at one team or unit: 1 or 0
    order = models.PositiveSmallIntegerField(default=0)

    objects = CatalogueQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["order", "code"]

    def most(self, *, one_team: bool) -> int:
        """The largest value, as stored, that one team's (or one unit's own) report can mean."""
        return rules.most_of(
            unit=self.unit, factor=self.factor, yes_no=self.yes_no, one_team=one_team
        )

    def __str__(self):
        return f"{self.code} {self.name}"


class Counter(models.Model):
    """How a room counts a measure: a row, so that a new one needs no programmer."""

    class Counts(models.TextChoices):
        RECORDS = "records", _("number of activities")
        PEOPLE = "people", _("number of people")
        ELDERLY = "elderly", _("number of people aged 60 and over")
        HOUSEHOLDS = "households", _("number of households")
        CONTENT = "content", _("count of a content")
        LANGUAGE = "language", _("number of people helped in a language")
        ANY = "any", _("whether there was at least one activity")

    room = models.CharField(max_length=30)  # activities, teams, places, reports…
    counts = models.CharField(_("counts"), max_length=30)  # Counts, or a word of that room
    filters = models.JSONField(default=dict, blank=True)  # {"content": ["vneid"], "kind": [...]}
    note = models.CharField(max_length=200, blank=True)

    def __str__(self):
        return f"{self.room}: {self.counts} {self.filters or ''}".strip()


class Source(Dated):
    """Where a measure comes from, one at a time: counted by a counter, or asked by hand.

    A switch holds from a period on (`since_on` is a period's first day) and recomputes nothing.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="sources")
    counter = models.ForeignKey(Counter, models.PROTECT, null=True, blank=True)  # None: asked

    objects = DatedQuerySet.as_manager()


class Indicator(Dated):
    class Pillar(models.TextChoices):
        ORGANISATION = "TC", _("Organisation and activity")
        GOVERNMENT = "CQ", _("Digital government")
        ECONOMY = "KT", _("Digital economy")
        SOCIETY = "XH", _("Digital society")

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=300)
    short_name = models.CharField(_("short name"), max_length=60)  # for the phone
    unit = models.CharField(_("unit"), max_length=40)  # "%" for a ratio
    pillar = models.CharField(_("pillar"), max_length=2, choices=Pillar.choices)
    measure = models.ForeignKey(  # a plain indicator
        Measure, models.PROTECT, null=True, blank=True, related_name="indicators"
    )
    numerator = models.ForeignKey(  # a ratio
        Measure, models.PROTECT, null=True, blank=True, related_name="as_numerator"
    )
    denominator = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="as_denominator"
    )
    direction = models.SmallIntegerField(default=1)  # +1 more is better, -1 less, 0 neither
    goal = models.CharField(max_length=80, blank=True)  # the plan's own words, "100%"
    clause = models.CharField(_("clause"), max_length=80, blank=True)
    origin = models.CharField(max_length=120, blank=True)
    definition = models.TextField(_("how it is counted"), blank=True)
    is_core = models.BooleanField(default=True)
    min_denominator = models.PositiveSmallIntegerField(default=0)  # fewer answers: not shown
    is_headline = models.BooleanField(default=False)  # first on desks and phones
    order = models.PositiveSmallIntegerField(default=0)
    search_key = models.CharField(max_length=400, db_index=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["order"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(measure__isnull=False, numerator=None, denominator=None)
                | Q(measure=None, numerator__isnull=False, denominator__isnull=False),
                name="programme_indicator_is_a_measure_or_a_ratio",
            ),
        ]

    @property
    def is_ratio(self) -> bool:
        return self.measure_id is None

    @property
    def kind(self) -> str:
        """flow, stock or distinct as its measure, or ratio."""
        return rules.RATIO if self.is_ratio else self.measure.kind

    def get_absolute_url(self):
        return reverse("programme:indicator", args=[self.code])

    @property
    def factor(self) -> int:
        """How many stored units make one shown unit."""
        return 1 if self.is_ratio else self.measure.factor

    def __str__(self):
        return f"{self.code} {self.name}"


class Check(Dated):
    """A rule between figures of one report; warns and asks for a reason, never blocks."""

    class Kind(models.TextChoices):
        AT_MOST = "at_most", _("Left must not exceed factor × right")
        JUMP = "jump", _("Not above factor × the median of the last 3 months")

    code = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    left = models.ForeignKey(Measure, models.CASCADE, related_name="+", null=True, blank=True)
    right = models.ForeignKey(Measure, models.CASCADE, related_name="+", null=True, blank=True)
    factor = models.PositiveIntegerField(_("factor"), default=1)
    floor = models.PositiveIntegerField(  # small numbers jump without meaning anything
        _("warn only above"), default=0
    )
    message = models.CharField(_("message"), max_length=300)

    objects = CatalogueQuerySet.as_manager()

    def __str__(self):
        return self.message[:80]


class Sheet(Dated):
    """The figures a report of a level asks for or shows, in order."""

    level = models.ForeignKey("places.Level", models.PROTECT)
    name = models.CharField(max_length=120)

    objects = CatalogueQuerySet.as_manager()

    def __str__(self):
        return self.name


class SheetLine(models.Model):
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="lines")
    measure = models.ForeignKey(Measure, models.PROTECT)
    order = models.PositiveSmallIntegerField(default=0)
    required = models.BooleanField(default=True)  # asked figures must be stated (a number or none)

    class Meta:
        ordering = ["order"]
        unique_together = [("sheet", "measure")]
