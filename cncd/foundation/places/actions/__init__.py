"""Everything that changes where: the only place that writes."""

from cncd.foundation.places.actions.boundaries import load_boundaries
from cncd.foundation.places.actions.hamlets import import_hamlets
from cncd.foundation.places.actions.index import rebuild_index
from cncd.foundation.places.actions.levels import add_kind, change_kind, change_level
from cncd.foundation.places.actions.loads import load_places, load_tree
from cncd.foundation.places.actions.places import change_place, create_place, end_place
from cncd.foundation.places.actions.reorganising import reorganise
from cncd.foundation.places.actions.settings import set_setting, withdraw_setting
from cncd.foundation.places.actions.successions import succeed_places
from cncd.foundation.places.actions.undoing import undo_change, undo_succession
from cncd.foundation.places.checks import Refused

__all__ = [
    "Refused",
    "add_kind",
    "change_kind",
    "change_level",
    "change_place",
    "create_place",
    "end_place",
    "import_hamlets",
    "load_boundaries",
    "load_places",
    "load_tree",
    "rebuild_index",
    "reorganise",
    "set_setting",
    "succeed_places",
    "undo_change",
    "undo_succession",
    "withdraw_setting",
]
