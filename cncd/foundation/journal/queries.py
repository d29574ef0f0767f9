"""Questions about the journal: entries in words, whose names may be shown, where subjects open."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Concat
from django.urls import NoReverseMatch, reverse

from cncd.foundation.journal.models import Entry
from cncd.foundation.journal.telling import Told, tell, told_rows
from cncd.foundation.kit.text import person_sort_key
from cncd.foundation.people import authority
from cncd.foundation.places.models import PlaceVersion

LATEST = 20  # entries in the history of a record
LOOKED_THROUGH = 2_000  # entries, for the names of those who acted lately


def with_place_names(entries):
    """Adds `place_name`: what the place was called when it happened."""
    then = PlaceVersion.objects.filter(
        place=OuterRef("place_id"), since_on__lte=OuterRef("at__date")
    )
    full_name = Concat("kind__name", Value(" "), "name")
    latest = then.order_by("-since_on").values(full_name=full_name)[:1]
    return entries.annotate(place_name=Subquery(latest))


def told(entries: Iterable[Entry], user) -> list[Told]:
    """The entries in words for this person: links to what may be opened, names that may be seen."""
    entries = list(entries)
    open_places = personal_places(user, {entry.place_id for entry in entries})
    addresses = _addresses(entries, user)
    return [
        tell(
            entry,
            show_personal=entry.actor_id == user.pk or entry.place_id in open_places,
            address=addresses.get((entry.subject_kind, entry.subject_id), ""),
        )
        for entry in entries
    ]


def personal_places(user, places: set[int]) -> set[int]:
    """Those of the places where the person may see names and numbers of people."""
    wanted = places - {None}
    if not wanted:
        return set()
    if authority.sees_everything(user, "people.view"):
        return wanted
    reach = authority.reach(user, None, "people.view").filter(pk__in=wanted)
    return set(reach.order_by().values_list("pk", flat=True))


def history(subject, user, limit: int = LATEST) -> list[Told]:
    """The latest entries about a record that the person has before them."""
    entries = Entry.objects.about(subject).prefetch_related("personal_values")
    found = told(entries[:limit], user)
    many = [one.entry.pk for one in found if one.entry.rows]
    may = Entry.objects.visible_to(user).filter(pk__in=many) if many else Entry.objects.none()
    opened = set(may.values_list("pk", flat=True))
    for one in found:
        one.may_open = one.entry.pk in opened
    return found


def rows_of(entry: Entry, user) -> list[str]:
    """The rows of a batch entry in words, as far as the person may see them."""
    ids = [row for row in entry.rows if isinstance(row, int)]
    found = _visible(entry.subject_kind, user, ids) if ids else []
    return told_rows(entry, {str(record.pk): str(record) for record in found})


def actors(entries, asked: str = "") -> list[tuple[int, str]]:
    """Who acted in the latest entries, by name, and whoever is asked for: account id and name."""
    rows = entries.order_by("-at").exclude(actor_id=None).values_list("actor_id", "actor_name")
    found = dict(rows[:LOOKED_THROUGH])
    if asked.isdecimal() and int(asked) not in found:
        found |= dict(rows.filter(actor_id=asked)[:1])
    return sorted(found.items(), key=lambda pair: person_sort_key(pair[1]))


def _addresses(entries: list[Entry], user) -> dict[tuple[str, str], str]:
    """(kind, id) of a subject → its page, for subjects that have one the person may open."""
    ids = defaultdict(set)
    for entry in entries:
        ids[entry.subject_kind].add(entry.subject_id)
    return {
        (kind, str(record.pk)): _address(kind, record)
        for kind, wanted in ids.items()
        for record in _visible(kind, user, wanted)
    }


def _address(kind: str, record) -> str:
    """The page of a record: what it says itself, else the address named as its kind is."""
    if hasattr(record, "get_absolute_url"):
        return record.get_absolute_url()
    try:
        return reverse(kind.replace(".", ":"), args=[record.pk])
    except NoReverseMatch:
        return ""


def _visible(kind: str, user, ids: Iterable) -> Iterable:
    """The records of a kind, by id, that the person may see; none of a kind without reach."""
    try:
        records = apps.get_model(kind)._default_manager.all()
    except LookupError:
        return []
    if not hasattr(records, "visible_to"):
        return []
    fitting = [pk for pk in ids if _fits(records.model, pk)]
    return records.visible_to(user).filter(pk__in=fitting)


def _fits(model, pk) -> bool:
    try:
        model._meta.pk.to_python(pk)
    except ValidationError:
        return False
    return True
