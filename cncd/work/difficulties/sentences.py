"""What the journal says of this room's events."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "difficulty.raised": _("{actor} raised a difficulty: {subject}"),
    "difficulty.kept": _("{actor} entered {count} difficulties of past reports"),
    "difficulty.withdrawn": _("{actor} took a difficulty back: {subject}"),
    "difficulty.restored": _("{actor} brought a difficulty back: {subject}"),
    "difficulty.answered": _("{actor} answered a difficulty: {subject}"),
    "difficulty.answer_corrected": _("{actor} corrected the answer to a difficulty: {subject}"),
    "difficulty.assigned": _("{actor} said who answers a difficulty: {subject}"),
    "difficulty.passed": _("{actor} passed a difficulty on to {owner}: {subject}"),
    "difficulty.climbed": _("{actor} let {count} difficulties climb to {owner}: no answer in time"),
    "difficulty.moved": _("{actor} moved {count} difficulties on to {owner} with their unit"),
    "difficulty.joined": _("{actor} put {count} more difficulties into one: {subject}"),
    "difficulty.parted": _("{actor} set a difficulty apart again: {subject}"),
    "difficulty.sorted": _("{actor} put a difficulty under another kind: {subject}"),
    "difficulty.helped": _("{actor} said the answer helped: {subject}"),
    "difficulty.reopened": _("{actor} said the answer did not help: {subject}"),
}

FIELDS = {
    "category": _("kind of difficulty"),
    "assignee": _("who answers"),
    "owner": _("unit that answers"),
    "count": _("how many"),
    "on": _("counts from"),
}
