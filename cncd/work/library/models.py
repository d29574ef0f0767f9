"""Policy documents and guides: items, their editions, and how often they are opened."""

from django.db import models
from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.people import authority
from cncd.foundation.people.permissions import ENTERPRISE
from cncd.foundation.places.models import Place, PlaceIndex
from cncd.team.teams.authority import places_in_reach


class ItemQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def published(self):
        """What anybody reads: an edition of it stands."""
        return self.standing().exclude(current=None)

    def originals(self):
        """What may be translated: a translation is of the first text, never of another one."""
        return self.standing().filter(translation_of=None)

    def submitted(self):
        return self.standing().filter(open__state=Edition.State.SUBMITTED)

    def for_audience(self, audience: str):
        """`teams`, `officials` or `citizens`."""
        return self.filter(**{f"for_{audience}": True})

    def visible_to(self, user):
        """Published ones of places in reach and above it; one's own agency's, in every state.

        Drafts of units are seen by those who may change them there, what an enterprise submitted
        by those who approve.
        """
        if authority.sees_everything(user, "library.view"):
            return self
        day = timezone.localdate()
        below = places_in_reach(user, "library.view")
        above = PlaceIndex.objects.on(day).filter(place__in=below).values("ancestor")
        asked = {"read": Q(pk__in=below) | Q(pk__in=above)}
        if kept := writing_roots(user):
            asked["kept"] = Q(pk__in=Place.objects.reached_from(kept, day))
        if authority.permitted(user, "library.approve"):
            asked["approved"] = Q(pk__in=authority.reach(user, permission="library.approve"))
        shelves = _shelves(asked)
        found = Q(withdrawn_at=None) & ~Q(current=None) & Q(place__in=shelves["read"])
        if agencies := authority.own_agencies(user):
            found |= Q(agency__in=agencies)
        if own := shelves.get("kept"):
            found |= Q(place__in=own) & ~Q(from_enterprise=True)
        if approved := shelves.get("approved"):
            # Drafts are few: looked up, not joined to every text with its body.
            drafts = Item.objects.filter(open__isnull=False, open__state=Edition.State.DRAFT)
            drafts = set(drafts.order_by().values_list("pk", flat=True))
            found |= ~Q(pk__in=drafts) & Q(place__in=approved)
        return self.filter(found)


def _shelves(asked: dict[str, Q]) -> dict[str, set[int]]:
    """By name, which places keep a shelf: few do, and a list of them is found in no time."""
    kept = Item.objects.order_by().values("place").distinct()
    places = Place.objects.filter(pk__in=kept).values_list(
        "pk", *(Case(When(places, then=True), default=False) for places in asked.values())
    )
    found = {name: set() for name in asked}
    for pk, *held in places:
        for name, is_held in zip(asked, held, strict=True):
            if is_held:
                found[name].add(pk)
    return found


def writing_roots(user) -> set[int]:
    """Places whose shelf the person keeps; an enterprise keeps only its own items."""
    held = authority.permitted(user, "library.change")
    return {grant.place_id for grant in held if grant.role != ENTERPRISE} - {None}


class Item(models.Model):
    """A text of the library under one address: its editions change, the link does not."""

    class Kind(models.TextChoices):
        POLICY = "policy", _("Policy document")
        GUIDE = "guide", _("Guide")
        MATERIAL = "material", _("Training material")

    class Language(models.TextChoices):
        """What people of the province read; BCP 47, for screen readers and fonts.

        Not dated rows: a language does not end, and one more asks for its word on every page.
        """

        VIETNAMESE = "vi", _("Vietnamese")
        KHMER = "km", _("Khmer")
        CHINESE = "zh", _("Chinese")
        ENGLISH = "en", _("English")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.GUIDE)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name=_("unit"))
    agency = models.ForeignKey(
        "people.Agency", models.PROTECT, null=True, blank=True, verbose_name=_("written by")
    )
    from_enterprise = models.BooleanField(default=False)  # appears after Sở approves (IV.5)
    language = models.CharField(
        _("language"), max_length=3, choices=Language.choices, default=Language.VIETNAMESE
    )
    for_teams = models.BooleanField(_("teams"), default=True)
    for_officials = models.BooleanField(_("officials"), default=False)
    for_citizens = models.BooleanField(_("citizens"), default=False)
    document = models.ForeignKey(
        "documents.Document", models.PROTECT, null=True, blank=True, related_name="library_items"
    )
    contents = models.ManyToManyField("programme.Content", blank=True, related_name="guides")
    duties = models.ManyToManyField("programme.ActivityKind", blank=True, related_name="guides")
    platforms = models.ManyToManyField("programme.Platform", blank=True, related_name="guides")
    translation_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="translations"
    )
    # What is read now, and what is being written or waits; both by `actions` only.
    current = models.ForeignKey(
        "Edition", models.PROTECT, null=True, blank=True, related_name="current_of"
    )
    open = models.ForeignKey(
        "Edition", models.PROTECT, null=True, blank=True, related_name="open_of"
    )
    title = models.CharField(
        _("title of the text"), max_length=200
    )  # of the current edition, else the open
    summary = models.CharField(max_length=300, blank=True)
    sort_key = models.CharField(max_length=400, db_index=True)
    published_at = models.DateTimeField(null=True, blank=True)  # of the current edition
    size = models.PositiveIntegerField(default=0)  # bytes of the current text, as a phone keeps it
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["place", "kind"]),
            models.Index(fields=["published_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(for_teams=True) | Q(for_officials=True) | Q(for_citizens=True),
                name="library_item_is_for_somebody",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("library:item", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return self.current_id is not None and self.withdrawn_at is None

    @property
    def other_languages(self):
        """The same in other languages, itself left out: its original, and what else is of it."""
        first = self.translation_of_id or self.pk
        family = Item.objects.filter(Q(pk=first) | Q(translation_of=first))
        return family.exclude(pk=self.pk).order_by("language", "pk")


class Edition(models.Model):
    """One text of an item as it stood: who wrote it, who let it appear, what changed."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waiting for approval")
        RETURNED = "returned", _("Returned")
        PUBLISHED = "published", _("Published")

    item = models.ForeignKey(Item, models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    state = models.CharField(_("state of the text"), max_length=10, choices=State.choices)
    title = models.CharField(_("title of the text"), max_length=200)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    body = models.TextField(_("the text"), blank=True)  # Markdown, `rules/markup.py`
    file = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    what_changed = models.CharField(_("what changed"), max_length=300, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("note of the approver"), max_length=1000, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="library_edition_number"),
            models.UniqueConstraint(
                fields=["item"],
                condition=~Q(state="published"),
                name="library_edition_one_open_per_item",
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.number})"

    @property
    def is_read(self) -> bool:
        return self.state == self.State.PUBLISHED


class Searched(models.Model):
    """What the search looks at: words folded, and words with their marks, in plain ASCII.

    Both databases keep an index beside this table (migration 0001); `search/` asks it.
    """

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="searched")
    title = models.TextField()
    body = models.TextField()
    marked = models.TextField()

    class Meta:
        verbose_name_plural = "searched"

    def __str__(self):
        return self.title


class Opening(models.Model):
    """How often an item was opened on a day at a unit: a number, never who."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="openings")
    day = models.DateField()
    place = models.ForeignKey("places.Place", models.PROTECT)
    by_teams = models.BooleanField(default=False)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["day"])]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "day", "place", "by_teams"], name="library_opening_one_row"
            )
        ]

    def __str__(self):
        return f"{self.item_id} {self.day}: {self.count}"
