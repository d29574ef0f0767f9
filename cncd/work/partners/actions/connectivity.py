"""How a hamlet is connected: noting it, reporting dead spots, and closing them."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import fold, tidy
from cncd.foundation.people import authority
from cncd.foundation.people.models import Agency
from cncd.team.teams.authority import places_in_reach
from cncd.work.partners.actions.asking import put_before, put_before_committed
from cncd.work.partners.actions.errors import ChangedMeanwhile, GapRefused
from cncd.work.partners.models import Gap, Noting, Signal
from cncd.work.partners.queries.partners import partners_on

NOTE, CHANGE = "connectivity.note", "partners.change"
FIRST_YEAR = 2015


@transaction.atomic
def note_hamlet(
    *, place, noted_on: dt.date, source: str, by, signals: dict | None = None, fibre: str = "",
    note: str = "", as_of: dt.date | None = None, now: dt.datetime | None = None,
) -> Noting:  # fmt: skip
    """Writes down what is seen in a hamlet: signal by operator, fibre (IV.5).

    `signals` are {Operator: "good" | "weak" | "none"}; what is not said stays as it was known.
    `as_of`: the day it was written, where a phone sends it later. Raises GapRefused,
    PermissionDenied.
    """
    now, signals = now or timezone.now(), signals or {}
    _require_note(by, place, as_of or timezone.localdate(now))
    _check_day("noted_on", noted_on)
    if not signals and not fibre:
        raise GapRefused(_("Say at least how one network or the fibre line is here."))
    made = Noting.objects.create(
        place=place, noted_on=noted_on, source=source, fibre=fibre, note=tidy(note),
        recorded_at=now, recorded_by=by,
    )  # fmt: skip
    Signal.objects.bulk_create(
        Signal(noting=made, operator=operator, strength=strength)
        for operator, strength in signals.items()
    )
    after = {"noted_on": noted_on.isoformat(), "source": source, "fibre": fibre,
             "signals": ", ".join(f"{name}: {how}" for name, how in signals.items()),
             "note": made.note}  # fmt: skip
    after = {name: value for name, value in after.items() if value}
    record(event="hamlet.noted", subject=made, by=by, place=place, after=after, now=now)
    return made


@transaction.atomic
def withdraw_noting(*, noting: Noting, reason: str, by, now=None) -> Noting:
    """Takes out what was noted by mistake; what was known before holds again."""
    now = now or timezone.now()
    _require_note(by, noting.place, timezone.localdate(now))
    found = Noting.objects.select_for_update(of=("self",)).get(pk=noting.pk)
    if found.withdrawn_at is None:
        found.withdrawn_at, found.withdrawn_reason = now, tidy(reason)
        found.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        record(event="hamlet.unnoted", subject=found, by=by, place=found.place_id,
               reason=found.withdrawn_reason, now=now)  # fmt: skip
    return found


@transaction.atomic
def restore_noting(*, noting: Noting, by, now=None) -> Noting:
    """Brings back a noting that was taken out; nothing happens to one that stands."""
    now = now or timezone.now()
    _require_note(by, noting.place, timezone.localdate(now))
    found = Noting.objects.select_for_update(of=("self",)).get(pk=noting.pk)
    if found.withdrawn_at is not None:
        found.withdrawn_at, found.withdrawn_reason = None, ""
        found.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        record(event="hamlet.renoted", subject=found, by=by, place=found.place_id, now=now)
    return found


@transaction.atomic
def report_gap(
    *, place, where: str, missing: str, found_on: dt.date, by, households: int | None = None,
    as_of: dt.date | None = None, now: dt.datetime | None = None,
) -> Gap:  # fmt: skip
    """Reports a dead spot; it goes to the enterprise that committed to connect the place (IV.5).

    Where none did, an officer is to find one. Raises GapRefused, PermissionDenied.
    """
    now = now or timezone.now()
    day = timezone.localdate(now)
    _require_note(by, place, as_of or day)
    _check_day("found_on", found_on)
    made = Gap(place=place, where=tidy(where), missing=missing, households=households,
               found_on=found_on, recorded_at=now, recorded_by=by)  # fmt: skip
    if not made.where:
        raise GapRefused({"where": _("Say where: the group of houses, the canal, the road.")})
    made.search_key = fold(made.where)[:300]
    _check_new(made)
    put_before_committed(made, day)
    made.save(force_insert=True)
    after = {"where": made.where, "missing": missing, "households": households}
    _record("gap.found", made, by, now, after | _asked(made))
    return made


@transaction.atomic
def ask_enterprise(
    *, gap: Gap, agency: Agency, by, version: int, due_on: dt.date | None = None, now=None
) -> Gap:
    """An officer asks an enterprise, or another one, to close the dead spot by its answer.

    Raises ChangedMeanwhile, GapRefused, PermissionDenied.
    """
    authority.require(by, CHANGE, place=gap.place)
    found, now = _held(gap, version), now or timezone.now()
    day = timezone.localdate(now)
    if found.state == Gap.State.COVERED:
        raise GapRefused(_("There is a signal here now."))
    if not partners_on(day).filter(pk=agency.pk, is_enterprise=True).exists():
        raise GapRefused({"agency": _("Choose an enterprise that is in office.")})
    if due_on is not None and due_on < day:
        raise GapRefused({"due_on": _("Choose today or a later day.")})
    put_before(found, agency, day, due_on)
    _save(found)
    _record("gap.asked", found, by, now, _asked(found))
    return found


@transaction.atomic
def answer_gap(
    *, gap: Gap, will_do: bool, answer: str, by, version: int, done_by: dt.date | None = None,
    now=None,
) -> Gap:  # fmt: skip
    """The enterprise says what it will do and by when, or that it cannot, and why.

    Raises ChangedMeanwhile, GapRefused; PermissionDenied unless `by` serves the one asked.
    """
    if by is not None and gap.agency_id not in authority.own_agencies(by):
        raise PermissionDenied("partners.own")
    found, now = _held(gap, version), now or timezone.now()
    if found.state not in (Gap.State.ASKED, Gap.State.PROMISED, Gap.State.CANNOT):
        raise GapRefused(_("Nothing is asked here any more."))
    if not tidy(answer):
        text = _("Say what will be done.") if will_do else _("Say why it cannot be done.")
        raise GapRefused({"answer": text})
    if will_do and (done_by is None or done_by < timezone.localdate(now)):
        raise GapRefused({"done_by": _("Say by which day, today or later.")})
    found.state = Gap.State.PROMISED if will_do else Gap.State.CANNOT
    found.answer, found.done_by = tidy(answer), done_by if will_do else None
    found.answered_at, found.answered_by = now, by
    _save(found)
    after = {"state": found.state, "answer": found.answer}
    if found.done_by:
        after["done_by"] = found.done_by.isoformat()
    _record("gap.answered", found, by, now, after)
    return found


@transaction.atomic
def check_gap(*, gap: Gap, covered: bool, on: dt.date, by, note: str = "", now=None) -> Gap:
    """The team looks: there is a signal now, or there still is none and it is asked again.

    Nothing happens when it stands so already. Raises GapRefused, PermissionDenied.
    """
    now = now or timezone.now()
    _require_note(by, gap.place, on)
    _check_day("on", on)
    found = _locked(gap)
    if found.withdrawn_at is not None:
        raise GapRefused(_("This dead spot was taken out of the list."))
    if covered == (found.state == Gap.State.COVERED) and not _broken_promise(found, covered, on):
        return found
    if covered:
        found.state, found.covered_on = Gap.State.COVERED, max(on, found.found_on)
    else:
        found.covered_on, found.reopened = None, found.reopened + 1
        _ask_again(found, timezone.localdate(now))
    _save(found)
    after = {"on": on.isoformat(), "note": tidy(note)} | ({} if covered else _asked(found))
    _record("gap.covered" if covered else "gap.reopened", found, by, now, after)
    return found


@transaction.atomic
def withdraw_gap(*, gap: Gap, reason: str, by, version: int, now=None) -> Gap:
    """Takes out a dead spot that was reported by mistake.

    Raises ChangedMeanwhile, PermissionDenied.
    """
    now = now or timezone.now()
    _require_note(by, gap.place, timezone.localdate(now))
    found = _held(gap, version)
    found.withdrawn_at, found.withdrawn_reason = now, tidy(reason)
    _save(found)
    record(event="gap.withdrawn", subject=found, by=by, place=found.place_id,
           reason=found.withdrawn_reason, now=now)  # fmt: skip
    return found


@transaction.atomic
def restore_gap(*, gap: Gap, by, now=None) -> Gap:
    """Brings back a dead spot that was taken out, as it stood; nothing happens to one that stands.

    Raises GapRefused where it was reported anew meanwhile, PermissionDenied.
    """
    now = now or timezone.now()
    _require_note(by, gap.place, timezone.localdate(now))
    found = _locked(gap)
    if found.withdrawn_at is not None:
        _check_new(found)
        found.withdrawn_at, found.withdrawn_reason = None, ""
        _save(found)
        _record("gap.restored", found, by, now, _asked(found))
    return found


def may_note(user, place, day: dt.date) -> bool:
    """Whether the person notes what is seen at the place: an officer's, or of the own team's."""
    if user.can(NOTE, place=place):
        return True
    return places_in_reach(user, NOTE, day).filter(pk=place.pk).exists()


def _require_note(by, place, day: dt.date) -> None:
    if by is not None and not may_note(by, place, day):
        raise PermissionDenied(NOTE)
    if place.level.code != "hamlet":
        raise GapRefused({"place": _("Choose a hamlet.")})


def _check_new(gap: Gap) -> None:
    same = Gap.objects.open().filter(place=gap.place, missing=gap.missing)
    if same.filter(search_key=gap.search_key).exists():
        raise GapRefused({"where": _("This place is in the list already.")})


def _check_day(field: str, day: dt.date) -> None:
    if day > timezone.localdate():
        raise GapRefused({field: _("Choose today or an earlier day.")})
    if day.year < FIRST_YEAR:
        raise GapRefused({field: _("This day is too long ago. Check the year.")})


def _broken_promise(gap: Gap, covered: bool, on: dt.date) -> bool:
    """Whether what was promised for a day before is not there."""
    return not covered and gap.state == Gap.State.PROMISED and gap.done_by < on


def _ask_again(gap: Gap, day: dt.date) -> None:
    """The same enterprise is asked once more; with none, the one that committed meanwhile."""
    if gap.agency_id:
        put_before(gap, gap.agency, day)
    else:
        put_before_committed(gap, day)


def _locked(gap: Gap) -> Gap:
    rows = Gap.objects.select_for_update(of=("self",)).select_related("place", "agency")
    return rows.get(pk=gap.pk)


def _held(gap: Gap, version: int) -> Gap:
    found = _locked(gap)
    if found.version != version or found.withdrawn_at is not None:
        raise ChangedMeanwhile
    return found


def _save(gap: Gap) -> None:
    gap.version += 1
    gap.save()


def _asked(gap: Gap) -> dict:
    if not gap.agency_id:
        return {}
    return {"agency": str(gap.agency), "due_on": gap.due_on.isoformat()}


def _record(event: str, gap: Gap, by, now, after: dict) -> None:
    after = {name: value for name, value in after.items() if value not in ("", None)}
    record(event=event, subject=gap, by=by, place=gap.place_id, after=after, now=now)
