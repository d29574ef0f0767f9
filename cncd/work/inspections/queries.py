"""Questions about inspections: lists with their counts, whose turn a finding is, what waits."""

import datetime as dt

from django.db.models import Case, Count, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.documents.queries import Use
from cncd.foundation.files.models import StoredFile
from cncd.foundation.kit.dated import end_of
from cncd.foundation.people import authority
from cncd.foundation.people.coordination import guides_of
from cncd.foundation.people.duties import Duty
from cncd.foundation.people.models import Person, Posting
from cncd.foundation.people.queries import place_name_on
from cncd.foundation.places.models import Place, PlaceVersion
from cncd.team.programme.answering import head_of
from cncd.team.teams.models import Membership
from cncd.work.inspections.actions.checks import CARRY_OUT, FOLLOW_UP
from cncd.work.inspections.models import Finding, Inspection, Item, Settlement
from cncd.work.inspections.rules import ANSWER, DONE, JUDGE

AHEAD = dt.timedelta(days=7)  # from when on a planned inspection waits for those who carry it out


def listed(rows, day: dt.date):
    """Inspections with what a line of the list shows: names, items met, findings still open."""
    unmet = Q(findings__result=Finding.Result.UNMET)
    rest = unmet & Q(findings__settled_at=None, closed_at__isnull=False)
    return rows.select_related("team", "leader").annotate(
        commune=place_name_on("place", day),
        by_unit=place_name_on("inspecting", day),
        items=Count("findings"),
        looked_at=Count("findings", ~Q(findings__result="")),
        unmet=Count("findings", unmet),
        rest=Count("findings", rest),
        late=Count("findings", rest & Q(findings__due_on__lt=day)),
    )


def findings_listed(rows, day: dt.date):
    """Findings to be put right, with names and whose turn each is."""
    said = Settlement.objects.filter(verdict="").values("finding")
    turn = Case(
        When(settled_at__isnull=False, then=Value(DONE)),
        When(pk__in=said, then=Value(JUDGE)),
        default=Value(ANSWER),
    )
    rows = rows.select_related("inspection__team", "answerable")
    return rows.annotate(
        commune=place_name_on("inspection__place", day),
        by_unit=place_name_on("inspection__inspecting", day),
        turn=turn,
        is_late=Case(When(settled_at=None, due_on__lt=day, then=True), default=False),
    )


def answerable_people(inspection: Inspection, day: dt.date):
    """Who may be made answerable: the team's members, and those posted at the unit."""
    posted = Posting.objects.on(day).filter(place=inspection.place_id)
    people = Q(pk__in=posted.values("person"))
    if inspection.team_id:
        members = Membership.objects.on(day).filter(team=inspection.team_id)
        people |= Q(pk__in=members.values("person"))
    return Person.objects.filter(people).order_by("sort_key")


def answerable_first(inspection: Inspection, day: dt.date) -> Person | None:
    """Who is proposed as answerable: the team's leader, else the head of the unit (IV.3)."""
    if inspection.team_id:
        members = Membership.objects.on(day).filter(team=inspection.team_id)
        leader = members.filter(position="leader").select_related("person").first()
        if leader:
            return leader.person
    return head_of(inspection.place, day)


def inspectors_of(place: Place | int, day: dt.date):
    """Who may head an inspection of the unit: those posted there."""
    posted = Posting.objects.on(day).filter(place=place)
    return Person.objects.filter(pk__in=posted.values("person")).order_by("sort_key")


def inspecting_places(user, day: dt.date):
    """The units in whose name the person inspects, named."""
    own = Place.objects.filter(pk__in=authority.roots(user, CARRY_OUT))
    return own.alive(day).named(day).order_by("level__rank", "sort_key").distinct()


def checklist(subject: str, day: dt.date):
    return Item.objects.on(day).filter(subject=subject)


def superiors_of(rows: list[Finding], day: dt.date) -> dict[int, int]:
    """Finding id → the unit above the inspected one: the commune of a team, else who guides it."""
    units = {row.inspection.place_id for row in rows if not row.inspection.team_id}
    above = guides_of(units, day) if units else {}
    found = {}
    for row in rows:
        if row.inspection.team_id:
            found[row.pk] = row.inspection.place_id
        elif guide := above.get(row.inspection.place_id):
            found[row.pk] = guide.place_id
    return found


# -- what waits -----------------------------------------------------------------------------------


def mine_to_answer(user) -> Q:
    """Findings the person answers for, as a filter."""
    places, teams = authority.roots(user, FOLLOW_UP), authority.team_ids(user, FOLLOW_UP)
    return Q(inspection__place__in=places) | Q(inspection__team__in=teams)


