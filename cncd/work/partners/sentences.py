"""What the journal says of this room's events."""

from django.utils.translation import gettext_lazy as _

from cncd.work.partners.models import Gap, Noting, Pledge

SENTENCES = {
    "pledge.made": _("{actor} recorded a promise of help: {subject}, {amount}"),
    "pledge.changed": _("{actor} changed the promise of help: {subject}"),
    "pledge.withdrawn": _("{actor} withdrew the promise of help: {subject}"),
    "pledge.restored": _("{actor} brought back the promise of help: {subject}"),
    "delivery.stated": _("{actor} said what was delivered: {amount}. {note}"),
    "delivery.restated": _("{actor} put right what was delivered: {amount}. {note}"),
    "delivery.confirmed": _("{actor} confirmed what was delivered: {amount}"),
    "delivery.disputed": _("{actor} counts otherwise: {unit_amount}. {unit_note}"),
    "delivery.settled": _("{actor} agreed to the number of the unit: {amount}"),
    "delivery.withdrawn": _("{actor} took back what was said of a delivery: {subject}"),
    "hamlet.noted": _("{actor} noted signal and lines of the hamlet"),
    "hamlet.unnoted": _("{actor} took out a noting of signal and lines"),
    "hamlet.renoted": _("{actor} brought back a noting of signal and lines"),
    "gap.found": _("{actor} reported a dead spot: {subject}"),
    "gap.asked": _("{actor} asked {agency} about the dead spot {subject}"),
    "gap.answered": _("{actor} answered about the dead spot {subject}: {answer}"),
    "gap.covered": _("{actor} saw a signal at {subject}"),
    "gap.reopened": _("{actor} saw no signal at {subject}; it is asked again"),
    "gap.withdrawn": _("{actor} took out the dead spot {subject}"),
    "gap.restored": _("{actor} brought back the dead spot {subject}"),
}

FIELDS = {
    "agency": _("enterprise or union"),
    "kind": _("what is promised"),
    "amount": _("how many"),
    "since_on": _("from"),
    "until_on": _("due"),
    "note": _("note"),
    "document": _("document"),
    "unit_amount": _("as the unit counts"),
    "unit_note": _("note of the unit"),
    "noted_on": _("day"),
    "source": _("how it is known"),
    "fibre": _("fibre line"),
    "signals": _("signal"),
    "where": _("where exactly"),
    "missing": _("what is missing"),
    "households": _("households affected"),
    "due_on": _("answer due"),
    "done_by": _("to be done by"),
    "answer": _("answer"),
    "state": _("state"),
    "on": _("day"),
}

VALUES = {
    "kind": dict(Pledge.Kind.choices),
    "missing": dict(Gap.Missing.choices),
    "state": dict(Gap.State.choices),
    "source": dict(Noting.Source.choices),
    "fibre": dict(Noting.Fibre.choices),
}
