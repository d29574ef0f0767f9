"""A few short questions on a topic, and how many a person got right."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.fields import DocumentField
from cncd.foundation.people import authority

from .courses import OfPersonInCourseQuerySet, around


class QuizQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def visible_to(self, user):
        """Of units in reach and above."""
        if authority.sees_everything(user, "training.view"):
            return self
        below, above = around(user)
        return self.filter(Q(place__in=below) | Q(place__in=above))


class Quiz(models.Model):
    title = models.CharField(_("title"), max_length=200)
    topics = models.ManyToManyField("training.Topic", blank=True, related_name="quizzes")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    pass_mark = models.PositiveSmallIntegerField(_("right answers to pass"), default=1)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = QuizQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "quizzes"

    def __str__(self):
        return self.title


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(quiz__in=Quiz.objects.visible_to(user))


class Question(models.Model):
    """`choices` in order; `right` is the position of the right one, from 0."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="questions")
    text = models.CharField(_("question"), max_length=300)
    choices = DocumentField(default=list)
    right = models.PositiveSmallIntegerField(_("right answer"))
    explanation = models.CharField(_("why"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return self.text


class QuizResult(models.Model):
    """One try. `answers` holds what was chosen, question by question."""

    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="results")
    course = models.ForeignKey(
        "training.Course", models.PROTECT, null=True, blank=True, related_name="quiz_results"
    )
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="quiz_results")
    answers = DocumentField(default=dict)
    right = models.PositiveSmallIntegerField()
    asked = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    made_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    objects = OfPersonInCourseQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["course", "person"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(right__lte=F("asked")), name="training_right_within_asked"
            )
        ]

    def __str__(self):
        return f"{self.person}: {self.right}/{self.asked}"
