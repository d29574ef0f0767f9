"""What people are told of what is asked, whom it concerns, by which channels unless they choose."""

from django.utils.translation import gettext_lazy as _

from cncd.foundation.people.news import PAGE, Kind

GIVEN, REMINDED, RETURNED = "obligation.given", "obligation.reminded", "obligation.returned"
ACCEPTED, EXTENDED, ANSWERED = "obligation.accepted", "obligation.extended", "obligation.answered"
DUE, LATE_BELOW = "obligation.due", "obligation.late_below"
ANSWER, GIVE = "directives.answer", "directives.give"
PENDING = (GIVEN, REMINDED, RETURNED, DUE)  # done with once it is answered or no longer asked
KINDS = (
    Kind(
        GIVEN,
        _("Something new is asked"),
        _("What, by when, and where to say that you take it on."),
        "send",
        permission=ANSWER,
    ),
    Kind(
        DUE,
        _("Something asked is due soon"),
        _("A few days before, the day before, and on the day; not when it is done."),
        "calendar-event",
        permission=ANSWER,
    ),
    Kind(
        REMINDED,
        _("Somebody reminds you"),
        _("The level above asks how far it is."),
        "bell",
        permission=ANSWER,
        urgency="high",
    ),
    Kind(
        RETURNED,
        _("An answer was given back"),
        _("With a note on what is missing."),
        "arrow-counterclockwise",
        permission=ANSWER,
        urgency="high",
    ),
    Kind(
        ACCEPTED,
        _("An answer was accepted"),
        _("It is done then."),
        "check-circle",
        permission=ANSWER,
        channels=frozenset({PAGE}),
    ),
    Kind(
        EXTENDED,
        _("More time was given"),
        _("The new due day, and why."),
        "clock-history",
        permission=ANSWER,
        channels=frozenset({PAGE}),
    ),
    Kind(
        ANSWERED,
        _("An answer waits to be checked"),
        _("Accept it, or give it back with a note."),
        "inbox",
        for_leads=False,
        permission=GIVE,
        channels=frozenset({PAGE}),
    ),
    Kind(
        LATE_BELOW,
        _("Something asked below is late"),
        _("One notice on the morning after the due day, with how many."),
        "people",
        for_leads=False,
        permission=GIVE,
    ),
)
