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
    """A cited document, with the fields of Nghị định 30/2020/NĐ-CP, Phụ lục VI."""

    class Kind(models.TextChoices):
        """The 29 kinds of decree 30/2020, art. 7, and what is none of them."""

        RESOLUTION = "resolution", _("Resolution")
        DECISION = "decision", _("Decision")
        INSTRUCTION = "instruction", _("Instruction")
        STATUTE = "statute", _("Rules of procedure")
        REGULATION = "regulation", _("Regulation")
        COMMUNIQUE = "communique", _("Communiqué")
        NOTICE = "notice", _("Public notice")
        GUIDANCE = "guidance", _("Guidance")
        PROGRAMME = "programme", _("Work programme")
        PLAN = "plan", _("Plan")
        OPTION = "option", _("Plan of action")
        SCHEME = "scheme", _("Project scheme")
        PROJECT = "project", _("Project")
        REPORT = "report", _("Report")
        MINUTES = "minutes", _("Minutes")
        PROPOSAL = "proposal", _("Submission")
        CONTRACT = "contract", _("Contract")
        DISPATCH = "dispatch", _("Official dispatch")
        TELEGRAM = "telegram", _("Official telegram")
        MEMORANDUM = "memorandum", _("Memorandum")
        AGREEMENT = "agreement", _("Agreement")
        AUTHORISATION = "authorisation", _("Letter of authorisation")
        INVITATION = "invitation", _("Letter of invitation")
        INTRODUCTION = "introduction", _("Letter of introduction")
        LEAVE = "leave", _("Leave permit")
        SENDING_SLIP = "sending_slip", _("Sending slip")
        TRANSFER_SLIP = "transfer_slip", _("Transfer slip")
        NOTICE_SLIP = "notice_slip", _("Notice slip")
        LETTER = "letter", _("Official letter")
        OTHER = "other", _("Other document")

    class Priority(models.TextChoices):
        NORMAL = "", _("Normal")
        URGENT = "urgent", _("Urgent")
        MORE_URGENT = "more_urgent", _("Very urgent")
        MOST_URGENT = "most_urgent", _("Most urgent")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.DECISION)
    number = models.CharField(_("number and symbol"), max_length=60)  # "12/QĐ-UBND"
    issued_on = models.DateField(_("date of issue"))
    issuer = models.CharField(_("issuing agency"), max_length=200)  # as printed that day
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True)
    signer = models.CharField(_("signed by"), max_length=120, blank=True)
    signer_title = models.CharField(_("title of the signer"), max_length=120, blank=True)
    subject = models.CharField(_("subject"), max_length=500, blank=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True)
    # The rest of Phụ lục VI; in brackets the name of the field there.
    organ_id = models.CharField(_("agency's identifier"), max_length=13, blank=True)  # (OrganId)
    file_notation = models.CharField(_("file notation"), max_length=20, blank=True)
    ordinal = models.PositiveSmallIntegerField(  # (DocOrdinal) within the file
        _("ordinal in the file"), null=True, blank=True
    )
    language = models.CharField(_("language"), max_length=30, blank=True)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)  # (PageAmount)
    description = models.CharField(_("remarks"), max_length=500, blank=True)
    recipients = models.CharField(_("recipients"), max_length=1000, blank=True)  # (To)
    priority = models.CharField(
        _("urgency"), max_length=12, choices=Priority.choices, blank=True, default=Priority.NORMAL
    )
    copies = models.PositiveSmallIntegerField(_("copies"), null=True, blank=True)  # (IssuedAmount)
    due_on = models.DateField(_("to be answered by"), null=True, blank=True)  # (DueDate)
    arrived_on = models.DateField(_("arrived on"), null=True, blank=True)  # (ArrivalDate)
    arrival_number = models.PositiveIntegerField(_("arrival number"), null=True, blank=True)
    search_key = models.CharField(max_length=1000, blank=True)  # kit.text.fold of its texts

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "number"]
        indexes = [models.Index(fields=["place", "number"])]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"

    def get_absolute_url(self):
        return reverse("documents:document", args=[self.pk])
