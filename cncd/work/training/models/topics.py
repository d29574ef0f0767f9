"""What can be learned: the five basic digital skills, and what a team needs besides."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Dated
from cncd.team.programme.models import CatalogueQuerySet


class Topic(Dated):
    """A topic of courses, named with the days it is in use."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=60)
    is_basic_skill = models.BooleanField(_("basic digital skill"), default=False)
    clause = models.CharField(_("clause"), max_length=80, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    # What neighbours are helped with by whoever learned this: the gap looks at these.
    contents = models.ManyToManyField("programme.Content", blank=True, related_name="topics")

    objects = CatalogueQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["order"]

    def __str__(self):
        return self.name
