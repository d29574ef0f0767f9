""" "The same as last time": what a person logged last, ready to be logged once more."""

import json

from django.utils import timezone

from cncd.work.activities.actions.edit import current
from cncd.work.activities.choices import Choices, last_own, tile_of
from cncd.work.activities.forms import said_before
from cncd.work.activities.models import Activity


def last_time(team, user, choices: Choices | None = None) -> dict:
    """For the page: the person's last entry of the team, its tile if still in use, its values."""
    last = last_own(team, user)
    if last is None:
        return {}
    choices = choices or Choices(team, timezone.localdate())
    like = json.dumps(worth_repeating(last))
    return {"last": last, "last_tile": choices.tile(tile_of(last)), "like": like}


def worth_repeating(before: Activity) -> dict:
    """What is worth saying again: all but the day, the note, and which households these were."""
    said = said_before(current(before))
    past = {"happened_on", "note"} | ({"visited", "households"} if "visited" in said else set())
    return {name: said[name] for name in said if name not in past}
