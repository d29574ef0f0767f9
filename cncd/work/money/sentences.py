"""What the journal says of this room's events."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "budget.recorded": _("{actor} recorded a budget: {subject}"),
    "budget.changed": _("{actor} put right the budget {subject}"),
    "budget.withdrawn": _("{actor} took out the budget {subject}"),
    "budget.restored": _("{actor} brought back the budget {subject}"),
    "budgets.imported": _("{actor} took over {count} lines of budget from the file {file}"),
    "spending.recorded": _("{actor} recorded spending: {subject}"),
    "spending.changed": _("{actor} put right the spending {subject}"),
    "spending.withdrawn": _("{actor} took out the spending {subject}"),
    "spending.restored": _("{actor} brought back the spending {subject}"),
    "money_year.closed": _("{actor} closed the book of the year {subject}"),
    "money_year.reopened": _("{actor} opened the book of the year {subject} again"),
    "spendings.imported": _("{actor} took over {count} lines of spending from the file {file}"),
}

FIELDS = {
    "year": _("year"),
    "spent_on": _("day of spending"),
    "on": _("counts from"),
    "source": _("source"),
    "purpose": _("purpose"),
    "amount": _("amount (đồng)"),
    "what": _("what for"),
    "document": _("document"),
    "count": _("lines"),
    "file": _("file"),
}
