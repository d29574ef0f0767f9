"""Which guides go with a piece of work, and which a team's phone keeps by itself."""

from django.db.models import Q

from cncd.work.library.models import Item

MOST_BYTES = 400_000  # what a phone keeps unasked, about 60 kB to fetch
MOST_PAGES = 40


def guides_for(user, key: str):
    """The published guides for what was tapped on the phone: "c-vneid" a content, "k-hop-dan" a
    kind of activity. Those for teams first.
    """
    sort, _dash, code = key.partition("-")
    about = Q(contents__code=code) | Q(contents__platform__code=code)
    found = Q(duties__code=code) if sort == "k" else about
    items = Item.objects.published().visible_to(user).filter(found).distinct()
    return items.order_by("-for_teams", "sort_key")


def kept_on_phone(user, marked: set[int]) -> list[Item]:
    """What the phone keeps: the marked ones first, then the newest guides for teams, up to the
    limits in bytes and pages.
    """
    items = Item.objects.published().visible_to(user).filter(Q(for_teams=True) | Q(pk__in=marked))
    items = items.select_related("current").defer("current__body")
    rows = list(items.order_by("-published_at", "pk")[: 5 * MOST_PAGES])
    rows.sort(key=lambda item: item.pk not in marked)
    kept, size = [], 0
    for item in rows:
        if len(kept) < MOST_PAGES and size + item.size <= MOST_BYTES:
            kept.append(item)
            size += item.size
    return kept
