"""How the journal tells what became of household lists and yearly counts."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "household.added": _("{actor} added household {subject} to the list"),
    "household.changed": _("{actor} changed household {subject}"),
    "household.ended": _("{actor} ended household {subject} on the list"),
    "household.restored": _("{actor} brought household {subject} back to the list"),
    "households.imported": _(
        "{actor} took over a household list for {unit}: {new} new, {changed} changed"
    ),
    "households.numbered": _("{actor} made {count} household codes for {unit}: {first} to {last}"),
    "households.removed": _("{actor} removed {count} household codes of {unit}"),
    "household_count.stated": _("{actor} stated the number of households in {year}: {unit}"),
    "household_count.imported": _(
        "{actor} took over the number of households in {year} from a file: {unit}"
    ),
}

FIELDS = {
    "code": _("code"),
    "is_producing": _("produces goods"),
    "is_business": _("does business"),
    "until_on": _("last day"),
    "since_on": _("on the list since"),
    "on": _("counts from"),
    "unit": _("unit"),
    "new": _("new"),
    "changed": _("changed"),
    "count": _("how many"),
    "first": _("first code"),
    "last": _("last code"),
    "year": _("year"),
    "source": _("source"),
    "file_name": _("file"),
}
