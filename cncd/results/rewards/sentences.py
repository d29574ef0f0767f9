"""What the journal says of this room's events."""

from django.utils.translation import gettext_lazy as _

from cncd.results.rewards.models import Sign

SENTENCES = {
    "proposal.drafted": _("{actor} began a proposal for commendation: {title}"),
    "proposal.changed": _("{actor} changed a proposal for commendation: {title}"),
    "proposal.named": _("{actor} named {count} for commendation: {subject}"),
    "proposal.unnamed": _("{actor} took a name out of a proposal: {subject}"),
    "proposal.sent": _("{actor} sent a proposal for commendation, {count} named: {subject}"),
    "proposal.withdrawn": _("{actor} withdrew a proposal for commendation: {subject}"),
    "proposal.restored": _("{actor} brought back a proposal for commendation: {subject}"),
    "proposal.decided": _(
        "{actor} decided on {subject}: {granted} commended, {refused} not this time"
    ),
    "commendations.given": _("{actor} entered decision {number}: {count} commended ({subject})"),
    "commendations.recorded": _("{actor} recorded {count} commendations of decision {number}"),
    "commendation.withdrawn": _("{actor} withdrew a commendation: {subject}"),
    "commendation.restored": _("{actor} brought back a commendation: {subject}"),
    "reward_form.added": _("{actor} added a form of commendation: {subject}"),
    "reward_form.ended": _("{actor} ended a form of commendation: {subject}"),
    "signs.found": _(
        "{actor} looked at the figures of {period}: {count} to be asked about, {gone} put right"
    ),
    "sign.answered": _("{actor} answered a question about figures: {subject}"),
    "sign.settled": _("{actor} settled a question about figures, {subject}: {verdict}"),
    "sign.reopened": _("{actor} opened a question about figures again: {subject}"),
}

FIELDS = {
    "title": _("title of the proposal"),
    "count": _("how many"),
    "decider": _("unit that decides"),
    "granted": _("commended"),
    "refused": _("not this time"),
    "number": _("number of the decision"),
    "on": _("from"),
    "period": _("month"),
    "gone": _("put right"),
    "verdict": _("decided"),
}

VALUES = {"verdict": dict(Sign.Verdict.choices)}
