"""Fields that name a record, also one that still waited on the phone when it was chosen."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.envelopes.models import Envelope
from cncd.foundation.kit.ids import uuid_of
from cncd.work.registers.models import Owner, Product

ENTRY = "entry:"  # before the id of the envelope in which a new product was written down
ANSWERED = {Product: "product", Owner: "owner"}
GONE = _("This is not in the register. Choose it again, or write it down first.")
WAITING = _("The product this belongs to was not recorded. Choose it again.")


class RecordField(forms.CharField):
    """The id of a record; of one that was merged it gives the one that was kept."""

    widget = forms.Select

    def __init__(self, model, *, ask: str, **options):
        self.model, self.ask, self.sender = model, ask, None
        super().__init__(**options)

    def offer(self, records, sender, *more) -> None:
        """The records to choose from, for that account; `more` choices stand before them."""
        self.sender = sender
        rows = [(str(each.pk), _named(each)) for each in records]
        self.widget.choices = [("", self.ask), *more, *rows]

    def clean(self, value):
        text = super().clean(value)
        if not text or text in self.free:
            return text or None
        return kept(self.model, text, self.sender)

    free: frozenset[str] = frozenset()  # what stands for no record, like "new"


def kept(model, text: str, sender):
    """The record of that id, or the one into which it was merged; raises ValidationError."""
    if text.startswith(ENTRY):
        text = _recorded(model, text.removeprefix(ENTRY), sender)
    rows = model.objects.all()
    found = rows.filter(pk=uuid_of(text)).first()
    while found and getattr(found, "merged_into_id", None):
        found = rows.get(pk=found.merged_into_id)
    if found is None:
        raise forms.ValidationError(GONE)
    return found


def _recorded(model, envelope: str, sender) -> str:
    """What became of the envelope in which the sender wrote the record down."""
    sent = Envelope.objects.filter(pk=uuid_of(envelope), sender=sender).first()
    if sent is None or ANSWERED[model] not in sent.answer:
        raise forms.ValidationError(WAITING)
    return sent.answer[ANSWERED[model]]


def _named(record) -> str:
    return f"{record} – {record.owner}" if isinstance(record, Product) else str(record)
