"""How the journal tells what happened to places."""

from django.utils.translation import gettext_lazy as _

from cncd.foundation.places.models import Succession

SENTENCES = {
    "place.created": _("{actor} added the unit {subject} (code {code})"),
    "place.changed": _("{actor} changed the unit {subject} from {since_on}"),
    "place.ended": _("{actor} ended the unit {subject} from {on}"),
    "place.succeeded": _("{actor} recorded a reorganisation on {on} ({kind}): {old} → {new}"),
    "place.restored": _("{actor} took back the latest change of {subject}"),
    "places.loaded": _("{actor} loaded {count} units"),
    "places.reorganised": _("{actor} carried out a list of reorganisations around {subject}"),
    "hamlets.imported": _("{actor} brought hamlets from a file: {new} new, {changed} changed"),
    "boundaries.loaded": _("{actor} stored the boundaries of {count} units"),
    "level.changed": _("{actor} changed the words for the level {subject}"),
    "place_kind.added": _("{actor} added the type of unit {subject}"),
    "place_kind.changed": _("{actor} changed the type of unit {subject}"),
    "setting.changed": _("{actor} chose “{subject}”: {value}"),
    "setting.withdrawn": _("{actor} removed the choice “{subject}”"),
}
FIELDS = {
    "name": _("name"),
    "name_en": _("English name"),
    "short_name": _("short form"),
    "level": _("level"),
    "code": _("code"),
    "parent": _("unit above"),
    "since_on": _("from day"),
    "until_on": _("until the end of"),
    "on": _("in force from"),
    "position": _("position on the map"),
    "document": _("document"),
    "old": _("old units"),
    "new": _("new units"),
    "ended": _("units ended"),
    "moved": _("units moved"),
    "changed": _("units changed"),
    "communes": _("communes"),
    "count": _("number of units"),
    "levels": _("levels"),
    "source": _("source of the data"),
    "kind": _("form of change"),
    "value": _("value"),
    "part": _("part in it"),
}
VALUES = {
    "kind": dict(Succession.Kind.choices),
    "part": {
        "old": _("passes on"),
        "new": _("takes over"),
        "moved": _("moves along"),
        "changed": _("changed"),
    },
}
