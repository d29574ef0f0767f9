"""What the phone's outbox sends, entered through the forms and actions of the web pages."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.faces.phone.forms import PhoneForm
from cncd.faces.phone.views.log import told
from cncd.foundation.envelopes.arriving import Arrived, Refused
from cncd.team.teams.models import Team
from cncd.work.activities.actions.writing import in_reach
from cncd.work.activities.choices import Choices
from cncd.work.activities.entering import add_refusal, write_down


def log(arrived: Arrived) -> dict:
    """An activity, as of the moment it was made: about {"team", "tile"}.

    "Today" and what may be chosen are those of that day. Raises Refused and PermissionDenied.
    """
    day = timezone.localdate(arrived.made_at)
    team = team_then(arrived, day)
    choices = Choices(team, day)
    known = {"team": team, "tile": choices.tile(str(arrived.about.get("tile", "")))}
    form = PhoneForm(arrived.fields, arrived.files, choices=choices, today=day, **known)
    found = None
    if form.is_valid():
        try:
            found = write_down(form, by=arrived.sender, made_at=arrived.made_at)
        except ValidationError as error:
            add_refusal(form, error)
    if found is None:
        raise Refused.by_form(form)
    page = reverse("phone:saved", args=[found.pk])
    return {"activity": str(found.pk), "told": told(found), "page": page}


def team_then(arrived: Arrived, day: dt.date) -> Team:
    """The team, if its sender might log for it that day, or may today."""
    asked = str(arrived.about.get("team", ""))
    team = Team.objects.filter(pk=asked).first() if asked.isdecimal() else None
    if team is None:
        raise Refused(_("There is no such team."))
    if not in_reach(arrived.sender, team, day):
        raise PermissionDenied("activities.log")
    return team
