"""Fields of this room's forms."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import NFCCharField, WholeNumberField
from cncd.work.activities.rules import MOST_COUNTED
from cncd.work.households.rules import written_codes


def count_field(label, **options) -> WholeNumberField:
    """A count that may be left empty; the rules say what is too much."""
    field = WholeNumberField(label=label, required=False, max_value=MOST_COUNTED, **options)
    field.widget.attrs["placeholder"] = "0"
    return field


class CodesField(NFCCharField):
    """Household codes and ranges as one types them with a thumb: "3, 15 20-25"."""

    def __init__(self):
        super().__init__(label=_("Codes of the households"), required=False, max_length=2000)
        self.widget.attrs |= {"autocomplete": "off", "autocapitalize": "characters"}

    def offer(self, told: str, codes: dict[int, list[str]]) -> None:
        """Says which codes there are; the number pad is enough when all are digits."""
        self.help_text = format_lazy(
            _("For example 3, 15, 20-25. On the list: {codes}."), codes=told
        )
        if all(code.isdigit() for listed in codes.values() for code in listed):
            self.widget.attrs["inputmode"] = "tel"

    def clean(self, value):
        return written_codes(super().clean(value))
