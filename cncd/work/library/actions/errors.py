"""Why a text is not taken."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class NothingToRead(ValidationError):
    """There is neither a text nor a file nor a document."""

    def __init__(self):
        super().__init__({"body": _("Write the text, or add a file or a document.")})


class ForNobody(ValidationError):
    """No audience was ticked."""

    def __init__(self):
        super().__init__({"audiences": _("Tick at least one: teams, officials or citizens.")})


class WhatChanged(ValidationError):
    """A new edition does not say what changed."""

    def __init__(self):
        super().__init__({"what_changed": _("Say in a few words what changed since last time.")})


class NoteMissing(ValidationError):
    """A text is returned without saying why."""

    def __init__(self):
        super().__init__({"note": _("Say what has to be put right.")})


class NotWaiting(ValidationError):
    """Nothing of the item waits for a decision any more."""

    def __init__(self):
        super().__init__(_("This text no longer waits for approval. Open it again to see why."))


class Waiting(ValidationError):
    """What was submitted stands still until it is decided."""

    def __init__(self):
        super().__init__(_("This text waits for approval. Take it back first, then change it."))


class ChangedMeanwhile(ValidationError):
    """Somebody changed the item after the page was opened."""

    def __init__(self):
        text = _("Somebody changed this text meanwhile. Look at it again, then save.")
        super().__init__(text, code="changed_meanwhile")


class NotATranslation(ValidationError):
    """What was named can't be the original of this text."""
