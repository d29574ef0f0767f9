"""Who hears what of inspections; named in `config/hooks.py`."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cncd.foundation.journal.models import Entry
from cncd.foundation.kit.dated import end_of
from cncd.foundation.people.coordination import guides_at
from cncd.foundation.people.news import AFTER, SHORT, Kind, News, Settled, due_moment, due_step
from cncd.foundation.people.queries import place_name_on
from cncd.team.teams.queries import leads_of
from cncd.work.inspections.models import Finding, Inspection
from cncd.work.inspections.queries import superiors_of
from cncd.work.inspections.wording import whom

INSPECTED, DUE, LATE = "inspection.inspected", "inspection.due", "inspection.late"
ANSWERED = "inspection.answered"
CARRY_OUT, FOLLOW_UP = "inspections.carry_out", "inspections.follow_up"
LOOK_BACK, LOOK_AHEAD = dt.timedelta(days=3), dt.timedelta(days=4)
KINDS = (
    Kind(
        INSPECTED,
        gettext_lazy("An inspection is planned, or was concluded"),
        gettext_lazy("Also when an answer was returned or confirmed."),
        "clipboard-check",
        permission=FOLLOW_UP,
    ),
    Kind(
        DUE,
        gettext_lazy("A finding is to be put right soon"),
        gettext_lazy("Three days before, the day before, and on the day."),
        "calendar-event",
        permission=FOLLOW_UP,
    ),
    Kind(
        LATE,
        gettext_lazy("A finding below was not put right in time"),
        gettext_lazy("On the morning after, to the unit above the inspected one."),
        "exclamation-triangle",
        for_leads=False,
        permission=CARRY_OUT,
    ),
    Kind(
        ANSWERED,
        gettext_lazy("An answer to a finding is to be looked at"),
        gettext_lazy("To the unit that inspected."),
        "check-circle",
        for_leads=False,
        permission=CARRY_OUT,
    ),
)


# -- from the journal -----------------------------------------------------------------------------


def of_entry(entry: Entry) -> list[News | Settled]:
    """An inspection was planned or concluded, an answer returned, confirmed or given."""
    ids = [row["inspection"] for row in entry.rows if "inspection" in row] or [entry.subject_id]
    day = timezone.localdate(entry.at)
    rows = Inspection.objects.standing().filter(pk__in=ids).select_related("team")
    rows = list(rows.annotate(commune=place_name_on("place", day)))
    if entry.event == "finding.answered":
        return _to_inspectors(rows, entry, day) + _settled(entry)
    settled = _settled(entry) if entry.event == "finding.settled" else []
    return [*settled, *_to_inspected(rows, entry, day)]


EVENTS = dict.fromkeys(
    (
        "inspection.planned",
        "inspection.closed",
        "finding.answered",
        "finding.returned",
        "finding.settled",
    ),
    of_entry,
)


def _settled(entry: Entry) -> list[Settled]:
    return [
        Settled(f"finding {row['finding']}", (DUE, LATE)) for row in entry.rows if "finding" in row
    ]


def _to_inspected(rows: list[Inspection], entry: Entry, day: dt.date) -> list[News]:
    answer = inspected_users(rows, day)
    return [
        _news(user, INSPECTED, row, entry, _said(entry, row))
        for row in rows
        for user in answer[row.pk]
    ]


def _to_inspectors(rows: list[Inspection], entry: Entry, day: dt.date) -> list[News]:
    officers = guides_at({row.inspecting_id for row in rows}, CARRY_OUT, day)
    said = lambda row: (_("An answer to a finding: %(whom)s"), entry.after.get("finding", ""))  # noqa: E731
    return [
        _news(user, ANSWERED, row, entry, lambda row=row: said(row))
        for row in rows
        for user in officers.get(row.inspecting_id, ())
    ]


def inspected_users(rows: list[Inspection], day: dt.date) -> dict:
    """Inspection id → accounts of those who answer: the team's leads, the unit's officers."""
    leads = leads_of({row.team_id for row in rows if row.team_id}, day)
    officers = guides_at({row.place_id for row in rows if not row.team_id}, FOLLOW_UP, day)
    return {
        row.pk: [member.person.user for member in leads.get(row.team_id, ())]
        if row.team_id
        else officers.get(row.place_id, [])
        for row in rows
    }


def _said(entry: Entry, row: Inspection):
    def words() -> tuple[str, str]:
        when = f"{row.planned_on:%d/%m/%Y}"
        if entry.event == "inspection.planned":
            text = _("On %(day)s. What will be looked at stands on this page.")
            return _("An inspection is planned: %(whom)s"), text % {"day": when}
        if entry.event == "inspection.closed":
            text = _("See what was found and what is to be put right, by when.")
            return _("The inspection is concluded: %(whom)s"), text
        finding = entry.after.get("finding", "")
        if entry.event == "finding.returned":
            text = f"{finding}: {entry.reason}" if entry.reason else finding
            return _("The answer was returned: %(whom)s"), text
        return _("The inspecting unit confirmed it: %(whom)s"), finding

    return words


def _news(user, kind: str, row: Inspection, entry: Entry, words) -> News:
    with translation.override(user.language):
        title, text = words()
    return News(
        user=user,
        kind=kind,
        what=f"inspection {row.pk}",
        moment=f"entry {entry.pk}",
        title=title % {"whom": whom(row)},
        text=text,
        address=reverse("inspections:inspection", args=[row.pk]),
        until_at=entry.at + SHORT,
    )


# -- by the clock ---------------------------------------------------------------------------------


def by_clock(now: dt.datetime) -> list[News]:
    """Before a finding is due those who answer; the day after the unit above the inspected."""
    day = timezone.localdate(now)
    near = (day - LOOK_BACK, day + LOOK_AHEAD)
    rows = Finding.objects.unsettled().filter(due_on__range=near)
    rows = rows.select_related("inspection__team", "answerable__user")
    rows = list(rows.annotate(commune=place_name_on("inspection__place", day)))
    turns = [(row, due_step(end_of(row.due_on), now)) for row in rows]
    due = [row for row, step in turns if step is not None and step != AFTER]
    late = [row for row, step in turns if step == AFTER]
    return _due(due, now, day) + _late(late, now, day)


def _due(rows: list[Finding], now: dt.datetime, day: dt.date) -> list[News]:
    waiting = set(
        Finding.objects.waiting()
        .filter(pk__in=[row.pk for row in rows])
        .values_list("pk", flat=True)
    )
    rows = [row for row in rows if row.pk not in waiting]
    answer = inspected_users([row.inspection for row in rows], day)
    return [
        _timely(user, DUE, row, now)
        for row in rows
        for user in _asked(row, answer[row.inspection_id])
    ]


def _asked(row: Finding, others: list) -> list:
    """The person answerable, if there is an account; else all who answer for the inspected."""
    own = getattr(row.answerable, "user", None) if row.answerable_id else None
    return [own] if own is not None and own.is_active else others


def _late(rows: list[Finding], now: dt.datetime, day: dt.date) -> list[News]:
    above = superiors_of(rows, day)
    officers = guides_at(set(above.values()), CARRY_OUT, day)
    return [
        _timely(user, LATE, row, now)
        for row in rows
        for user in officers.get(above.get(row.pk), ())
    ]


def _timely(user, kind: str, row: Finding, now: dt.datetime) -> News:
    due_at = end_of(row.due_on)
    days = (row.due_on - timezone.localdate(now)).days
    with translation.override(user.language):
        name = whom(row.inspection, row.commune)
        if kind == LATE:
            title = _("Not put right in time: %(whom)s") % {"whom": name}
        elif days == 0:
            title = _("To be put right today: %(whom)s") % {"whom": name}
        else:
            title = ngettext(
                "%(n)d day left to put right: %(whom)s",
                "%(n)d days left to put right: %(whom)s",
                days,
            ) % {"n": days, "whom": name}
    return News(
        user=user,
        kind=kind,
        what=f"finding {row.pk}",
        moment=due_moment(due_at, AFTER if kind == LATE else due_step(due_at, now) or 0),
        title=title,
        text=row.remedy,
        address=reverse("inspections:finding", args=[row.pk]),
        until_at=now + SHORT if kind == LATE else due_at,
    )
