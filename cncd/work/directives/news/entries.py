"""From the journal: something was asked, answered, accepted, given back, extended, reminded of."""

from collections import defaultdict
from collections.abc import Callable

from django.utils import timezone, translation

from cncd.foundation.journal.models import Entry
from cncd.foundation.people.coordination import guides_at
from cncd.foundation.people.news import SHORT, News, Settled
from cncd.work.directives.models import Obligation
from cncd.work.directives.news import kinds, wording
from cncd.work.directives.news.about import about, about_all, owners
from cncd.work.directives.queries.answering import answerers
from cncd.work.directives.queries.mine import address_of


def given(entry: Entry) -> list[News]:
    """One for each who answers for a bearer, however many things the directive asks of it."""
    rows, today = [row for row in _rows(entry) if row.is_open], timezone.localdate(entry.at)
    whom = answerers(rows, today)
    called, of_bearer = owners(rows, today), defaultdict(list)
    for row in rows:
        of_bearer[about_all(row)].append(row)
    return [
        _news(user, kinds.GIVEN, what, mine[0], entry,
              wording.given, mine, called[mine[0].pk])
        for what, mine in of_bearer.items()
        for user in whom[mine[0].pk]
    ]  # fmt: skip


def reminded(entry: Entry) -> list[News]:
    return _to_bearers(entry, kinds.REMINDED, wording.reminded)


def returned(entry: Entry) -> list[News]:
    note = str(entry.after.get("note", ""))
    return _to_bearers(entry, kinds.RETURNED, wording.returned, note)


def accepted(entry: Entry) -> list[News | Settled]:
    return [*_settled(entry), *_to_bearers(entry, kinds.ACCEPTED, wording.accepted)]


def extended(entry: Entry) -> list[News]:
    return _to_bearers(entry, kinds.EXTENDED, wording.extended, entry.reason)


def answered(entry: Entry) -> list[News | Settled]:
    """The giver's side hears that there is something to check; the bearer is no longer asked."""
    rows, today = _rows(entry), timezone.localdate(entry.at)
    called = owners(rows, today)
    sides = {row.pk: _checking_place(row) for row in rows}
    whom = guides_at(set(sides.values()), kinds.GIVE, today)
    found = [
        _news(user, kinds.ANSWERED, about(row), row, entry, wording.answered, row, called[row.pk],
              address=row.get_absolute_url())
        for row in rows
        for user in whom.get(sides[row.pk], ())
    ]  # fmt: skip
    return [*_settled(entry), *found]


def acknowledged(entry: Entry) -> list[Settled]:
    return [Settled(about_all(row), (kinds.GIVEN,)) for row in _rows(entry)]


def eased(entry: Entry) -> list[Settled]:
    """Nothing is asked any more: exempt, or the answer was taken as done."""
    return _settled(entry)


def _settled(entry: Entry) -> list[Settled]:
    found = [Settled(about(row), kinds.PENDING) for row in _rows(entry)]
    return found + [Settled(about_all(row), (kinds.GIVEN,)) for row in _rows(entry)]


def _checking_place(row: Obligation) -> int:
    """Where the answer is checked: the unit above a team, else the giver's place."""
    above = row.above
    if row.team_id and above and above.place_id and not above.agency_id:
        return above.place_id
    return row.directive.place_id


def _to_bearers(entry: Entry, kind: str, say: Callable, *words) -> list[News]:
    rows, today = _rows(entry), timezone.localdate(entry.at)
    whom, called = answerers(rows, today), owners(rows, today)
    return [
        _news(user, kind, about(row), row, entry, say, row, called[row.pk], *words)
        for row in rows
        for user in whom[row.pk]
    ]


def _rows(entry: Entry) -> list[Obligation]:
    """The obligations an entry is about, unless their directive was withdrawn since."""
    ids = [row["obligation"] for row in entry.rows if "obligation" in row]
    if not ids and entry.subject_kind == Obligation._meta.label_lower:
        ids = [entry.subject_id]
    rows = Obligation.objects.standing().filter(pk__in=ids).order_by("due_on", "pk")
    return list(rows.select_related("ask", "directive", "team", "agency", "above"))


def _news(
    user, kind: str, what: str, row: Obligation, entry: Entry, say: Callable, *words, address=""
) -> News:
    with translation.override(user.language):
        said = say(*words)
    return News(
        user=user,
        kind=kind,
        what=what,
        moment=f"entry {entry.pk}",
        address=address or address_of(row),
        until_at=entry.at + SHORT,
        **said._asdict(),
    )


EVENTS = {
    "directive.given": given,
    "directive.followed": given,
    "obligation.acknowledged": acknowledged,
    "obligation.answered": answered,
    "obligation.answer_accepted": accepted,
    "obligation.answer_returned": returned,
    "obligation.extended": extended,
    "obligation.exempted": eased,
    "obligation.reminded": reminded,
}
