"""Who owns what is sold ("chủ thể"), how they may be paid, what quality they signed for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cncd.foundation.people.rules import masked_phone
from cncd.work.registers.models.records import Record, RecordQuerySet


class OwnerQuerySet(RecordQuerySet):
    def households(self):
        return self.filter(kind=Owner.Kind.HOUSEHOLD)


class Owner(Record):
    class Kind(models.TextChoices):
        COOPERATIVE = "cooperative", _("Cooperative")  # hợp tác xã
        GROUP = "group", _("Cooperative group")  # tổ hợp tác
        ENTERPRISE = "enterprise", _("Enterprise")
        HOUSEHOLD = "household", _("Household")

    kind = models.CharField(_("kind of owner"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=160)  # of the business, as on its papers
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name=_("hamlet"))
    household = models.ForeignKey(
        "households.Household", models.PROTECT, null=True, blank=True, related_name="owners"
    )
    # Kept only while consent is recorded; withdrawing consent empties all five.
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=20, blank=True)
    consented_on = models.DateField(_("agreed on"), null=True, blank=True)
    consent_how = models.CharField(_("how they agreed"), max_length=200, blank=True)
    consent_by = models.ForeignKey(
        "people.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    search_key = models.CharField(max_length=200, db_index=True)
    sort_key = models.CharField(max_length=400, db_index=True)

    objects = OwnerQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(consented_on__isnull=False) | Q(contact_name="", contact_phone=""),
                name="registers_contact_with_consent_only",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(withdrawn_at__isnull=False),
                name="registers_merged_owner_counts_no_more",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def masked_phone(self) -> str:
        """The phone with its middle hidden, as pages show it."""
        return masked_phone(self.contact_phone)


class OfOwnerQuerySet(RecordQuerySet):
    WHERE = "owner__place"

    def standing(self):
        """Neither withdrawn nor of an owner that is."""
        return super().standing().filter(owner__withdrawn_at=None)


class PaymentAccount(Record):
    """That an owner can be paid electronically, and through whom; never a number."""

    class Kind(models.TextChoices):
        BANK = "bank", _("Bank account")
        WALLET = "wallet", _("E-wallet")
        MOBILE_MONEY = "mobile_money", _("Mobile money")

    owner = models.ForeignKey(Owner, models.PROTECT, related_name="accounts")
    kind = models.CharField(_("kind of account"), max_length=14, choices=Kind.choices)
    provider = models.ForeignKey(  # a row of the catalogue; none for a bank
        "programme.Platform", models.PROTECT, null=True, blank=True, verbose_name=_("provider")
    )
    since_on = models.DateField(_("since"))
    until_on = models.DateField(null=True, blank=True)
    helped_by = models.ForeignKey(  # the enterprise that opened it with them (IV.5)
        "people.Agency", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfOwnerQuerySet.as_manager()

    class Meta:
        ordering = ["owner", "kind"]

    def __str__(self):
        return f"{self.owner} · {self.provider or self.get_kind_display()}"


class Commitment(Record):
    """An owner signed for the quality of what is sold (II.2.3)."""

    owner = models.ForeignKey(Owner, models.PROTECT, related_name="commitments")
    signed_on = models.DateField(_("signed on"))
    until_on = models.DateField(null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True)

    objects = OfOwnerQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_on"]

    def __str__(self):
        return f"{self.owner} · {self.signed_on:%d/%m/%Y}"
