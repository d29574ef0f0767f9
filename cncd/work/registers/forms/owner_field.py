"""Which owner a name typed in a form means."""

from django import forms
from django.utils.translation import gettext as _

from cncd.foundation.kit.text import fold, spelling
from cncd.foundation.places.queries import names
from cncd.work.registers.models import Owner
from cncd.work.registers.names import owner_keys


class OwnerInput(forms.TextInput):
    """A text box that offers the owners in reach while a name is typed."""

    template_name = "registers/owner_input.html"

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", "spellcheck": "false"} | (attrs or {}))


def meant(text: str, found: list[Owner]) -> list[Owner]:
    """Those spelled so; without any mark typed, all that differ by marks only."""
    same = [owner for owner in found if spelling(owner.name) == spelling(text)]
    return same or (found if fold(text) == text.casefold() else [])


def find_owner(form, said: dict) -> Owner | None:
    """The owner of that name in the hamlet, else the one in reach; None for one to be added.

    Adds an error to the form where several bear it, or where it is new and of no kind.
    """
    rows = Owner.objects.standing().visible_to(form.user)
    found = list(rows.filter(search_key=owner_keys(said["owner_name"])[0]).select_related("place"))
    found = meant(said["owner_name"], found)
    here = [owner for owner in found if owner.place_id == said["place"].pk]
    if said.get("owner_kind"):
        return here[0] if here else None
    if len(here or found) == 1:
        return (here or found)[0]
    if not found:
        form.add_error(
            "owner_kind",
            _("“%(name)s” is not in the register yet: say what kind of owner it is, or correct"
              " the name above.") % {"name": said["owner_name"]},
        )  # fmt: skip
        return None
    where = names([owner.place_id for owner in found], form.day)
    told = "; ".join(where[owner.place_id].full_name for owner in found)
    form.add_error(
        "owner_name",
        _("Several owners bear this name: %(where)s. Open the right one in the list of owners and"
          " add the product there.") % {"where": told},
    )  # fmt: skip
    return None
