"""How the journal tells what happened to directives and what they ask."""

from django.utils.translation import gettext_lazy as _

from cncd.work.directives.models import Directive

SENTENCES = {
    "directive.drafted": _("{actor} began to write the directive {subject}"),
    "directive.changed": _("{actor} changed the directive {subject}"),
    "directive.discarded": _("{actor} threw away the draft {subject}"),
    "directive.given": _("{actor} issued the directive {subject}: {units} units, {teams} teams"),
    "directive.closed": _("{actor} closed the directive {subject}"),
    "directive.withdrawn": _("{actor} withdrew the directive {subject}"),
    "directive.reopened": _("{actor} put the directive {subject} in force again"),
    "directive.followed": _(
        "{actor} followed changes of units and teams for {subject}: {passed} gave it up,"
        " {count} are asked"
    ),
    "obligation.acknowledged": _("{actor} took on: {subject}"),
    "obligation.answered": _("{actor} answered: {subject}"),
    "obligation.answer_withdrawn": _("{actor} took back the answer to: {subject}"),
    "obligation.answer_accepted": _("{actor} accepted the answer to: {subject}"),
    "obligation.answer_returned": _("{actor} returned the answer to: {subject}"),
    "obligation.extended": _("{actor} gave more time for: {subject}"),
    "obligation.exempted": _("{actor} exempted from: {subject}"),
    "obligation.asked_again": _("{actor} asks again: {subject}"),
    "reminder.withdrawn": _("{actor} took out a reminder logged by mistake: {subject}"),
    "obligation.reminded": _("{actor} reminded of {count} things: {subject}"),
    "campaign.planned": _("{actor} planned the campaign {subject}"),
    "campaign.changed": _("{actor} changed the campaign {subject}"),
    "campaign.cancelled": _("{actor} cancelled the campaign {subject}"),
}

FIELDS = {
    "how": _("how"),
    "name": _("name"),
    "repeats": _("repeats"),
    "amount": _("how much"),
    "title": _("what it is about"),
    "asks": _("things asked"),
    "ask": _("what is asked"),
    "audience": _("goes to"),
    "units": _("units"),
    "teams": _("teams"),
    "due_on": _("to be done by"),
    "count": _("how many"),
    "passed": _("passed on by"),
    "answer": _("answer"),
    "files": _("files"),
    "note": _("note"),
    "on_behalf": _("on behalf of the team"),
}

VALUES = {"audience": dict(Directive.Audience.choices)}
