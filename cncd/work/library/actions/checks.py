"""Who may write what, and the item under lock as its writer saw it."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.people import authority
from cncd.foundation.places.models import Place
from cncd.work.library.actions.errors import (
    ChangedMeanwhile,
    ForNobody,
    NotATranslation,
    NothingToRead,
    NotWaiting,
)
from cncd.work.library.actions.lines import About, Text
from cncd.work.library.models import Edition, Item, writing_roots

CHANGE, APPROVE = "library.change", "library.approve"


def may_write(user, *, place, agency=None, from_enterprise: bool = False) -> bool:
    """Whether the person keeps this shelf: the unit's own, or an enterprise's own texts (IV.5)."""
    if user is None:
        return True
    if from_enterprise:
        own = agency is not None and agency.pk in authority.own_agencies(user)
        return own and authority.can(user, CHANGE, place=place)
    roots = writing_roots(user)
    return Place.objects.reached_from(roots, timezone.localdate()).filter(pk=place.pk).exists()


def may_change(user, item: Item) -> bool:
    """Whether the person may write on this item."""
    about = {"agency": item.agency, "from_enterprise": item.from_enterprise}
    return may_write(user, place=item.place, **about)


def require(user, *, place, agency=None, from_enterprise: bool = False) -> None:
    """Raises PermissionDenied unless `may_write`."""
    if not may_write(user, place=place, agency=agency, from_enterprise=from_enterprise):
        raise PermissionDenied(CHANGE)


def held(item: Item, by, version: int) -> Item:
    """The item under lock, of that version, if the person may change it."""
    require(by, place=item.place, agency=item.agency, from_enterprise=item.from_enterprise)
    return locked(item, version)


def locked(item: Item, version: int) -> Item:
    rows = Item.objects.select_for_update(of=("self",)).select_related("place")
    found = rows.get(pk=item.pk)
    if found.version != version or found.withdrawn_at is not None:
        raise ChangedMeanwhile
    return found


def check(text: Text, about: About, item: Item | None = None) -> None:
    """Raises NothingToRead, ForNobody, NotATranslation."""
    if not (text.body.strip() or text.file or about.document):
        raise NothingToRead
    if not about.audiences:
        raise ForNobody
    if about.translation_of:
        _check_translation(about, item)


def _check_translation(about: About, item: Item | None) -> None:
    first = about.translation_of
    if first.language == about.language:
        told = _("Choose the language of the translation: the original is in this one already.")
        raise NotATranslation({"language": told})
    if first.translation_of_id or (item and (first == item or item.translations.standing())):
        told = _("Name the first text, not a translation of it.")
        raise NotATranslation({"translation_of": told})


def waiting_edition(item: Item) -> Edition:
    """What waits for approval; raises NotWaiting."""
    if item.open is None or item.open.state != Edition.State.SUBMITTED:
        raise NotWaiting
    return item.open
