"""What people fill in."""

from cncd.work.library.forms.deciding import DecideForm, WithdrawForm
from cncd.work.library.forms.picking import ItemsField
from cncd.work.library.forms.writing import ItemForm

__all__ = ["DecideForm", "ItemForm", "ItemsField", "WithdrawForm"]
