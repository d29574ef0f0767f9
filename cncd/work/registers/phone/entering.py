"""A form of the phone sent as a web page, once however often; what there is to say stands in it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from cncd.foundation.envelopes.actions import DifferentContent, once
from cncd.foundation.kit.refusing import add_refusal
from cncd.work.registers.phone.answers import answer_of
from cncd.work.registers.phone.saving import FIELDS, Clashes, Confirm, LooksAlike, save


def enter(form, *, by) -> dict | None:
    """Writes down what a valid form says; gives the answer, or None when something is asked."""

    def run() -> dict:
        return answer_of(save(form, by=by), by)

    try:
        return once(**form.envelope_of(kind=form.envelope_kind, sender=by), run=run)
    except LooksAlike as found:
        form.likely, form.likely_field = found.likely, found.field
    except Clashes as found:
        form.clash, form.data = found.clash, form.data.copy()
        form.data.update(found.clash.again)
    except Confirm as found:
        form.is_doubtful = True
        form.add_error(None, found.told)
    except DifferentContent:
        form.add_error(None, _("This was saved already. Look at it in the register."))
    except PermissionDenied:
        form.add_error(None, _("You may not write this down here. Ask your commune officer."))
    except ValidationError as error:
        add_refusal(form, error, names=FIELDS)
    return None
