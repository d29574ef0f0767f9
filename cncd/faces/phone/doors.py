"""What the phone's outbox sends, entered through the forms and actions of the web pages."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.faces.phone.forms import PhoneForm
from cncd.faces.phone.views.log import told
from cncd.foundation.envelopes.arriving import Arrived, Refused
from cncd.foundation.people import authority
from cncd.team.teams.models import Team
from cncd.work.activities.choices import Choices
from cncd.work.activities.entering import add_refusal, write_down


def log(arrived: Arrived) -> dict:
    """An activity, as of the moment it was made: about {"team", "tile"}.

    "Today" and what may be chosen are those of that day. Raises Refused and PermissionDenied.
    """
    team, day = team_then(arrived, "activities.log"), timezone.localdate(arrived.made_at)
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


def team_then(arrived: Arrived, permission: str) -> Team:
    """The team, if its sender held the right over it when the entry was made, or does today."""
    asked = str(arrived.about.get("team", ""))
    team = Team.objects.filter(pk=asked).first() if asked.isdecimal() else None
    if team is None:
        raise Refused(_("There is no such team."))
    then = authority.team_ids(arrived.sender, permission, timezone.localdate(arrived.made_at))
    now = Team.objects.visible_to(arrived.sender, permission).filter(pk=team.pk)
    if team.pk not in then and not now.exists():
        raise PermissionDenied(permission)
    return team
