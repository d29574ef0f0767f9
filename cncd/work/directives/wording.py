"""States and evidence in words, and the colour of each."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cncd.foundation.kit import figures
from cncd.work.directives.models import Ask, Directive, Obligation

Status, Evidence = Obligation.Status, Ask.Evidence

OVERDUE, IN_TIME, LATE = "overdue", "in_time", "late"
STANDINGS = {  # how an obligation stands on a day, in the order of a table of coverage
    Status.GIVEN: gettext_lazy("Not yet acknowledged"),
    Status.ACKNOWLEDGED: gettext_lazy("Acknowledged"),
    Status.WORKING: gettext_lazy("Working on it"),
    Status.WAITING: gettext_lazy("Waits to be checked"),
    IN_TIME: gettext_lazy("Done in time"),
    LATE: gettext_lazy("Done late"),
    OVERDUE: gettext_lazy("Overdue"),
    Status.EXEMPT: gettext_lazy("Exempt"),
    Status.PASSED: gettext_lazy("Handed on"),
}
TONES = {
    Status.GIVEN: "quiet",
    Status.ACKNOWLEDGED: "info",
    Status.WORKING: "info",
    Status.WAITING: "soon",
    IN_TIME: "good",
    LATE: "soon",
    OVERDUE: "late",
    Status.EXEMPT: "quiet",
    Status.PASSED: "quiet",
}
COUNTED = {  # after a number: "10 người được giúp"
    Ask.Measure.PEOPLE: gettext_lazy("people who were helped"),
    Ask.Measure.COUNT: gettext_lazy("times"),
}
DIRECTIVE_TONES = {
    Directive.State.DRAFT: "soon",
    Directive.State.ISSUED: "info",
    Directive.State.CLOSED: "quiet",
    Directive.State.WITHDRAWN: "quiet",
}


def standing(row: Obligation, today: dt.date) -> str:
    """How it stands on the day: its status, but done tells in time or late, and open overdue.

    What waits to be checked was sent and is not called overdue.
    """
    if row.status == Status.DONE:
        return LATE if row.is_late else IN_TIME
    in_force = row.directive.state == Directive.State.ISSUED
    if in_force and row.status != Status.WAITING and row.is_overdue(today):
        return OVERDUE
    return row.status


def how_far(row: Obligation) -> str:
    """ "3/5", or nothing where there is but one thing to show."""
    if row.needed <= 1 and not row.progress:
        return ""
    return f"{figures.number(row.progress)}/{figures.number(row.needed)}"


def evidence_in_words(ask: Ask) -> str:
    """What will show that it is done: "5 hoạt động: Cài đặt, sử dụng Zalo"."""
    if ask.evidence == Evidence.ACTIVITIES:
        words = {
            "amount": figures.number(ask.amount),
            "what": COUNTED.get(ask.measure, ask.get_measure_display()),
            "which": ", ".join(str(each) for each in (ask.content, ask.kind) if each),
        }
        if words["which"]:
            return _("%(amount)s %(what)s: %(which)s") % words
        return _("%(amount)s %(what)s, of any content") % words
    if ask.evidence == Evidence.REPORT:
        return _("The report of %(period)s, accepted") % {"period": ask.period}
    if ask.evidence == Evidence.TEAMS and ask.amount:
        words = {"n": figures.number(ask.amount)}
        return ngettext("%(n)s team formed by decision", "%(n)s teams formed by decision",
                        ask.amount) % words  # fmt: skip
    if ask.evidence == Evidence.TEAMS:
        return _("A team by decision in every hamlet")
    return _("An answer with a file, checked") if ask.needs_file else _("An answer, checked")


def audience_in_words(directive: Directive, day: dt.date) -> str:
    """Whom it goes to: "mọi xã", "Công thương", "3 đơn vị được chọn"."""
    audience = directive.audience
    if audience == Directive.Audience.LEVEL:
        return _("Every unit of the level: %(level)s") % {"level": directive.level}
    if audience == Directive.Audience.BRANCH:
        return _("Agencies of the line of work: %(branch)s") % {"branch": directive.branch}
    if audience == Directive.Audience.UNITS:
        names = directive.units.named(day).order_by("sort_key")[:6]
        more = directive.units.count() - len(names)
        shown = ", ".join(f"{place.kind_name} {place.name}" for place in names)
        return shown + (_(" and %(n)d more") % {"n": more} if more > 0 else "")
    names = [team.name for team in directive.teams.all()[:6]]
    return ", ".join(names) or _("Every team below us")
