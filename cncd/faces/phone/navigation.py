"""The four doors at the bottom of every phone page; a door whose address does not exist waits."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

DOORS = [
    # label, the URL it opens, icon, where other pages start that belong behind it
    (pgettext_lazy("phone", "To do"), "phone:home", "house", ()),
    (pgettext_lazy("phone", "Log"), "phone:log", "plus-lg", ()),
    (pgettext_lazy("phone", "Report"), "phone:report", "file-earmark-text", ("/reports/",)),
    (
        pgettext_lazy("phone", "Book"),
        "phone:book",
        "journal-text",
        (
            *("/m/products/", "/m/library/", "/teams/", "/activities/", "/logsheets/"),
            *("/registers/", "/households/", "/channels/"),
        ),
    ),
]


@dataclass(frozen=True)
class Door:
    label: str | Promise
    address: str
    icon: str
    is_here: bool


def doors(request) -> dict:
    """A context processor: `doors`, the nearest one to this page marked as open."""
    found = []
    for label, url_name, icon, also in DOORS:
        try:
            found.append((label, reverse(url_name), icon, also))
        except NoReverseMatch:
            continue
    starts = [
        (len(start), address)
        for _label, address, _icon, also in found
        for start in (address, *also)
        if request.path.startswith(start)
    ]
    _length, here = max(starts, default=(0, ""))
    return {"doors": [Door(label, at, icon, at == here) for label, at, icon, _also in found]}
