"""Forms of commendation: rows with dates, kept by the province."""

import datetime as dt

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import fold, tidy
from cncd.foundation.people import authority
from cncd.results.rewards.actions.errors import BadProposal
from cncd.results.rewards.models import Form

CHANGE = "programme.change"


@transaction.atomic
def add_form(
    *, name: str, for_teams: bool, for_people: bool, since_on: dt.date, by, now=None
) -> Form:
    """Adds a form that may be chosen from the day on. Raises BadProposal, PermissionDenied."""
    authority.require(by, CHANGE)
    code = slugify(fold(name))[:40]
    if Form.objects.filter(code=code).exists():
        raise BadProposal({"name": _("There is a form of this name already.")})
    if not (for_teams or for_people):
        raise BadProposal({"for_teams": _("For teams, for members, or both.")})
    made = Form.objects.create(
        code=code, name=tidy(name), for_teams=for_teams, for_people=for_people,
        since_on=since_on, order=Form.objects.count() * 10 + 10,
    )  # fmt: skip
    record(event="reward_form.added", subject=made, by=by, now=now)
    return made


@transaction.atomic
def end_form(*, form: Form, on: dt.date, by, now=None) -> Form:
    """From the day on the form is no longer chosen; what was given stays.

    Raises BadProposal, PermissionDenied.
    """
    authority.require(by, CHANGE)
    found = Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
    if on <= found.since_on:
        raise BadProposal({"on": _("It ends after it began.")})
    found.until_on = on
    found.save(update_fields=["until_on"])
    record(event="reward_form.ended", subject=found, by=by, now=now)
    return found
