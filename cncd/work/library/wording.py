"""Audiences and states, in words."""

from django.utils.translation import gettext_lazy as _

from cncd.work.library.models import Edition, Item

AUDIENCES = {
    "teams": _("Teams"),
    "officials": _("Officials"),
    "citizens": _("Citizens"),
}
IN_LANGUAGES = {
    "vi": _("In Vietnamese"),
    "km": _("In Khmer"),
    "zh": _("In Chinese"),
    "en": _("In English"),
}
WITHDRAWN = "withdrawn"
STATES = {**dict(Edition.State.choices), WITHDRAWN: _("Withdrawn")}
TONES = {
    Edition.State.DRAFT: "quiet",
    Edition.State.SUBMITTED: "soon",
    Edition.State.RETURNED: "late",
    Edition.State.PUBLISHED: "good",
    WITHDRAWN: "quiet",
}
ICONS = {"policy": "file-earmark-text", "guide": "book", "material": "mortarboard"}


def state_of(item: Item) -> str:
    """What has to be said first of an item: what is open, else that it stands."""
    if item.withdrawn_at:
        return WITHDRAWN
    return item.open.state if item.open else Edition.State.PUBLISHED


def audiences_in_words(item: Item) -> str:
    return ", ".join(str(AUDIENCES[name]) for name in AUDIENCES if getattr(item, f"for_{name}"))
