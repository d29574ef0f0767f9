"""The shelf of a province changes a few times an hour: each process remembers what it read.

The journal tells when to forget: every change of a record or of the tree leaves an entry in the
same transaction, so their number and the latest of them name the state that was read.
"""

from django.db.models import Count, Max, Q

from cncd.foundation.journal.models import Entry

MOST = 12  # answers kept of one state: a few months, looked at by many
ROOMS = ("registers", "places")

_memory: tuple = (None, {})  # (stamp of the registers, {question: answer})


def remembered(question: tuple, ask):
    """The answer to a question about everybody's records, asked once per state of the registers.

    Callers share the answer with other requests, and must not change it.
    """
    global _memory
    stamp = _stamp()
    if _memory[0] != stamp:
        _memory = (stamp, {})
    answers = _memory[1]
    if question not in answers:
        if len(answers) >= MOST:
            del answers[next(iter(answers))]
        answers[question] = ask()
    return answers[question]


def _stamp() -> tuple:
    """How many changes there are, with id and moment of the latest.

    An id alone could come back after a rollback, and one that began earlier may be written later.
    """
    changes = Q()
    for room in ROOMS:
        changes |= Q(subject_kind__gte=f"{room}.", subject_kind__lt=f"{room}/")
    last, many = Entry.objects.filter(changes).aggregate(Max("pk"), Count("pk")).values()
    return last, many, Entry.objects.filter(pk=last).values_list("at", flat=True).first()


def forget() -> None:
    """For tests, whose rolled-back changes leave no entry behind."""
    global _memory
    _memory = (None, {})
