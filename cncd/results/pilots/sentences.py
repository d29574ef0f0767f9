"""What the journal says of this room's events."""

from django.utils.translation import gettext_lazy as _

from cncd.results.pilots.models import Lesson, Moment, Pilot

SENTENCES = {
    "pilot.begun": _("{actor} entered the pilot {subject}: {hamlets} hamlets from {issued_on}"),
    "pilot.changed": _("{actor} corrected the pilot {subject}"),
    "pilot.withdrawn": _("{actor} withdrew the pilot {subject}"),
    "pilot.restored": _("{actor} brought back the pilot {subject}"),
    "pilot.costs_marked": _(
        "{actor} marked {lines} lines of spending as the pilot's: {amount} đồng"
    ),
    "pilot.costs_unmarked": _(
        "{actor} took {lines} lines of spending out of the pilot: {amount} đồng"
    ),
    "pilot.compared": _("{actor} chose {hamlets} hamlets to compare with by the rules: {subject}"),
    "pilot.comparison_added": _("{actor} added a hamlet to compare with: {hamlet}"),
    "pilot.unit_replaced": _("{actor} replaced a comparison hamlet: {subject}"),
    "pilot.unit_left_out": _("{actor} left a comparison hamlet out: {subject}"),
    "pilot.values_taken": _("{actor} took {figures} figures from records and reports: {subject}"),
    "pilot.value_stated": _("{actor} entered a figure by hand: {measure}, {hamlet}: {value}"),
    "pilot.value_cleared": _("{actor} took a figure away: {subject}"),
    "pilot.lesson_added": _("{actor} wrote down a lesson: {lesson}"),
    "pilot.lesson_withdrawn": _("{actor} took a lesson back: {subject}"),
    "pilot.synthesis_written": _("{actor} wrote at the synthesis of {subject}"),
    "pilot.synthesis_confirmed": _("{actor} confirmed the synthesis of {subject}"),
    "replication.drafted": _("{actor} drafted {name}: {hamlets} hamlets in {waves} waves"),
    "replication.changed": _("{actor} changed the plan {subject}"),
    "replication.commune_moved": _("{actor} moved {commune} to wave {wave}"),
    "replication.recounted": _("{actor} worked the plan {subject} out anew: {hamlets} hamlets"),
    "replication.approved": _("{actor} approved the plan {subject}"),
    "replication.sent": _("{actor} sent the plan {subject} to UBND tỉnh"),
    "replication.agreed": _("{actor} agreed to the plan {subject}"),
    "replication.returned": _("{actor} sent the plan {subject} back"),
    "replication.reopened": _("{actor} opened the plan {subject} again"),
    "replication.withdrawn": _("{actor} threw the draft {subject} away"),
    "replication.restored": _("{actor} brought back the draft {subject}"),
}

FIELDS = {
    "name": _("name"),
    "issued_on": _("date of issue"),
    "months": _("months"),
    "window_days": _("days that are compared"),
    "synthesis_days": _("days for the synthesis"),
    "same_kind": _("only of the same kind (khóm or ấp)"),
    "near": _("looked for in"),
    "spread": _("households within ± percent"),
    "per_unit": _("for each pilot hamlet"),
    "with_team": _("only hamlets with a team before"),
    "rules": _("rules"),
    "lines": _("lines of spending"),
    "amount": _("amount"),
    "trainers_each": _("trainers in a session"),
    "trainer_load": _("sessions a trainer can hold in a wave"),
    "document": _("document"),
    "measures": _("figures"),
    "measure": _("figure"),
    "hamlets": _("hamlets"),
    "hamlet": _("hamlet"),
    "considered": _("hamlets looked at"),
    "moment": _("moment"),
    "figures": _("figures"),
    "value": _("value"),
    "source": _("source"),
    "lesson": _("lesson"),
    "kind": _("kind"),
    "seen_on": _("seen on"),
    "number": _("version"),
    "communes": _("communes"),
    "commune": _("commune"),
    "waves": _("waves"),
    "wave": _("wave"),
    "starts_on": _("first wave begins"),
    "wave_days": _("days of a wave"),
    "per_wave": _("at most so many hamlets in a wave"),
    "members": _("members of a team"),
    "sessions_each": _("sessions for each member"),
    "seats": _("people in a session"),
    "team_cost": _("cost of a team (đồng)"),
    "session_cost": _("cost of a session (đồng)"),
    "cost_basis": _("where these costs come from"),
    "text": _("how it is carried out"),
}

VALUES = {
    "near": dict(Pilot.Near.choices),
    "moment": dict(Moment.choices),
    "kind": dict(Lesson.Kind.choices),
}
