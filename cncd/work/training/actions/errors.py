"""Why something can't be done: said to people, at the field it is about."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class SessionOver(ValidationError):
    """The session was cancelled, or taken back."""

    def __init__(self):
        super().__init__(_("This session was cancelled."), code="cancelled")


class NoSuchSession(ValidationError):
    """The code is of no session there is."""

    def __init__(self):
        super().__init__(_("There is no such session. Scan the code shown now."))


class NoSuchInvitation(ValidationError):
    """The invitation was withdrawn."""

    def __init__(self):
        super().__init__(_("You are no longer invited to this session. Ask who holds it."))


class AlreadyBegun(ValidationError):
    """Answers come before a session, not after it."""

    def __init__(self):
        super().__init__(_("This session is over; the invitation can no longer be answered."))


class CodeNotRight(ValidationError):
    """The code is none of the codes shown about that moment: old, copied, or of another session."""

    def __init__(self):
        super().__init__(
            _("This code no longer holds: it changes every 30 seconds. Scan the one shown now."),
            code="code",
        )


class NotNow(ValidationError):
    """Codes count from an hour before a session to two hours after it."""

    def __init__(self):
        super().__init__(
            _("Attendance is not open: the code counts from 1 hour before to 2 hours after."),
            code="not_now",
        )


class NotYet(ValidationError):
    """Nobody has come to a session that lies ahead."""

    def __init__(self):
        super().__init__(_("This session has not begun. Take attendance when people have come."))


class NoNames(ValidationError):
    """Of classes for citizens only numbers are kept."""

    def __init__(self):
        super().__init__(_("A class for citizens has no list of names: enter how many came."))


class NotOnTheList(ValidationError):
    """A person that is neither invited nor of the teams in reach."""

    def __init__(self):
        super().__init__(_("Somebody on this list is not known here. Open the list anew."))


class ReasonMissing(ValidationError):
    """A correction afterwards says why."""

    def __init__(self):
        super().__init__({"reason": _("Say why, in a few words.")})


class CameAlready(ValidationError):
    """A course or session to which people came is not taken away."""

    def __init__(self):
        super().__init__(
            _("People have come to it: it cannot be taken away. Correct the attendance first.")
        )


class ChangedMeanwhile(ValidationError):
    """Somebody changed it after the page was opened."""

    def __init__(self):
        text = _("Somebody changed this meanwhile. Look at it again, then save.")
        super().__init__(text, code="changed_meanwhile")


class EndsBeforeItBegins(ValidationError):
    """A session lasts a while."""

    def __init__(self):
        super().__init__({"ends_at": _("The end comes before the beginning.")})


class WrongCounts(ValidationError):
    """More people aged 60 and over, or more newcomers, than people."""

    def __init__(self, field: str):
        super().__init__({field: _("Not more than all the people who came.")})


class GoesOn(ValidationError):
    """Other meetings of the class go on from this one."""

    def __init__(self):
        super().__init__(_("Later meetings of this class go on from it: take these out first."))


class NotYourHamlet(ValidationError):
    """A team holds classes in the hamlets it covers."""

    def __init__(self):
        super().__init__({"place": _("The team does not cover this hamlet on that day.")})


class InTheFuture(ValidationError):
    def __init__(self):
        super().__init__(
            {"held_on": _("This day has not come yet. Log the class once it is held.")}
        )
