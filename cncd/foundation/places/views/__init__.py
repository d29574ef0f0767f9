"""The pages of this room."""

from cncd.foundation.places.views.changing import new_place, place_change, place_end, place_undo
from cncd.foundation.places.views.importing import (
    boundaries_upload,
    hamlets_import,
    reorganisation_import,
)
from cncd.foundation.places.views.levels import kind_change, level_change, levels, new_kind
from cncd.foundation.places.views.looking import choose, place_list, place_page
from cncd.foundation.places.views.setting import place_settings, settings_everywhere, withdraw
from cncd.foundation.places.views.succeeding import succession, succession_undo

__all__ = [
    "boundaries_upload",
    "choose",
    "hamlets_import",
    "kind_change",
    "level_change",
    "levels",
    "new_kind",
    "new_place",
    "place_change",
    "place_end",
    "place_list",
    "place_page",
    "place_settings",
    "place_undo",
    "reorganisation_import",
    "settings_everywhere",
    "succession",
    "succession_undo",
    "withdraw",
]
