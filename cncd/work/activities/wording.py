"""An entry in words a person reads: for the journal, for versions side by side, for the group."""

from cncd.foundation.places.models import PlaceVersion
from cncd.work.activities.ground import Catalogue
from cncd.work.activities.rules import Done


def as_read(done: Done, catalogue: Catalogue) -> dict:
    """What was said, under the names of `sentences.FIELDS`; what is empty is left out.

    People and free text stay out: the journal keeps personal values apart.
    """
    kind = catalogue.kinds.get(done.kind)
    row = {
        "happened_on": done.happened_on.isoformat(),
        "ended_on": done.ended_on and done.ended_on.isoformat(),
        "kind": kind.short_name if kind else done.kind,
        "times": done.times if done.is_summary else None,
        "people": done.people,
        "elderly": done.elderly,
        "households": done.households,
        "visited": ", ".join(done.visited),
        "contents": counts_in_words(done.contents, catalogue.contents),
        "languages": counts_in_words(done.languages, catalogue.languages),
        "venue": done.venue,
        "co_organisers": done.co_organisers,
        "joint_teams": len(done.joint_teams),
        "participants": len(done.participants),
        "photos": len(done.photos),
    }
    return {name: value for name, value in row.items() if value}


def counts_in_words(counts, rows: dict) -> str:
    """As in "VNeID 4, Zalo 2": in the order of the catalogue, under the short names of today."""
    order = {code: place for place, code in enumerate(rows)}
    return ", ".join(
        f"{getattr(rows[code], 'short_name', None) or rows[code]} {number}"
        for code, number in sorted(counts.items(), key=lambda pair: order.get(pair[0], 0))
        if code in rows
    )


def changes(before: Done, after: Done, catalogue: Catalogue) -> tuple[dict, dict]:
    """What differs, as the journal keeps it: (before, after) with only the changed names."""
    old, new = as_read(before, catalogue), as_read(after, catalogue)
    names = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    if before.place != after.place:
        old["place"], new["place"] = place_name(before.place), place_name(after.place)
        names.add("place")
    for name in ("participants", "joint_teams", "photos"):
        if set(getattr(before, name)) != set(getattr(after, name)):
            names.add(name)
    return (
        {name: old[name] for name in old if name in names},
        {name: new[name] for name in new if name in names},
    )


def place_name(place: int) -> str:
    """What a place was last called, with its type."""
    versions = PlaceVersion.objects.filter(place=place).select_related("kind")
    version = versions.order_by("-since_on").first()
    return version.full_name if version else ""
