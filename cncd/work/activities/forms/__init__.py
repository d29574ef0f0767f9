"""The forms of this room, the same for every door."""

from cncd.work.activities.forms.change import EditForm, SummaryEditForm, WithdrawForm
from cncd.work.activities.forms.entry import ActivityForm, SummaryForm, said_before
from cncd.work.activities.forms.fields import count_field

__all__ = [
    "ActivityForm",
    "EditForm",
    "SummaryEditForm",
    "SummaryForm",
    "WithdrawForm",
    "count_field",
    "said_before",
]
