"""What the phone's outbox sends, entered through the forms and actions of the web pages."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.faces.phone.forms import PhoneForm
from cncd.faces.phone.views.log import in_words
from cncd.foundation.envelopes.arriving import Arrived, Choice, Refused
from cncd.foundation.envelopes.models import Envelope
from cncd.foundation.kit.ids import uuid_of
from cncd.foundation.people import authority
from cncd.team.teams.models import Team
from cncd.team.teams.queries import dissolved_in_words, team_named
from cncd.work.activities.actions.writing import in_reach
from cncd.work.activities.choices import shared_choices, tile_of_any_day
from cncd.work.activities.entering import add_photo, add_refusal, write_down
from cncd.work.activities.forms import SummaryForm
from cncd.work.activities.ground import shared_catalogue
from cncd.work.activities.models import Activity
from cncd.work.activities.wording import counts_in_words


def log(arrived: Arrived) -> dict:
    """An activity, as of the moment it was made: about {"team", "tile"}.

    "Today" and what may be chosen are those of that day. Raises Refused and PermissionDenied.
    """
    return _written(arrived, log_form(arrived))


def log_month(arrived: Arrived) -> dict:
    """The sum of a month: about {"team"}. Raises Refused and PermissionDenied."""
    return _written(arrived, month_form(arrived))


def log_form(arrived: Arrived) -> PhoneForm:
    """The form of one activity, bound to what was sent."""
    day = timezone.localdate(arrived.made_at)
    team = team_then(arrived, day)
    choices = shared_choices(team, day)
    key = str(arrived.about.get("tile", ""))
    known = {"team": team, "tile": choices.tile(key) or tile_of_any_day(key)}
    return PhoneForm(arrived.fields, arrived.files, choices=choices, today=day, **known)


def month_form(arrived: Arrived) -> SummaryForm:
    """The form of a month's sum, bound to what was sent."""
    day = timezone.localdate(arrived.made_at)
    return SummaryForm(arrived.fields, arrived.files, team=team_then(arrived, day), day=day)


def _written(arrived: Arrived, form) -> dict:
    found = None
    if form.is_valid():
        try:
            found = write_down(form, by=arrived.sender, made_at=arrived.made_at)
        except ValidationError as error:
            add_refusal(form, error)
    if found is None:
        raise refused(form)
    page = page_for(arrived.sender, found, "phone:saved")
    contents = counts_in_words(form.done().contents, shared_catalogue().contents)
    told = in_words(found.people, contents)
    return {"activity": str(found.pk), "told": told, "page": page}


def refused(form, page: str = "") -> Refused:
    """What the form says; what only asks is offered to be sent again as it is."""
    found = Refused.by_form(form, page)
    if found.asks:
        found.choice = Choice([], tap=_("Right, save it"), again={"confirmed": "on"})
    return found


def page_for(user, found: Activity, page: str = "phone:entry") -> str:
    """Where the sender can look at the entry; "" for who has left the team since."""
    seen = found.team_id in authority.team_ids(user, "activities.view")
    seen = seen or Activity.objects.visible_to(user).filter(pk=found.pk).exists()
    return reverse(page, args=[found.pk]) if seen else ""


def photo(arrived: Arrived) -> dict:
    """One picture, after its entry: about {"entry": id of its envelope} or {"activity": id}.

    Raises Refused, PermissionDenied, FileRefused, and ActivityRefused when there are enough.
    """
    activity, upload = _activity_of(arrived), arrived.files.get("photos")
    if upload is None:
        raise Refused(_("There is no picture in it."))
    found = add_photo(activity, upload, by=arrived.sender, made_at=arrived.made_at)
    page = page_for(arrived.sender, found)
    return {"activity": str(found.pk), "told": str(found), "page": page}


def _activity_of(arrived: Arrived) -> Activity:
    """The entry that something belongs to; Refused when the server has none such of the sender."""
    pk = arrived.about.get("activity")
    if entry := arrived.about.get("entry"):
        sent = Envelope.objects.filter(pk=uuid_of(entry), sender=arrived.sender).first()
        pk = sent and sent.answer.get("activity")
    found = entry_named(pk)
    if found is None:
        raise Refused(_("The entry of this photo is not on the server. Add the photo to it anew."))
    return found


def entry_named(pk) -> Activity | None:
    """The entry of that id; None for anything else."""
    return Activity.objects.select_related("team", "kind").filter(pk=uuid_of(pk)).first()


def team_then(arrived: Arrived, day: dt.date) -> Team:
    """The team, if its sender might log for it that day, or may today."""
    team = team_named(arrived.about.get("team"))
    if team is None:
        raise Refused(_("There is no such team."))
    if not in_reach(arrived.sender, team, day):
        if team.until_on and day >= team.until_on:
            raise Refused(dissolved_in_words(team, day))
        raise PermissionDenied("activities.log")
    return team
