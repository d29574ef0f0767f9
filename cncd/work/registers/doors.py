"""What the phone's outbox sends for the registers, through the forms and actions of its pages."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cncd.foundation.envelopes.arriving import Arrived, Choice, Refused
from cncd.foundation.kit.reading import read_once
from cncd.foundation.places.queries import names
from cncd.team.teams.models import Team
from cncd.team.teams.queries import dissolved_in_words, team_named
from cncd.work.registers.alike import Likely
from cncd.work.registers.models import Owner, Product
from cncd.work.registers.phone.answers import answer_of
from cncd.work.registers.phone.choices import Choices
from cncd.work.registers.phone.entry import Entry
from cncd.work.registers.phone.forms import FORMS, OTHER
from cncd.work.registers.phone.saving import (
    FIELDS,
    Clashes,
    Confirm,
    LooksAlike,
    save,
)

RESTS_ON = ("places", "teams", "programme", "registers")


def enter(arrived: Arrived) -> dict:
    """What was written down in the registers: kind "register.<what>", about {"team"}.

    What may be chosen, and the right to write, are those of that day. What may stand already, or
    was changed meanwhile, comes back for its author to decide. Raises Refused, PermissionDenied.
    """
    form = form_of(arrived)
    if not form.is_valid():
        raise Refused.by_form(form)
    try:
        record = save(form, by=arrived.sender, made_at=arrived.made_at)
        return answer_of(record, arrived.sender)
    except LooksAlike as found:
        raise _which_one(form, found) from found
    except Clashes as found:
        raise _decide(found, form) from found
    except Confirm as found:
        refused = Refused(found.told, [("__all__", "", found.told)], asks=True)
        refused.choice = Choice([], tap=_("Right, save it"), again={"confirmed": "on"})
        raise refused from found
    except ValidationError as error:
        raise Refused.by_error(form, error, FIELDS) from error


def form_of(arrived: Arrived) -> Entry:
    """The form, bound to what was sent."""
    what = arrived.kind.partition(".")[2]
    day = timezone.localdate(arrived.made_at)
    team = _team(arrived, day)
    key = ("registers.choices", team.pk, day)
    choices = read_once(key, lambda: Choices(team, day), of=RESTS_ON)
    return FORMS[what](arrived.fields, arrived.files, choices=choices, sender=arrived.sender)


def _team(arrived: Arrived, day: dt.date) -> Team:
    """The team it was written for; one that is no more is refused, with who serves its hamlets."""
    team = team_named(arrived.about.get("team"))
    if team is None:
        raise Refused(_("There is no such team."))
    if team.until_on and day >= team.until_on:
        raise Refused(dissolved_in_words(team, day))
    return team


def _which_one(form: Entry, found: LooksAlike) -> Refused:
    """ "Is it this one?": each that it may be, and that it is another."""
    is_product = found.field == "same"
    again = "same" if is_product else "owner"
    told = _("Is it this product?") if is_product else _("Is it this owner?")
    taps = [(_yes(each), {again: str(each.record.pk)}) for each in found.likely]
    other = _("No, another product") if is_product else _("No, another owner")
    taps.append((other, {found.field: OTHER}))
    heads = (_("In the register"), _("Mine"))
    first = found.likely[0]
    why = capfirst(", ".join(first.reasons))
    return Refused(told, choice=Choice(_sides(form, first), heads, why, taps=taps))


def _yes(likely: Likely) -> str:
    what = likely.record
    if isinstance(what, Product):
        return _("Yes: %(what)s – %(owner)s") % {"what": what, "owner": what.owner}
    return _("Yes: %(what)s") % {"what": what}


def _sides(form: Entry, likely: Likely) -> list[tuple[str, str, str]]:
    """The likeliest beside what was written."""
    said, record = form.cleaned_data, likely.record
    product = record if isinstance(record, Product) else None
    owner = product.owner if product else record
    mine = said["owner"] if isinstance(said["owner"], Owner) else said["owner_name"]
    places = {owner.place_id if product is None else product.place_id, form.place_id}
    called = names({pk for pk in places if pk}, timezone.localdate())
    place = product.place_id if product else owner.place_id
    rows = [(_("Product"), str(product), said["name"])] if product else []
    rows.append((_("Owner"), str(owner), str(mine)))
    where = [called[pk].full_name if pk in called else "" for pk in (place, form.place_id)]
    if likely.commune:
        where[0] = f"{where[0]}, {likely.commune}"
    return [*rows, (_("Hamlet"), *where)]


def _decide(found: Clashes, form: Entry) -> Refused:
    clash = found.clash
    if form.what == "listing":
        told = _("The product is on this floor already, at another address. Which one holds?")
    else:
        told = _("This was changed meanwhile. Look at both, then decide.")
    heads = (_("Recorded now"), _("As you saw it") if form.what != "listing" else _("Mine"))
    other = _("Changed by %(other)s.") % {"other": clash.other} if clash.other else ""
    tap, drop = _("Take mine"), _("Keep what is recorded")
    return Refused(told, choice=Choice(clash.sides, heads, other, tap, clash.again, drop=drop))
