"""What waits for whom in pilots and plans; named in `config/hooks.py`."""

import datetime as dt

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.documents.queries import Use
from cncd.foundation.kit.dated import end_of
from cncd.foundation.people import authority
from cncd.foundation.people.duties import Duty
from cncd.results.pilots.models import Moment, Pilot, Replication

SOON = dt.timedelta(days=3)
WEEK = dt.timedelta(days=7)


def open_pilots(day: dt.date):
    """Pilots that have begun and whose synthesis was never confirmed."""
    rows = Pilot.objects.standing().filter(issued_on__lte=day)
    return rows.exclude(syntheses__confirmed_at__isnull=False)


def dues(user, now: dt.datetime) -> list[Duty]:
    """Figures to record, the synthesis to write, plans to consider; five queries at most."""
    day, found = timezone.localdate(now), []
    if places := authority.roots(user, "pilots.run"):
        rows = open_pilots(day).filter(place__in=places)
        for pilot in rows.annotate(hamlets=Count("units", distinct=True)):
            found += _of_pilot(pilot, day)
    if places := authority.roots(user, "pilots.consider"):
        rows = Replication.objects.standing().filter(place__in=places, state="sent")
        found += [_to_consider(plan) for plan in rows]
    return found


def _of_pilot(pilot: Pilot, day: dt.date) -> list[Duty]:
    page, found = pilot.get_absolute_url(), []
    stated = dict(
        pilot.units.standing()
        .exclude(values=None)
        .values_list("values__moment")
        .annotate(n=Count("values"))
    )
    wanted = pilot.units.standing().count() * pilot.measures.count()
    for moment in Moment:
        last = pilot.days.window_of(moment)[1]
        left = wanted - stated.get(moment.value, 0)
        if last < day and left > 0:
            due = pilot.days.synthesis_due_on if moment == Moment.END else last + WEEK
            words = {"n": left, "moment": moment.label, "pilot": pilot.name}
            text = _("Record %(n)d figures (%(moment)s): %(pilot)s") % words
            found.append(_duty(text, page, due, day, f"pilot {pilot.pk} {moment}", left))
    if day > pilot.days.last_day:
        text = _("Write and confirm the synthesis: %(pilot)s") % {"pilot": pilot.name}
        page = reverse("pilots:synthesis", args=[pilot.pk])
        due = pilot.days.synthesis_due_on
        found.append(_duty(text, page, due, day, f"pilot {pilot.pk} synthesis"))
    return found


def _duty(text, page, due: dt.date, day: dt.date, key: str, count: int = 1) -> Duty:
    return Duty("flag", text, page, count, end_of(due), due - day <= SOON, key=key)


def _to_consider(plan: Replication) -> Duty:
    text = _("Consider: %(plan)s") % {"plan": plan.name}
    return Duty("flag", text, plan.get_absolute_url(), key=f"replication {plan.pk}")


def uses_of_document(document, user) -> list[Use]:
    """The pilots that rest on the document, as far as the person may see them."""
    if not user.can("pilots.view"):
        return []
    rows = Pilot.objects.visible_to(user).standing().filter(document=document)
    return [Use(_("Pilot: %(name)s") % {"name": row}, row.get_absolute_url()) for row in rows]


def documents_of_pilots(user):
    """Ids of the documents that pilots in the person's sight rest on."""
    rows = Pilot.objects.visible_to(user).standing().exclude(document=None)
    return rows.values("document")
