"""Values, changes and conclusions in plain words."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.kit.counting import NONE
from cncd.results.pilots.models import Pilot, PilotValue
from cncd.results.pilots.rules import choosing, readiness
from cncd.results.pilots.rules.comparing import CANNOT, ENOUGH
from cncd.team.programme import rules as laws

STAGES = {
    "coming": (gettext_lazy("Not begun"), "quiet"),
    "running": (gettext_lazy("Running"), "info"),
    "ended": (gettext_lazy("Ended, synthesis to come"), "soon"),
    "summed": (gettext_lazy("Summed up"), "good"),
}
OUTCOMES = {
    choosing.TAKEN: gettext_lazy("chosen: nearest in households"),
    choosing.PILOT: gettext_lazy("left out: in a pilot itself"),
    choosing.OTHER_KIND: gettext_lazy("left out: of the other kind (khóm, ấp)"),
    choosing.UNKNOWN: gettext_lazy("left out: its households are not known"),
    choosing.TOO_FAR: gettext_lazy("left out: too many or too few households"),
    choosing.NO_BASELINE: gettext_lazy("left out: no team there before, so no records"),
    choosing.NOT_NEEDED: gettext_lazy("fits, but nearer ones were enough"),
}
CONDITIONS = {
    readiness.WITHOUT: gettext_lazy("Hamlets without a team"),
    readiness.LEADERS: gettext_lazy("Leader and deputy known"),
    readiness.ACCOUNTS: gettext_lazy("Leaders' accounts opened"),
    readiness.TRAINED: gettext_lazy("Members trained"),
    readiness.CHANNEL: gettext_lazy("Common group"),
    readiness.HOUSEHOLDS: gettext_lazy("Households known"),
    readiness.CONNECTED: gettext_lazy("Signal or fibre"),
    readiness.BUDGET: gettext_lazy("Budget of the year"),
    readiness.OFFICER: gettext_lazy("Officer posted"),
}
COSTS = {
    "cited": gettext_lazy("yes: cites the pilot's plan"),
    "marked": gettext_lazy("yes: marked by an officer"),
    "no": gettext_lazy("not counted"),
}
VERDICTS = {
    ENOUGH: (gettext_lazy("enough ground"), "good"),
    "not_enough": (gettext_lazy("not enough ground"), "soon"),
    CANNOT: (gettext_lazy("cannot be worked out"), "quiet"),
}
ROOMS = {
    "activities": gettext_lazy("the activity log"),
    "registers": gettext_lazy("the registers of products and storefronts"),
    "households": gettext_lazy("the household lists"),
    "teams": gettext_lazy("the teams' rosters"),
    "channels": gettext_lazy("the register of groups"),
    "training": gettext_lazy("the training records"),
    "difficulties": gettext_lazy("the difficulties raised"),
    "directives": gettext_lazy("the directives"),
}


def basis_of(document) -> str:
    """ "Kế hoạch 118/KH-UBND ngày 15/08/2026 của Ủy ban nhân dân tỉnh"; "" without a document."""
    if document is None:
        return ""
    words = {"document": document, "day": f"{document.issued_on:%d/%m/%Y}"}
    words["issuer"] = document.issuer
    return _("%(document)s of %(day)s, issued by %(issuer)s") % words


def rules_of(pilot: Pilot) -> str:
    """ "the same district, the same kind, households within ±30%, 2 for each": as stated."""
    told = [pilot.get_near_display()]
    if pilot.same_kind:
        told.append(_("the same kind"))
    told.append(_("households within ±%(n)d%%") % {"n": pilot.spread})
    if pilot.with_team:
        told.append(_("a team there before"))
    told.append(_("the %(n)d nearest in households for each pilot hamlet") % {"n": pilot.per_unit})
    return ", ".join(told)


def chosen_when(pilot: Pilot) -> str:
    if pilot.compared_at is None:
        return _("taken by hand")
    return _("chosen on %(day)s") % {"day": f"{timezone.localdate(pilot.compared_at):%d/%m/%Y}"}


def value_of(row: PilotValue | None) -> int | str | None:
    """The three values: a number, "none", None where nothing is stated."""
    if row is None:
        return None
    return NONE if row.value is None else row.value


def shown(row: PilotValue | None, measure) -> str:
    return laws.show(value_of(row), measure.factor)


def source_of(row: PilotValue) -> str:
    """Where the figure comes from, with its days and, by hand, who."""
    days = f"{row.first_day:%d/%m}–{row.last_day:%d/%m/%Y}"
    if row.origin == PilotValue.Origin.RECORDS:
        room = ROOMS.get(row.source, row.source)
        return _("Counted from %(room)s, %(days)s") % {"room": room, "days": days}
    if row.origin == PilotValue.Origin.REPORT:
        return _("From the sent report, %(period)s") % {"period": row.source}
    who = row.by.person.full_name if row.by_id and row.by.person_id else ""
    words = {"source": row.source, "who": who, "on": f"{row.at:%d/%m/%Y}"}
    return _("By hand: %(source)s (%(who)s, %(on)s)") % words
