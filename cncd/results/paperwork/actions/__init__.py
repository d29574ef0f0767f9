"""Verbs of the paperwork room: draw up, edit, number, attach, sign, withdraw; templates, trust."""

from cncd.results.paperwork.actions.drawing_many import draw_papers
from cncd.results.paperwork.actions.drawing_up import (
    changed_figures,
    draw_paper,
    redraw_paper,
    refresh_figures,
)
from cncd.results.paperwork.actions.editing import edit_words
from cncd.results.paperwork.actions.errors import (
    BadWords,
    ChangedMeanwhile,
    NotADraft,
    NothingToSign,
    NotOffered,
    NumberGiven,
    RootRefused,
    TemplateRefused,
    WrongState,
)
from cncd.results.paperwork.actions.numbering import (
    attach_signed,
    number_paper,
    restore_paper,
    withdraw_paper,
)
from cncd.results.paperwork.actions.printing import ask_pdf, make_pdf
from cncd.results.paperwork.actions.signing import KeyRefused, sign_paper
from cncd.results.paperwork.actions.templates import add_template, end_template, to_mend
from cncd.results.paperwork.actions.trusting import distrust_root, trust_root

__all__ = [
    "BadWords",
    "ChangedMeanwhile",
    "KeyRefused",
    "NotADraft",
    "NotOffered",
    "NothingToSign",
    "NumberGiven",
    "RootRefused",
    "TemplateRefused",
    "WrongState",
    "add_template",
    "ask_pdf",
    "attach_signed",
    "changed_figures",
    "distrust_root",
    "draw_paper",
    "draw_papers",
    "edit_words",
    "end_template",
    "make_pdf",
    "number_paper",
    "redraw_paper",
    "refresh_figures",
    "restore_paper",
    "sign_paper",
    "to_mend",
    "trust_root",
    "withdraw_paper",
]
