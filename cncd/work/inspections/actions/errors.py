"""Why an action of this room is refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class NotBelow(ValidationError):
    """The inspecting unit does not stand above what it wants to inspect."""

    def __init__(self, subject):
        text = _("%(subject)s does not stand under the unit that inspects. Choose another.")
        super().__init__({"subjects": text % {"subject": subject}})


class NobodyChosen(ValidationError):
    """No team and no commune was chosen."""

    def __init__(self):
        super().__init__({"subjects": _("Choose at least one team or commune.")})


class NothingToLookAt(ValidationError):
    """No item is in force for such an inspection."""

    def __init__(self):
        text = _(
            "The checklist for this kind of inspection is empty on that day. "
            "The province adds items on the checklist page."
        )
        super().__init__(text)


class WrongState(ValidationError):
    """The inspection is not, or no longer, in the state the action needs."""

    def __init__(self, text=None):
        text = text or _("The inspection has changed meanwhile. Open it again.")
        super().__init__(text, code="wrong_state")


class ChangedMeanwhile(ValidationError):
    """Somebody wrote after the page was opened."""

    def __init__(self):
        text = _("Somebody changed this inspection meanwhile. Look at it again, then save.")
        super().__init__(text, code="changed_meanwhile")


class NotFinished(ValidationError):
    """Items were not looked at, or what must follow is not said."""


class BadLink(ValidationError):
    """The link leads out of the program or to no page of it."""

    def __init__(self):
        text = _("Paste the address of a page of this program, for example /teams/12/.")
        super().__init__({"link": text})


class OwnAnswer(ValidationError):
    """Whoever said how it was put right does not confirm it."""

    def __init__(self):
        super().__init__(_("You gave this answer yourself: a colleague has to look at it."))


class BadItem(ValidationError):
    """An item of the checklist cannot begin or end so."""
