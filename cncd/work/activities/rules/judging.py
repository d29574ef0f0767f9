"""What may be written down as done: no database, no clock."""

import datetime as dt
from collections.abc import Iterable

from django.utils.formats import number_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cncd.work.activities.rules.households import visit_faults
from cncd.work.activities.rules.saying import Done, Fault, Ground, is_held, shown

MOST_PHOTOS = 5
MOST_COUNTED = 10_000  # refused above, in one entry
MANY = 500  # asked about above, per activity
LONGEST_SUMMARY = 31  # days
OWN_CORRECTION = dt.timedelta(hours=24)  # one's own fresh entry is put right without a reason
TEXTS = {"venue": 160, "co_organisers": 300, "note": 2000}  # most characters


def faults(done: Done, ground: Ground, today: dt.date) -> list[Fault]:
    """Everything wrong with the entry, in the order of the form; empty when it may be written."""
    checks = (
        _days, _numbers, visit_faults, _counts, _languages, _catalogue, _people_and_places, _doubts
    )  # fmt: skip
    found = [fault for check in checks for fault in check(done, ground, today)]
    return [fault for fault in found if not fault.asks] or found


def _days(done: Done, ground: Ground, today: dt.date) -> Iterable[Fault]:
    team = ground.team
    if done.last_day > today:
        yield Fault(
            "ended_on" if done.is_summary else "happened_on",
            _("This day has not come yet. Choose today or a day before."),
        )
    if done.happened_on < team.since:
        message = _("The team was formed on {day}; write down only what it did since then.")
        yield Fault("happened_on", format_lazy(message, day=shown(team.since)))
    if team.until and done.last_day >= team.until:
        message = _("The team was dissolved on {day}; nothing can be written for later days.")
        yield Fault("happened_on", format_lazy(message, day=shown(team.until)))
    if done.is_summary:
        yield from _summary_days(done, ground)


def _summary_days(done: Done, ground: Ground) -> Iterable[Fault]:
    if done.ended_on < done.happened_on:
        yield Fault("ended_on", _("The last day comes before the first day."))
    elif (done.ended_on - done.happened_on).days >= LONGEST_SUMMARY:
        yield Fault("ended_on", _("A summary covers one month at most. Make one for each month."))
    elif any(done.happened_on <= end < done.ended_on for end in ground.period_ends):
        yield Fault("ended_on", _("These days belong to two reports. Make one summary for each."))


def _numbers(done: Done, ground: Ground, today: dt.date) -> Iterable[Fault]:
    numbers = {
        "people": done.people,
        "elderly": done.elderly,
        "households": done.households,
        "times": done.times,
        **{f"content_{code}": number for code, number in done.contents.items()},
        **{f"language_{code}": number for code, number in done.languages.items()},
    }
    for name, number in numbers.items():
        if number < 0:
            yield Fault(name, _("The number cannot be below 0."))
        if number > MOST_COUNTED:
            yield Fault(name, _("More than 10,000 in one entry cannot be right. Check the number."))
    if done.times < 1 or (done.times > 1 and not done.is_summary):
        yield Fault("times", _("Only a summary stands for more than one activity."))


def _counts(done: Done, ground: Ground, today: dt.date) -> Iterable[Fault]:
    if done.people <= 0 and not done.contents:
        yield Fault(
            "people", _("Say how many people were helped, or choose a content with a count.")
        )
    for code, number in done.contents.items():
        if number == 0:
            yield Fault(f"content_{code}", _("Write a number from 1, or leave this content out."))
    if done.elderly > max(done.people, 0):
        message = _("There cannot be more people aged 60 and over than people in all ({people}).")
        yield Fault("elderly", format_lazy(message, people=done.people))


def _languages(done: Done, ground: Ground, today: dt.date) -> Iterable[Fault]:
    for code in done.languages.keys() - ground.languages:
        yield Fault("languages", format_lazy(_("There is no language “{code}”."), code=code))
    if sum(done.languages.values()) > max(done.people, 0):
        message = _("More people by language than people in all ({people}).")
        first = next(iter(done.languages))
        yield Fault(f"language_{first}", format_lazy(message, people=done.people))


def _catalogue(done: Done, ground: Ground, today: dt.date) -> Iterable[Fault]:
    held = ground.kinds.get(done.kind)
    if not (held and held.touch(done.happened_on, done.last_day)):
        yield Fault("kind", _("This kind of work was not in use on that day. Choose another."))
    for code in done.contents:
        held = ground.contents.get(code)
        if not (held and held.touch(done.happened_on, done.last_day)):
            yield Fault(
                f"content_{code}", _("This content was not in use on that day. Choose another.")
            )


def _people_and_places(done: Done, ground: Ground, today: dt.date) -> Iterable[Fault]:
    first, last = done.happened_on, done.last_day
    if done.place is None:
        yield Fault(
            "place", _("Choose the hamlet: the team covers more than one, or none that day.")
        )
    elif not is_held(ground.hamlets.get(done.place), first, last):
        yield Fault("place", _("The team did not cover this hamlet on that day."))
    if not all(is_held(ground.members.get(person), first, last) for person in done.participants):
        yield Fault("participants", _("Somebody chosen was not a member of the team on that day."))
    others = [ground.other_teams.get(team) for team in done.joint_teams]
    if not all(days and days.touch(first, last) for days in others):
        yield Fault("joint_teams", _("A team chosen did not exist on that day, or is this team."))
    if len(done.photos) > MOST_PHOTOS:
        yield Fault("photos", format_lazy(_("At most {most} photos."), most=MOST_PHOTOS))
    for name, most in TEXTS.items():
        if len(getattr(done, name)) > most:
            yield Fault(name, format_lazy(_("At most {most} characters."), most=most))


def _doubts(done: Done, ground: Ground, today: dt.date) -> Iterable[Fault]:
    many = MANY * max(done.times, 1)
    contents = {
        f"content_{code}": number
        for code, number in done.contents.items()
        if number != done.people  # asked about once
    }
    for name, number in ({"people": done.people, "households": done.households} | contents).items():
        if number > many:
            message = _("{number} is a great many. If it is right, press “Right, save it”.")
            written = number_format(number, force_grouping=True)
            yield Fault(name, format_lazy(message, number=written), asks=True)
    if done.is_summary and any(done.happened_on <= d <= done.last_day for d in ground.logged_on):
        message = _(
            "There are entries of single days in this range already; the summary is added to them."
            " If that is right, press “Right, save it”."
        )
        yield Fault("happened_on", message, asks=True)
    if any(first <= done.last_day and done.happened_on <= last for first, last in ground.summaries):
        message = _(
            "These days are summed up already; this entry is added to that sum."
            " If that is right, press “Right, save it”."
        )
        yield Fault("happened_on", message, asks=True)


def needs_reason(*, own: bool, recorded_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether a change must say why: another's entry, or one's own after 24 hours."""
    return not own or now - recorded_at > OWN_CORRECTION
