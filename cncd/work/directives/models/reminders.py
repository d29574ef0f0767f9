"""Who was reminded of what, when, by whom and how (đôn đốc)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cncd.work.directives.models.obligations import Obligation


class ReminderQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def visible_to(self, user):
        return self.filter(obligation__in=Obligation.objects.visible_to(user))


class Reminder(models.Model):
    """One obligation was brought to mind once."""

    class How(models.TextChoices):
        PROGRAM = "program", _("In the program")
        PHONE = "phone", _("By phone")
        ZALO = "zalo", _("By Zalo")
        MEETING = "meeting", _("At a meeting")

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="reminders")
    how = models.CharField(_("how"), max_length=10, choices=How.choices)
    at = models.DateTimeField()
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    persons = models.ManyToManyField("people.Person", blank=True, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # logged by mistake
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["obligation", "at"])]

    def __str__(self):
        return f"{self.obligation}: {self.get_how_display()}"
