"""Items as lists show them; whose files and documents they use."""

import datetime as dt

from django.db.models import F, OuterRef, Subquery

from cncd.foundation.documents.queries import Use
from cncd.foundation.files.models import StoredFile
from cncd.foundation.people.models import AgencyVersion
from cncd.foundation.people.queries import place_name_on
from cncd.work.library.models import Edition, Item

BODIES = ("current__body", "open__body")  # read for the rows of one page only


def with_names(items, day: dt.date):
    """Adds `unit_name` and `agency_name` of that day, and what else a row shows but the text."""
    names = AgencyVersion.objects.filter(agency=OuterRef("agency"), since_on__lte=day)
    names = names.order_by("-since_on").values("name")[:1]
    rows = items.select_related("current", "open", "document").defer(*BODIES)
    return rows.annotate(unit_name=place_name_on("place", day), agency_name=Subquery(names))


def bodies_of(items) -> dict[int, str]:
    """Edition id → text, of the editions that these items show."""
    ids = {item.current_id or item.open_id for item in items}
    return dict(Edition.objects.filter(pk__in=ids).values_list("pk", "body"))


def files_in_reach(user):
    """Ids of the files of texts the person sees; for `settings.FILE_OWNERS`."""
    seen = Item.objects.visible_to(user)
    editions = Edition.objects.filter(item__in=seen).exclude(file=None)
    read = editions.filter(state=Edition.State.PUBLISHED)
    own = editions.filter(pk=F("item__open"))
    return StoredFile.objects.filter(pk__in=(read | own).values("file")).values("pk")


def uses_of_document(document, user) -> list[Use]:
    """The texts about the document, for its page; `settings.DOCUMENT_USES`."""
    items = Item.objects.visible_to(user).standing().filter(document=document)
    return [Use(item.title, item.get_absolute_url()) for item in items]
