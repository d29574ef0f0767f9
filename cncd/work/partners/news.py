"""Who hears of promises, of what was delivered, and of dead spots (IV.4, IV.5)."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from cncd.foundation.kit.dated import end_of
from cncd.foundation.people.coordination import guides_at
from cncd.foundation.people.models import Posting, User
from cncd.foundation.people.news import AFTER, Kind, News, Settled, due_moment, due_step
from cncd.foundation.places.models import PlaceIndex
from cncd.team.teams.models import Coverage
from cncd.team.teams.queries import leads_of
from cncd.work.partners.models import Gap, Pledge, Statement
from cncd.work.partners.queries.delivered import standings

ASKED, ANSWERED, DELIVERY, DUE = "gap.asked", "gap.answered", "delivery.stated", "pledge.due"
KEPT = dt.timedelta(days=30)  # how long it is news
CHANGE = "partners.change"

KINDS = (
    Kind(ASKED, gettext_lazy("Dead spots your enterprise is asked to close"),
         gettext_lazy("When a dead spot waits for your answer, and when the answer is due."),
         "globe", for_leads=False, permission="partners.own"),
    Kind(ANSWERED, gettext_lazy("Answers about dead spots"),
         gettext_lazy("When an enterprise says what it will do, or that it cannot."),
         "globe", permission=CHANGE),
    Kind(DELIVERY, gettext_lazy("What partners say they delivered"),
         gettext_lazy("When it is to be confirmed, and when the unit counts otherwise."),
         "check-circle", for_leads=False, permission="partners.view"),
    Kind(DUE, gettext_lazy("Promises of help that are due"),
         gettext_lazy("Before a promise is due; and to the unit on the day after."),
         "flag", for_leads=False, permission="partners.view"),
)  # fmt: skip


def people_of(agencies: Iterable[int], day: dt.date) -> dict[int, list[User]]:
    """Agency id → accounts of who serves it that day."""
    held = Posting.objects.on(day).filter(agency__in=set(agencies), person__user__is_active=True)
    found: dict[int, dict[int, User]] = {}
    for post in held.select_related("person__user"):
        found.setdefault(post.agency_id, {})[post.person.user.pk] = post.person.user
    return {agency: list(users.values()) for agency, users in found.items()}


def _all(users, kind, what, moment, title, text, address, said, at) -> Iterator[News]:
    """The same to each, in their language; `title` and `text` are lazy."""
    for user in users:
        with translation.override(user.language):
            told = {name: str(value) for name, value in said.items()}
            yield News(user=user, kind=kind, what=what, moment=moment, title=str(title),
                       text=str(text) % told, address=address, until_at=at + KEPT)  # fmt: skip


def gap_asked(entry) -> Iterator[News]:
    """The enterprise hears of the dead spot; asked again, once more."""
    gap = _gap(entry)
    if gap is None or gap.state != Gap.State.ASKED:
        return
    users = people_of([gap.agency_id], timezone.localdate(entry.at)).get(gap.agency_id, [])
    said = {"where": gap.where, "day": f"{gap.due_on:%d/%m/%Y}"}
    title = gettext_lazy("A dead spot waits for your answer")
    text = gettext_lazy("%(where)s. Answer by %(day)s.")
    yield from _all(users, ASKED, _what(gap), f"asked {entry.pk}", title, text,
                    reverse("partners:asked", args=[gap.pk]), said, entry.at)  # fmt: skip


def pledge_made(entry) -> Iterator[News]:
    """Dead spots that waited for whoever commits there are before the enterprise now."""
    gaps = Gap.objects.filter(pk__in=[row["gap"] for row in entry.rows if "gap" in row])
    for gap in gaps.filter(state=Gap.State.ASKED):
        users = people_of([gap.agency_id], timezone.localdate(entry.at)).get(gap.agency_id, [])
        said = {"where": gap.where, "day": f"{gap.due_on:%d/%m/%Y}"}
        title = gettext_lazy("A dead spot waits for your answer")
        text = gettext_lazy("%(where)s. Answer by %(day)s.")
        yield from _all(users, ASKED, _what(gap), f"asked {entry.pk}", title, text,
                        reverse("partners:asked", args=[gap.pk]), said, entry.at)  # fmt: skip


def gap_answered(entry) -> Iterator[News | Settled]:
    """The unit and the leads of its team hear the answer; nothing waits for the enterprise."""
    gap = _gap(entry)
    if gap is None:
        return
    yield Settled(what=_what(gap), kinds=[ASKED])
    day = timezone.localdate(entry.at)
    said = {"where": gap.where, "answer": gap.answer}
    title = gettext_lazy("An enterprise answered about a dead spot")
    text = gettext_lazy("%(where)s: %(answer)s")
    officers, leads = _around(gap, day)
    for users, address in ((officers, gap.get_absolute_url()), (leads, reverse("partners:phone"))):
        yield from _all(users, ANSWERED, _what(gap), f"answered {entry.pk}", title, text, address,
                        said, entry.at)  # fmt: skip


def _around(gap: Gap, day: dt.date) -> tuple[list[User], list[User]]:
    """Who answers for the commune of the hamlet, and who leads its team, that day."""
    above = PlaceIndex.objects.on(day).filter(place=gap.place_id, ancestor__level__code="commune")
    communes = list(above.values_list("ancestor", flat=True))
    officers = [user for users in guides_at(communes, CHANGE, day).values() for user in users]
    teams = set(Coverage.objects.on(day).filter(place=gap.place_id).values_list("team", flat=True))
    members = [each for rows in leads_of(teams, day).values() for each in rows]
    leads = {each.person.user.pk: each.person.user for each in members}
    return officers, [user for user in leads.values() if user not in officers]


def gap_closed(entry) -> Iterator[Settled]:
    """Covered, or taken out: nobody is asked any more."""
    if gap := _gap(entry):
        yield Settled(what=_what(gap), kinds=[ASKED])


def delivery_stated(entry) -> Iterator[News]:
    """The unit is asked to confirm what the partner says."""
    if (row := _statement(entry)) is None or row.state != Statement.State.STATED:
        return
    place, day = row.pledge.place_id, timezone.localdate(entry.at)
    said = {"who": row.pledge.agency, "n": row.amount, "note": row.note}
    title = gettext_lazy("Confirm what a partner says it did")
    text = gettext_lazy("%(who)s: %(n)s. %(note)s")
    yield from _all(guides_at([place], CHANGE, day)[place], DELIVERY, f"delivery {row.pk}",
                    f"stated {entry.pk}", title, text, row.get_absolute_url(), said,
                    entry.at)  # fmt: skip


def delivery_answered(entry) -> Iterator[News | Settled]:
    """The partner hears what the unit says; nothing waits for the unit."""
    if (row := _statement(entry)) is None:
        return
    yield Settled(what=f"delivery {row.pk}", kinds=[DELIVERY])
    day, agency = timezone.localdate(entry.at), row.pledge.agency_id
    if row.state == Statement.State.CONFIRMED:
        title, text = gettext_lazy("The unit confirmed"), gettext_lazy("%(n)s. %(note)s")
        said = {"n": row.amount, "note": row.note}
    else:
        title, text = gettext_lazy("The unit counts otherwise"), gettext_lazy("%(n)s. %(note)s")
        said = {"n": row.unit_amount, "note": row.unit_note}
    yield from _all(people_of([agency], day).get(agency, []), DELIVERY, f"delivery {row.pk}",
                    f"answered {entry.pk}", title, text, row.get_absolute_url(), said,
                    entry.at)  # fmt: skip


def by_clock(now: dt.datetime) -> Iterator[News]:
    """Promises and answers due: three days and one before, on the day, and the unit after it."""
    day = timezone.localdate(now)
    yield from _pledges_due(day, now)
    yield from _gaps_due(day, now)


def _pledges_due(day: dt.date, now) -> Iterator[News]:
    near = (day - dt.timedelta(days=2), day + dt.timedelta(days=4))
    rows = Pledge.objects.standing().filter(until_on__range=near)
    left = [row for row in standings(rows, day) if row.left]
    people = people_of({row.pledge.agency_id for row in left}, day)
    late = guides_at({row.pledge.place_id for row in left}, CHANGE, day) if left else {}
    for row in left:
        due_at = end_of(row.pledge.last_day)
        step = due_step(due_at, now)
        if step is None:
            continue
        users = late[row.pledge.place_id] if step == AFTER else people.get(row.pledge.agency_id, [])
        title = gettext_lazy("A promise of help is past due") if step == AFTER else gettext_lazy(
            "A promise of help is due")  # fmt: skip
        text = gettext_lazy("%(unit)s, %(kind)s: %(left)s left, due %(day)s. %(agency)s")
        said = {"unit": row.unit, "kind": row.pledge.get_kind_display(), "left": row.left,
                "day": f"{row.pledge.last_day:%d/%m/%Y}", "agency": row.agency}  # fmt: skip
        yield from _all(users, DUE, f"pledge {row.pledge.pk}", due_moment(due_at, step), title,
                        text, row.pledge.get_absolute_url(), said, now)  # fmt: skip


def _gaps_due(day: dt.date, now) -> Iterator[News]:
    near = (day - dt.timedelta(days=2), day + dt.timedelta(days=4))
    rows = list(Gap.objects.standing().filter(state=Gap.State.ASKED, due_on__range=near))
    people = people_of({gap.agency_id for gap in rows}, day)
    for gap in rows:
        due_at = end_of(gap.due_on)
        step = due_step(due_at, now)
        if step is None:
            continue
        users = _around(gap, day)[0] if step == AFTER else people.get(gap.agency_id, [])
        late = step == AFTER
        title = gettext_lazy("An answer about a dead spot is due")
        text = gettext_lazy("%(where)s. Answer by %(day)s.")
        said = {"where": gap.where, "day": f"{gap.due_on:%d/%m/%Y}"}
        page = gap.get_absolute_url() if late else reverse("partners:asked", args=[gap.pk])
        kind = ANSWERED if late else ASKED
        yield from _all(users, kind, _what(gap), due_moment(due_at, step), title, text, page, said,
                        now)  # fmt: skip


def _gap(entry) -> Gap | None:
    return Gap.objects.select_related("place", "agency").filter(pk=entry.subject_id).first()


def _statement(entry) -> Statement | None:
    rows = Statement.objects.select_related("pledge__agency", "pledge__place")
    return rows.filter(pk=entry.subject_id).first()


def _what(gap: Gap) -> str:
    return f"gap {gap.pk}"


EVENTS = {
    "gap.found": gap_asked,
    "gap.asked": gap_asked,
    "gap.reopened": gap_asked,
    "gap.restored": gap_asked,
    "pledge.made": pledge_made,
    "gap.answered": gap_answered,
    "gap.covered": gap_closed,
    "gap.withdrawn": gap_closed,
    "delivery.stated": delivery_stated,
    "delivery.restated": delivery_stated,
    "delivery.confirmed": delivery_answered,
    "delivery.disputed": delivery_answered,
    "delivery.settled": delivery_answered,
}
