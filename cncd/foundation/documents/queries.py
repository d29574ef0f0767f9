"""Questions about documents: which files are theirs, what rests on one."""

from dataclasses import dataclass
from itertools import chain

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.documents.actions import DETAILS
from cncd.foundation.documents.models import Document
from cncd.foundation.kit import figures


@dataclass(frozen=True)
class Use:
    """Something that rests on a document, in words, with its address if the person may open it."""

    text: str
    address: str = ""


def files_in_reach(user):
    """Ids of the files of the documents the person sees; for `settings.FILE_OWNERS`."""
    return Document.objects.visible_to(user).exclude(file=None).values("file")


def uses(document: Document, user) -> list[Use]:
    """What rests on the document, as far as the person may see it.

    Rooms above say it in `settings.DOCUMENT_USES`: functions `(document, user) -> [Use]`.
    """
    above = (import_string(path)(document, user) for path in settings.DOCUMENT_USES)
    return [*_places(document), *_postings(document, user), *chain.from_iterable(above)]


def details(document: Document) -> list[tuple[str, object]]:
    """(label, value) of the fields of decree 30/2020, Phụ lục VI, that were filled in."""
    found = []
    for name in DETAILS:
        value = getattr(document, name)
        if value in (None, ""):
            continue
        if name == "priority":
            value = document.get_priority_display()
        elif name.endswith("_on"):
            value = figures.day(value)
        label = str(Document._meta.get_field(name).verbose_name)
        found.append((label[:1].upper() + label[1:], value))
    return found


def _places(document: Document) -> list[Use]:
    """What places are called, and into what they passed, by this document."""
    versions = document.placeversion_set.select_related("kind").order_by("sort_key")
    found = [
        Use(
            _("%(place)s, from %(day)s")
            % {"place": version.full_name, "day": figures.day(version.since_on)},
            reverse("places:place", args=[version.place_id]),
        )
        for version in versions
    ]
    passed = document.succession_set.count()
    if passed:
        text = ngettext("One succession of units", "%(count)s successions of units", passed)
        found.append(Use(text % {"count": figures.number(passed)}))
    return found


def _postings(document: Document, user) -> list[Use]:
    """Who holds which post by this document."""
    rows = document.posting_set.visible_to(user).select_related("person", "role")
    return [
        Use(
            _("%(person)s as %(role)s, from %(day)s")
            % {"person": row.person, "role": row.role, "day": figures.day(row.since_on)},
            reverse("people:person", args=[row.person_id]),
        )
        for row in rows
    ]
