"""What is asked of whom, by when, and how far it has come."""

from cncd.work.directives.models.answers import Answer, AnswerFile, Extension
from cncd.work.directives.models.campaigns import Campaign, Run
from cncd.work.directives.models.directives import Ask, Directive
from cncd.work.directives.models.obligations import OPEN, Obligation, Pending
from cncd.work.directives.models.reminders import Reminder

__all__ = [
    "OPEN",
    "Answer",
    "AnswerFile",
    "Ask",
    "Campaign",
    "Directive",
    "Extension",
    "Obligation",
    "Pending",
    "Reminder",
    "Run",
]
