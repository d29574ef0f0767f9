"""Roles, and who holds them where and when: in person, for somebody, or for another agency."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Dated, DatedQuerySet
from cncd.foundation.people.models.agencies import Agency, Branch
from cncd.foundation.people.models.people import Person


class Role(Dated):
    """A row, not a constant; what each may do is in `permissions.py`."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    level = models.ForeignKey("places.Level", models.PROTECT, null=True, blank=True)
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["order"]

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        """The name in the language of the page."""
        return self.name if (get_language() or "vi").startswith("vi") else self.name_en


class PostingQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Postings at places in reach of those who may see people there."""
        from cncd.foundation.people import authority

        return self.filter(place__in=authority.reach(user, permission="people.view"))


class Posting(Dated):
    """Who may do what, where and when."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="postings")
    role = models.ForeignKey(Role, models.PROTECT)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="postings")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True)
    title = models.CharField(_("title"), max_length=120, blank=True)  # "Chủ tịch UBND xã"
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True)
    successor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PostingQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["role__order", "since_on"]
        indexes = [
            models.Index(fields=["person", "since_on", "until_on"]),
            models.Index(fields=["place", "since_on", "until_on"]),
        ]

    def __str__(self):
        return f"{self.title or self.role}, {self.place}"


class Substitution(Dated):
    """While it holds, the substitute has the powers of the posting."""

    posting = models.ForeignKey(Posting, models.CASCADE, related_name="substitutions")
    substitute = models.ForeignKey(Person, models.PROTECT, related_name="substitutions")
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["since_on"]
        indexes = [models.Index(fields=["substitute", "since_on"])]

    def __str__(self):
        return str(self.posting)


class Delegation(Dated):
    """An agency lets another act in a role at its place (II.2.9: UBND huyện → Phòng VH&TT)."""

    giver = models.ForeignKey(Agency, models.PROTECT, related_name="delegations_given")
    taker = models.ForeignKey(Agency, models.PROTECT, related_name="delegations_taken")
    role = models.ForeignKey(Role, models.PROTECT)  # the role the taker's officers act in
    place = models.ForeignKey("places.Place", models.PROTECT)
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["since_on"]
        indexes = [models.Index(fields=["taker", "since_on"])]

    def __str__(self):
        return f"{self.giver} → {self.taker}: {self.role}"
