"""Documents drawn up here: their words, their figures, their files, their numbers."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.files.models import StoredFile
from cncd.foundation.kit.fields import DocumentField
from cncd.foundation.people import authority
from cncd.results.paperwork.registry import kind_of
from cncd.team.teams.models import Team


class PaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Documents of units in reach and of own teams, and those one drew up oneself."""
        if not user.is_authenticated:
            return self.none()
        if authority.sees_everything(user, "papers.view"):
            return self
        teams = authority.team_ids(user, "papers.view")
        places = authority.reach(user, permission="papers.view")
        return self.filter(Q(place__in=places) | Q(team__in=teams))

    def about(self, subject_kind: str, subject_id):
        return self.filter(subject_kind=subject_kind, subject_id=str(subject_id))

    def standing(self):
        return self.exclude(state=Paper.State.WITHDRAWN)


class Paper(models.Model):
    """A document: drawn up as a draft from live data, numbered by the clerk, signed outside."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft document")
        ISSUED = "issued", _("Numbered")
        REPLACED = "replaced", _("Document replaced")
        WITHDRAWN = "withdrawn", _("Document withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=8, unique=True)  # printed, and in the public address
    kind = models.CharField(max_length=40)  # a code of the registry
    subject_kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=40)
    subject_label = models.CharField(max_length=200, blank=True)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    issuer = models.CharField(_("issuing agency"), max_length=200)
    issuer_key = models.CharField(max_length=220)  # place and folded name: numbers are unique in it
    about = models.CharField(_("subject"), max_length=500)
    words = DocumentField(default=dict)  # `Drawn`, as `wording.py` writes and reads it
    day = models.DateField(_("figures of the day"))
    revision = models.PositiveIntegerField(default=1)  # of the words: each change is a new one
    edited = models.BooleanField(default=False)  # words changed by hand since drawn up
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    drawn_at = models.DateTimeField(_("drawn up"))
    symbol = models.CharField(max_length=30)  # "QĐ-UBND"
    number = models.PositiveIntegerField(_("number of the document"), null=True, blank=True)
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    issued_year = models.PositiveSmallIntegerField(null=True, blank=True)
    document = models.ForeignKey(
        "documents.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    replaces = models.ForeignKey(  # done when this one is numbered
        "self", models.PROTECT, null=True, blank=True, related_name="replacements"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)
    search_key = models.CharField(max_length=1000, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["-drawn_at", "pk"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"]),
            models.Index(fields=["place", "-drawn_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer_key", "issued_year", "number", "symbol"],
                condition=Q(number__isnull=False),
                name="paperwork_number_once_a_year",
            ),
            models.CheckConstraint(
                condition=Q(number=None, issued_on=None, issued_year=None)
                | Q(number__gt=0, issued_on__isnull=False, issued_year__isnull=False),
                name="paperwork_number_with_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["issued", "replaced"]) | Q(number__isnull=False),
                name="paperwork_issued_has_a_number",
            ),
        ]

    def __str__(self):
        return f"{self.label}: {self.about}" if self.about else str(self.label)

    def get_absolute_url(self):
        return reverse("paperwork:paper", args=[self.pk])

    @property
    def label(self):
        """What kind of document it is, in words."""
        kind = kind_of(self.kind)
        return kind.label if kind else self.kind

    @property
    def full_number(self) -> str:
        """05/QĐ-UBND; nothing before the clerk numbers it."""
        return f"{self.number:02d}/{self.symbol}" if self.number else ""

    @property
    def replacement(self) -> "Paper | None":
        """The document that took its place."""
        return self.replacements.filter(state__in=[self.State.ISSUED, self.State.REPLACED]).first()

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class PaperFigure(models.Model):
    """A number in a document and the record it came from (see `drawing.Figure`)."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="figures")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=1000)
    room = models.CharField(max_length=40)
    record_id = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=0)
    address = models.CharField(max_length=300, blank=True)
    label = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "position"], name="paperwork_figure_once_a_place"
            )
        ]

    def __str__(self):
        return f"{self.label}: {self.text}"

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same when the document is drawn up anew."""
        return (self.room, self.record_id, self.label)


class PaperFile(models.Model):
    """A file of a document: made here, or the signed one brought back."""

    class Kind(models.TextChoices):
        DOCX = "docx", _("Word file")
        PDF = "pdf", _("PDF")
        SCAN = "scan", _("Signed copy, scanned")
        SIGNED = "signed", _("Digitally signed PDF")

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="files")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()  # of the words it holds
    issued = models.BooleanField(default=False)  # bears the number: what a reader may hold
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.file.name}"


LOST_AFTER = dt.timedelta(minutes=15)


class PdfRun(models.Model):
    """One making of a PDF in the background, and how far it is."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for its turn")
        RUNNING = "running", _("Being made")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Not made")

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="runs")
    revision = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self):
        return f"{self.paper_id} {self.state}"

    @property
    def is_going_on(self) -> bool:
        """Whether it still may be made; one asked for long ago was lost with its worker."""
        lately = self.asked_at > timezone.now() - LOST_AFTER
        return lately and self.state in (self.State.WAITING, self.State.RUNNING)


class PaperTemplateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Templates of units in reach: their offices' own."""
        if not user.is_authenticated:
            return self.none()
        if authority.sees_everything(user, "papers.templates"):
            return self
        return self.filter(place__in=authority.reach(user, permission="papers.templates"))

    def in_force(self):
        return self.filter(ended_at=None)


class PaperTemplate(models.Model):
    """An office's own layout of one kind of document, checked when it was uploaded."""

    kind = models.CharField(max_length=40)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PaperTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-added_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "place"], condition=Q(ended_at=None),
                name="paperwork_one_template_in_force",
            )
        ]  # fmt: skip

    def __str__(self):
        kind = kind_of(self.kind)
        return str(kind.label if kind else self.kind)


class TrustedRoot(models.Model):
    """A certificate of an authority whose signatures are trusted here."""

    name = models.CharField(max_length=300)
    certificate = models.TextField()  # PEM; it holds no secret
    fingerprint = models.CharField(max_length=64, unique=True)  # SHA-256
    valid_until = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name
