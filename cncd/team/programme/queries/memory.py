"""What the programme says changes a few times a year: each process remembers what it read.

The journal tells when to forget: every change of the programme leaves an entry in the same
transaction, so the latest such entry names the state that was read. Asking for it costs one small
query per period object; a sheet with its sources costs two large ones.
"""

from django.db.models import Q

from cncd.foundation.journal.models import Entry

_memory: tuple = (None, {})  # (stamp of the programme, {(period id, question): answer})


def remembered(period, question, ask):
    """The answer to a question about a period, asked once per state of the programme.

    Callers share the answer with other requests, and must not change it. The same period object
    gives the same answer for ever.
    """
    kept = period.__dict__.setdefault("kept_answers", {})
    if question not in kept:
        answers = _answers_of(period)
        if (period.pk, question) not in answers:
            answers[period.pk, question] = ask()
        kept[question] = answers[period.pk, question]
    return kept[question]


def _answers_of(period) -> dict:
    global _memory
    if "kept_stamp" not in period.__dict__:
        period.kept_stamp = _stamp()
    if _memory[0] != period.kept_stamp:
        _memory = (period.kept_stamp, {})
    return _memory[1]


def _stamp() -> tuple | None:
    """Id and moment of the latest change; an id alone could come back after a rollback."""
    programme = Q(subject_kind__gte="programme.", subject_kind__lt="programme/")
    changes = Entry.objects.filter(programme | Q(subject_kind="places.level"))
    return changes.order_by("-pk").values_list("pk", "at").first()


def forget() -> None:
    """For tests, whose rolled-back changes leave no entry behind."""
    global _memory
    _memory = (None, {})
