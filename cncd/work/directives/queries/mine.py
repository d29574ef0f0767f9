"""What a person, a unit or a team has to do, soonest first."""

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.kit.dated import end_of
from cncd.foundation.people import authority
from cncd.foundation.people.duties import Duty
from cncd.work.directives.models import Answer, Directive, Obligation

SOON = dt.timedelta(days=3)
MOST = 10  # named one by one; what is beyond is told as a number
LONGEST = 90  # characters of what is asked, in a line of a list


def mine(user):
    """The open obligations of the person's own units, agencies and teams, soonest due first."""
    return Obligation.objects.open().answerable_by(user).listed().order_by("due_on", "pk")


def to_check(user):
    """Answers that wait for the giver's side: the giver, or the unit above a team."""
    given = Directive.objects.given_by(user).values("pk")
    rows = Answer.objects.waiting().filter(obligation__directive__state=Directive.State.ISSUED)
    places = authority.roots(user, "directives.give")
    above = Q(obligation__above__place__in=places, obligation__above__agency=None)
    return rows.filter(Q(obligation__directive__in=given) | above)


def dues(user, now: dt.datetime) -> list[Duty]:
    """What is asked of the person, soonest first, and answers to check; at most five queries."""
    found = []
    if user.can("directives.answer"):
        rows = list(mine(user)[: MOST + 1])
        found += [_duty(row, now) for row in rows[:MOST]]
        if len(rows) > MOST:
            text = _("All that is asked of me")
            found.append(Duty("list-check", text, reverse("directives:mine"), key="obligations"))
    if user.can("directives.give") and (many := to_check(user).count()):
        text = ngettext("%(n)d answer to check", "%(n)d answers to check", many) % {"n": many}
        address = f"{reverse('directives:list')}?answers=waiting"
        if many == 1:
            address = to_check(user).select_related("obligation")[0].obligation.get_absolute_url()
        found.append(Duty("clipboard-check", text, address, many, key="answers to check"))
    return found


def _duty(row: Obligation, now: dt.datetime) -> Duty:
    today = timezone.localdate(now)
    return Duty(
        "send",
        told(row),
        address_of(row),
        due_at=end_of(row.due_on),
        is_soon=row.due_on - SOON <= today,
        team_id=row.team_id,
        key=f"obligation {row.pk}",
    )


def told(row: Obligation) -> str:
    """What is asked, in a line; that it waits to be acknowledged or checked is said too."""
    text = Truncator(row.ask.text).chars(LONGEST)
    if row.status == Obligation.Status.GIVEN:
        return _("New: %(what)s") % {"what": text}
    if row.status == Obligation.Status.WAITING:
        return _("Waits to be checked: %(what)s") % {"what": text}
    return text


def address_of(row: Obligation) -> str:
    """Where it is acknowledged and answered: a team's on the phone."""
    if row.team_id:
        return reverse("phone:obligation", args=[row.pk])
    return row.get_absolute_url()
