"""What waits for partners, for the units they help, and for who looks after a hamlet."""

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.kit.dated import end_of
from cncd.foundation.people import authority
from cncd.foundation.people.duties import Duty
from cncd.foundation.places.models import Place
from cncd.team.teams.authority import places_in_reach
from cncd.work.partners.models import Gap, Pledge, Statement
from cncd.work.partners.queries.delivered import standings
from cncd.work.partners.rules import NEAR

MOST = 10
CHANGE, NOTE = "partners.change", "connectivity.note"


def dues(user, now: dt.datetime) -> list[Duty]:
    """Promises to keep and dead spots to answer; statements to confirm, enterprises to find."""
    day = localdate(now)
    return [*_of_partner(user, day), *_of_unit(user, day), *_to_look_at(user, day)]


def _of_partner(user, day: dt.date) -> list[Duty]:
    agencies = authority.own_agencies(user) if user.can("partners.own") else ()
    if not agencies:
        return []
    asked = Gap.objects.standing().filter(agency__in=agencies, state=Gap.State.ASKED)
    found = [
        Duty(
            "globe", _("Answer about a dead spot: %(where)s") % {"where": gap.where},
            reverse("partners:asked", args=[gap.pk]), due_at=end_of(gap.due_on),
            is_soon=gap.due_on <= day + dt.timedelta(days=3), key=f"gap {gap.pk}",
        )
        for gap in asked.order_by("due_on")[:MOST]
    ]  # fmt: skip
    return [*found, *_disputed(agencies), *_to_keep(agencies, day)]


def _disputed(agencies) -> list[Duty]:
    rows = Statement.objects.standing().filter(
        pledge__agency__in=agencies, state=Statement.State.DISPUTED
    )
    text = _("The unit counts otherwise: %(what)s")
    return [
        Duty("chat-left-text", text % {"what": row.unit_note}, row.get_absolute_url(),
             key=f"delivery {row.pk}")
        for row in rows.select_related("pledge")[:MOST]
    ]  # fmt: skip


def _to_keep(agencies, day: dt.date) -> list[Duty]:
    """Promises that end within two weeks, or ended within two months, of which some is left."""
    ending = Q(until_on__gt=day - dt.timedelta(days=60), until_on__lte=day + NEAR)
    rows = Pledge.objects.standing().of_agencies(agencies).filter(ending).order_by("until_on")
    text = _("Keep the promise to %(unit)s: %(left)s left, %(kind)s")
    return [
        Duty(
            "flag",
            text % {"unit": row.unit, "left": row.left, "kind": row.pledge.get_kind_display()},
            row.pledge.get_absolute_url(), due_at=end_of(row.pledge.last_day), is_soon=True,
            key=f"pledge {row.pledge.pk}",
        )
        for row in standings(rows[:MOST], day)
        if row.left
    ]  # fmt: skip


def _of_unit(user, day: dt.date) -> list[Duty]:
    """Of the very units the person is posted to, not of all below them."""
    roots = authority.roots(user, CHANGE)
    if not roots:
        return []
    stated = Statement.objects.standing().filter(
        pledge__place__in=roots, state=Statement.State.STATED
    )
    text = _("Confirm what a partner says it did: %(what)s")
    found = [
        Duty("check-circle", text % {"what": row.note}, row.get_absolute_url(),
             key=f"delivery {row.pk}")
        for row in stated.select_related("pledge").order_by("stated_at")[:MOST]
    ]  # fmt: skip
    return [*found, *_to_find(roots, day), *_unanswered(roots, day)]


def _to_find(roots, day: dt.date) -> list[Duty]:
    """Dead spots of a commune that nobody is to close; and those nobody answers about."""
    communes = Place.objects.filter(pk__in=roots, level__code="commune").values("pk")
    here = Gap.objects.filter(place__in=Place.objects.reached_from(communes, day))
    open_ = here.standing().filter(state__in=(Gap.State.SEEKING, Gap.State.CANNOT))
    texts = (
        (open_.order_by("found_on"), _("Find an enterprise for a dead spot: %(where)s")),
        (here.unanswered(day).order_by("due_on"),
         _("No answer about a dead spot: %(where)s. Call, or ask another enterprise")),
    )  # fmt: skip
    return [
        Duty("globe", text % {"where": gap.where}, gap.get_absolute_url(), key=f"gap {gap.pk}")
        for rows, text in texts
        for gap in rows[:MOST]
    ]


def _unanswered(roots, day: dt.date) -> list[Duty]:
    """Districts and the province see in one line which answers their communes wait for (IV.5)."""
    above = Place.objects.filter(pk__in=roots, level__code__in=("district", "province"))
    here = Place.objects.reached_from(above.values("pk"), day)
    count = Gap.objects.unanswered(day).filter(place__in=here).count()
    if not count:
        return []
    text = ngettext(
        "%(n)d answer about a dead spot is past due", "%(n)d answers about dead spots are past due",
        count,
    )  # fmt: skip
    page = f"{reverse('partners:gaps')}?state=asked&late=yes"
    return [Duty("globe", text % {"n": count}, page, count, key="gaps unanswered")]


def _to_look_at(user, day: dt.date) -> list[Duty]:
    """Dead spots of the team that should have a signal by now."""
    teams = authority.team_ids(user, NOTE)
    if not teams:
        return []
    hamlets = places_in_reach(user, NOTE, day)
    due = Gap.objects.standing().filter(
        place__in=hamlets, state=Gap.State.PROMISED, done_by__lte=day
    )
    text = _("Is there a signal now? %(where)s")
    page = reverse("partners:phone")
    return [
        Duty("globe", text % {"where": gap.where}, f"{page}#g-{gap.pk}", team_id=min(teams),
             key=f"gap {gap.pk}")
        for gap in due.order_by("done_by")[:MOST]
    ]  # fmt: skip
