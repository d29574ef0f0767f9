"""What teams do and with what: kinds of activity, contents, platforms, languages, difficulties."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Dated, DatedQuerySet


class CatalogueQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """The programme is public to every signed-in person."""
        return self if user.is_authenticated else self.none()


class Platform(Dated):
    """Zalo, dichvucong.gov.vn, voso.vn…: named with the dates they were in use."""

    class Use(models.TextChoices):
        SOCIAL = "social", _("Social network")
        FLOOR = "floor", _("E-commerce floor")
        BANK = "bank", _("Bank")
        WALLET = "wallet", _("E-wallet")
        MOBILE_MONEY = "mobile_money", _("Mobile money")
        OTHER = "", _("Other")

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    group = models.CharField(_("group"), max_length=60)
    use = models.CharField(_("used as"), max_length=14, choices=Use.choices, blank=True)
    address = models.URLField(blank=True)
    search_key = models.CharField(max_length=200, db_index=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["group", "name"]

    def __str__(self):
        return self.name


class ActivityKind(Dated):
    """Tuyên truyền, trực tiếp hỗ trợ, tham gia… (II.1.2) and today's practice."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=40)
    clause = models.CharField(_("clause"), max_length=60, blank=True)
    icon = models.CharField(max_length=40, blank=True)  # a bootstrap-icons name
    order = models.PositiveSmallIntegerField(default=0)

    objects = CatalogueQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["order"]

    def __str__(self):
        return self.name


class Content(Dated):
    """What neighbours were helped with (II.2.1 to II.2.7); each may be counted by an indicator."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=40)
    unit = models.CharField(_("unit"), max_length=40, default="lượt")
    clause = models.CharField(_("clause"), max_length=60, blank=True)
    platform = models.ForeignKey(
        Platform, models.PROTECT, null=True, blank=True, verbose_name=_("platform")
    )
    icon = models.CharField(max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    search_key = models.CharField(max_length=300, db_index=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["order", "name"]

    def __str__(self):
        return self.name


class Language(models.Model):
    """A language in which neighbours were helped; the language used, never a person's ethnicity."""

    code = models.SlugField(max_length=10, unique=True)
    name = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]

    def __str__(self):
        return self.name


class DifficultyCategory(Dated):
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=160)
    order = models.PositiveSmallIntegerField(default=0)

    objects = CatalogueQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["order"]

    def __str__(self):
        return self.name
