"""Why an entry is not written: each says at which field, and what to do next."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cncd.work.activities.rules import Fault


class ActivityRefused(ValidationError):
    """The entry breaks a rule; `faults` and `error_dict` say where."""

    def __init__(self, faults: list[Fault]):
        self.faults = faults
        by_field = defaultdict(list)
        for fault in faults:
            by_field[fault.field].append(fault.message)
        super().__init__(dict(by_field))


class ActivityDoubtful(ActivityRefused):
    """The entry may be right but is unusual; it passes once confirmed."""


class ChangedMeanwhile(ValidationError):
    """The entry was changed after this page was opened.

    `activity` is how it stands now, `done` what was to be written, or what the page showed.
    """

    def __init__(self, activity, done=None):
        self.activity, self.done = activity, done
        super().__init__(
            _("This entry was changed meanwhile. Look at both versions, then decide."),
            code="changed_meanwhile",
        )


class AlreadyWithdrawn(ValidationError):
    """A withdrawn entry is not changed; it is brought back first."""

    def __init__(self):
        super().__init__(
            _("This entry was withdrawn. Bring it back first, then change it."),
            code="already_withdrawn",
        )


def refuse(faults: list[Fault], *, confirmed: bool) -> None:
    """Raises what the faults amount to; a confirmed entry passes when they only ask."""
    if not faults:
        return
    if all(fault.asks for fault in faults):
        if not confirmed:
            raise ActivityDoubtful(faults)
        return
    raise ActivityRefused(faults)
