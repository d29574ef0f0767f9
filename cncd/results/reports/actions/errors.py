"""What a report action refuses, and what the person should do next."""

from contextlib import contextmanager

from django.utils.translation import gettext as _


class ReportError(Exception):
    """Refused; `message` says why in the reader's language, `codes` name the figures."""

    def __init__(self, message: str, codes=()):
        super().__init__(message)
        self.message, self.codes = message, tuple(codes)


class Stale(ReportError):
    """Somebody else changed the report meanwhile."""

    def __init__(self):
        super().__init__(
            _(
                "Someone else has just changed this report. What you typed is still here; look at "
                "the differences, then save or send again."
            )
        )


class Closed(ReportError):
    """Locked."""

    def __init__(self):
        super().__init__(
            _("This report is locked. Ask the level above to unlock it, with a reason.")
        )


class NotOpen(ReportError):
    """A figure that was not returned was changed while only returned ones are open."""

    def __init__(self, codes):
        super().__init__(
            _("Only the returned figures can be changed; keep the others as they were sent."), codes
        )


class Incomplete(ReportError):
    """Figures or reasons are missing."""


class FiguresChanged(ReportError):
    """The figures the person saw are no longer what the records say."""

    def __init__(self, differences: dict[str, list]):
        super().__init__(
            _("The figures have changed since you looked. Check them again, then send."),
            differences,
        )
        self.differences = differences


class Unfinished(ReportError):
    """Somebody is writing at it: one tap must not send what is half done."""

    def __init__(self):
        super().__init__(_("Somebody is changing this report. Open it, look at it, then send it."))


class OtherPeriod(ReportError):
    """The team or unit did not exist in that period."""


@contextmanager
def naming(team):
    """What is raised inside carries `team`, so that a batch can say at which row it happened."""
    try:
        yield
    except Exception as error:
        error.team = team
        raise
