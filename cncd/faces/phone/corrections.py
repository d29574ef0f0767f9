"""Changes of entries that stand, from the outbox: corrected, withdrawn, brought back."""

from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.faces.phone.doors import entry_named, log_form, month_form, page_for, refused
from cncd.faces.phone.views.log import told
from cncd.foundation.envelopes.arriving import Arrived, Choice, Refused
from cncd.work.activities.actions import may_change, restore_activity
from cncd.work.activities.actions.edit import current
from cncd.work.activities.actions.writing import settled
from cncd.work.activities.entering import change, take_back
from cncd.work.activities.forms import WithdrawForm, said_before
from cncd.work.activities.ground import ground_of, shared_catalogue
from cncd.work.activities.history import Clash
from cncd.work.activities.models import Activity
from cncd.work.activities.views.entry import edit_form


def edit(arrived: Arrived) -> dict:
    """A correction, by the right of the moment it was made: about {"activity"}.

    Another change meanwhile is shown beside it. Raises Refused.
    """
    found = _changeable(arrived)
    form = edit_form(found, arrived.fields, arrived.files)
    about = {"by": arrived.sender, "made_at": arrived.made_at}
    if not (form.is_valid() and change(form, found, **about)):
        raise _refused(arrived, found, form)
    return _recorded(arrived, found)


def withdraw(arrived: Arrived) -> dict:
    """An entry taken back: about {"activity"}. Raises Refused."""
    found, form = _changeable(arrived), WithdrawForm(arrived.fields)
    about = {"by": arrived.sender, "made_at": arrived.made_at}
    if not (form.is_valid() and take_back(form, found, **about)):
        raise _refused(arrived, found, form)
    return _recorded(arrived, found)


def restore(arrived: Arrived) -> dict:
    """A withdrawn entry brought back: about {"activity"}. Raises Refused."""
    found = _changeable(arrived)
    restore_activity(activity=found, by=arrived.sender, made_at=arrived.made_at)
    return _recorded(arrived, found)


def changed_log(arrived: Arrived, first: dict) -> Choice | None:
    """An entry recorded in an earlier form beside its later one, which is sent as a correction."""
    form = month_form(arrived) if arrived.kind == "activity.month" else log_form(arrived)
    found = entry_named(first.get("activity"))
    if found is None or not form.is_valid():
        return None
    done = form.done(current(found).photos)
    done = settled(done, ground_of(found.team, done, shared_catalogue(), besides=found))
    clash = Clash.between(found, done)
    fields = said_before(done) | {"version": clash.version, "kept_photos": done.photos}
    fields |= {"shown_photos": ",".join(done.photos)}
    return _choice(clash, _as_sent(fields), "activity.edit", {"activity": str(found.pk)})


def changed_edit(arrived: Arrived, first: dict) -> Choice | None:
    """A correction that was recorded in an earlier form, beside its later form."""
    found = _changeable(arrived)
    form = edit_form(found, arrived.fields, arrived.files)
    if not form.is_valid():
        return None
    done = form.done(current(found).photos)
    done = settled(done, ground_of(found.team, done, shared_catalogue(), besides=found))
    clash = Clash.between(found, done)
    return _choice(clash, {"version": str(clash.version)})


def _changeable(arrived: Arrived) -> Activity:
    """The entry, if its sender might change it on the day the change was made."""
    found, day = entry_named(arrived.about.get("activity")), timezone.localdate(arrived.made_at)
    if found is None or not may_change(arrived.sender, found, day):
        text = _("You may not change this entry. Ask your team leader or the commune officer.")
        raise Refused(text)
    return found


def _refused(arrived: Arrived, found: Activity, form) -> Refused:
    """What the form says, with what there is to decide."""
    page = page_for(arrived.sender, found)
    if clash := getattr(form, "clash", None):
        text = _("This entry was changed meanwhile. Look at both versions, then decide.")
        choice = _choice(clash, {"version": str(clash.version)})
        return Refused(text, page=page, choice=choice)
    return refused(form, page)


def _choice(clash: Clash, again: dict, kind: str = "", about: dict | None = None) -> Choice:
    heads, tap = (_("Recorded now"), _("Mine")), _("Take mine")
    drop = _("Keep what is recorded")
    other = _("Changed meanwhile by %(other)s.") % {"other": clash.other}
    return Choice(clash.sides, heads, other, tap, again, kind, about or {}, drop)


def _as_sent(fields: dict) -> dict[str, str | list[str]]:
    """Values as a form sends them."""
    return {
        name: [str(each) for each in value] if isinstance(value, tuple) else str(value)
        for name, value in fields.items()
    }


def _recorded(arrived: Arrived, found: Activity) -> dict:
    found = entry_named(found.pk)
    page = page_for(arrived.sender, found)
    return {"activity": str(found.pk), "told": told(found), "page": page}
