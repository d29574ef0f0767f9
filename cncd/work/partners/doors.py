"""What the phone's outbox sends for this room, through the forms and actions of its pages."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.envelopes.arriving import Arrived, Refused
from cncd.foundation.kit.ids import uuid_of
from cncd.foundation.places.models import Place
from cncd.team.teams.authority import places_in_reach
from cncd.work.partners import entering
from cncd.work.partners.actions.connectivity import NOTE
from cncd.work.partners.connectivity_forms import CheckForm, GapForm, NotingForm
from cncd.work.partners.models import Gap


def note(arrived: Arrived) -> dict:
    """How a hamlet is connected, as of the day on the form. Raises Refused, PermissionDenied."""
    return _entered(arrived, NotingForm, entering.noted)


def report(arrived: Arrived) -> dict:
    """A dead spot. Raises Refused, PermissionDenied."""
    return _entered(arrived, GapForm, entering.reported)


def check(arrived: Arrived) -> dict:
    """Whether a dead spot has a signal now: about {"gap"}. Raises Refused, PermissionDenied."""
    rows = Gap.objects.visible_to(arrived.sender).select_related("place__level")
    gap = rows.filter(pk=uuid_of(arrived.about.get("gap"))).first()
    if gap is None:
        raise Refused(_("There is no such dead spot."))
    form = CheckForm(arrived.fields)
    if not form.is_valid():
        raise Refused.by_form(form)
    on = timezone.localdate(arrived.made_at)
    found = entering.check(form, gap, by=arrived.sender, on=on)
    return _answer({"gap": str(found.pk)}, found.where)


def _entered(arrived: Arrived, form_class, enter) -> dict:
    """A hamlet of whoever wrote it, on the day it was written, even when it comes later."""
    day = timezone.localdate(arrived.made_at)
    own = places_in_reach(arrived.sender, NOTE, day)
    form = form_class(arrived.fields, hamlets=Place.objects.at_level("hamlet").filter(pk__in=own),
                      day=day)  # fmt: skip
    if not form.is_valid():
        raise Refused.by_form(form)
    try:
        done = enter(form, by=arrived.sender, as_of=day)
    except ValidationError as error:
        raise Refused.by_error(form, error) from error
    return _answer(done, str(form.cleaned_data.get("where") or _("Signal and lines noted")))


def _answer(done: dict, told: str) -> dict:
    return done | {"told": told, "page": reverse("partners:phone")}