def above_of(user, day: dt.date) -> Q:
    """Findings of those the person's unit stands above, as a filter."""
    own = authority.roots(user, CARRY_OUT)
    below = PlaceVersion.objects.on(day).filter(parent__in=own).values("place")
    of_teams = Q(inspection__team__isnull=False, inspection__place__in=own)
    return of_teams | Q(inspection__team=None, inspection__place__in=below)


def dues(user, now: dt.datetime) -> list[Duty]:
    """To put right, answers to look at, overdue below, inspections to carry out; three queries."""
    if not user.can("inspections.view"):
        return []
    day = timezone.localdate(now)
    found = []
    if user.can(FOLLOW_UP):
        found += _to_answer(user, day)
    if user.can(CARRY_OUT):
        found += _to_look_at(user, day) + _to_carry_out(user, day)
    return found


def _to_answer(user, day: dt.date) -> list[Duty]:
    rows = Finding.objects.to_answer().filter(mine_to_answer(user)).order_by("due_on")
    rows = list(rows.values_list("due_on", "inspection__team"))
    if not rows:
        return []
    count, first = len(rows), rows[0][0]
    text = ngettext(
        "Put right %(n)d finding of an inspection",
        "Put right %(n)d findings of inspections",
        count,
    )
    teams = {team for _day, team in rows}
    duty = Duty(
        "patch-check",
        text % {"n": count},
        f"{reverse('inspections:findings')}?turn={ANSWER}",
        count,
        end_of(first),
        first <= day + dt.timedelta(days=3),
        teams.pop() if len(teams) == 1 else None,
        key="inspections to answer",
    )
    return [duty]


def _to_look_at(user, day: dt.date) -> list[Duty]:
    own = authority.roots(user, CARRY_OUT)
    waiting = Q(inspection__inspecting__in=own, settlements__verdict="")
    counts = Finding.objects.unsettled().aggregate(
        answers=Count("pk", waiting, distinct=True),
        late=Count("pk", above_of(user, day) & Q(due_on__lt=day), distinct=True),
    )
    found, page = [], reverse("inspections:findings")
    if count := counts["answers"]:
        text = ngettext(
            "Look at %(n)d answer to a finding", "Look at %(n)d answers to findings", count
        )
        found.append(_duty("check-circle", text, f"{page}?turn={JUDGE}", count, "to judge"))
    if count := counts["late"]:
        text = ngettext(
            "%(n)d finding of an inspection is overdue below",
            "%(n)d findings of inspections are overdue below",
            count,
        )
        found.append(_duty("exclamation-triangle", text, f"{page}?late=1", count, "overdue"))
    return found


def _duty(icon: str, text: str, address: str, count: int, key: str) -> Duty:
    return Duty(icon, text % {"n": count}, address, count, key=f"inspections {key}")


def _to_carry_out(user, day: dt.date) -> list[Duty]:
    own = authority.roots(user, CARRY_OUT)
    rows = Inspection.objects.standing().filter(inspecting__in=own, closed_at=None)
    rows = rows.filter(planned_on__lte=day + AHEAD).order_by("planned_on", "pk")
    return [
        Duty(
            "clipboard-check",
            _("Inspection of %(whom)s") % {"whom": row.team or row.commune},
            reverse("inspections:inspection", args=[row.pk]),
            1,
            end_of(row.planned_on),
            row.planned_on <= day,
            key=f"inspection {row.pk}",
        )
        for row in rows.select_related("team").annotate(commune=place_name_on("place", day))[:20]
    ]


# -- hooks ----------------------------------------------------------------------------------------


def files_in_reach(user):
    """Ids of the photos and files of findings and answers the person sees."""
    seen = Finding.objects.visible_to(user)
    answers = Settlement.objects.filter(finding__in=seen).exclude(file=None)
    ids = Q(pk__in=seen.exclude(file=None).values("file")) | Q(pk__in=answers.values("file"))
    return StoredFile.objects.filter(ids).values("pk")


def uses_of_document(document, user) -> list[Use]:
    """The inspections that rest on the document, as far as the person may see them."""
    if not user.can("inspections.view"):
        return []
    rows = Inspection.objects.visible_to(user).filter(document=document).order_by("planned_on")
    text = _("Inspection of %(what)s")
    return [
        Use(text % {"what": row}, reverse("inspections:inspection", args=[row.pk]))
        for row in rows.select_related("team", "place")
    ]
