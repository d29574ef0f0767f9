"""How an activity and its version rows are laid down; the verbs beside this file call it."""

import datetime as dt
from dataclasses import replace

from cncd.foundation.kit.text import fold
from cncd.foundation.people import authority
from cncd.team.teams.models import Team
from cncd.work.activities.ground import Catalogue
from cncd.work.activities.models import (
    Activity,
    ActivityContent,
    ActivityLanguage,
    ActivityPhoto,
    ActivityVersion,
)
from cncd.work.activities.rules import (
    Done,
    Ground,
    households_of,
    only_hamlet,
    tidied,
    with_households,
)

PLAIN = (
    "happened_on ended_on is_summary times people elderly households venue co_organisers note"
).split()


def in_reach(user, team, day: dt.date | None = None) -> bool:
    """Whether the account may log for the team: as a member that day, or over its commune.

    An officer may have held the commune that day or hold it today.
    """
    return is_of_team(user, team, day) or any(
        Team.objects.visible_to(user, "activities.log", on).filter(pk=team.pk).exists()
        for on in dict.fromkeys([None, day])
    )


def is_of_team(user, team, day: dt.date | None = None) -> bool:
    """Whether the account belongs to the team that day (today)."""
    return team.pk in authority.team_ids(user, "activities.log", day)


def settled(done: Done, ground: Ground) -> Done:
    """The entry with its texts tidied, its hamlet filled in when there is only one,

    and the households it names by the codes of that hamlet's list.
    """
    done = tidied(done)
    if done.place is None:
        done = replace(done, place=only_hamlet(ground, done.happened_on, done.last_day))
    return with_households(done, ground)


def fields_of(done: Done, catalogue: Catalogue) -> dict:
    """The columns of Activity."""
    plain = {name: getattr(done, name) for name in PLAIN}
    texts = f"{done.venue} {done.co_organisers} {done.note}"
    return plain | {
        "kind": catalogue.kinds[done.kind],
        "place_id": done.place,
        "search_key": fold(texts) if texts.strip() else "",
    }


def rows_of(activity: Activity, done: Done, catalogue: Catalogue, ground: Ground) -> list[list]:
    """The rows that hang on an activity, one list per table."""
    pk, member, joined = activity.pk, Activity.participants.through, Activity.joint_teams.through
    visit = Activity.visited.through
    return [
        [
            ActivityContent(activity_id=pk, content_id=catalogue.contents[code].pk, count=number)
            for code, number in done.contents.items()
        ],
        [
            ActivityLanguage(
                activity_id=pk, language_id=catalogue.languages[code].pk, people=number
            )
            for code, number in done.languages.items()
        ],
        [ActivityPhoto(activity_id=pk, file_id=file) for file in done.photos],
        [member(activity_id=pk, person_id=person) for person in done.participants],
        [joined(activity_id=pk, team_id=team) for team in done.joint_teams],
        [visit(activity_id=pk, household_id=home) for home in households_of(done, ground)],
    ]


def version_of(activity: Activity, done: Done, *, by, at, reason: str = "") -> ActivityVersion:
    return ActivityVersion(
        activity_id=activity.pk,
        number=activity.version,
        content=done.as_content() | {"team": activity.team_id},
        by_id=by.pk,
        at=at,
        reason=reason,
    )


def lay_down(tables: list[list]) -> None:
    """Adds the rows, one statement per table and thousand."""
    for rows in tables:
        if rows:
            type(rows[0]).objects.bulk_create(rows, batch_size=1000)
