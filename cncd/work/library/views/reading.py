"""Reading a text: the current edition, an earlier one, on paper."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from cncd.foundation.people.access import allow
from cncd.work.library.actions import may_change
from cncd.work.library.models import Edition, Item
from cncd.work.library.opened import count
from cncd.work.library.queries import with_names

State = Edition.State


def item_of(request, pk: int) -> Item:
    """The item as pages show it, or 404."""
    rows = with_names(Item.objects.visible_to(request.user), request.scope.today).defer(None)
    return get_object_or_404(rows, pk=pk)


def reads(item: Item, user) -> dict:
    """What a page of a text shows, on desk and phone: the edition, its file, other languages."""
    others = item.other_languages.visible_to(user).published()
    return {"item": item, "edition": item.current or item.open, "others": others}


def old_number(request, item: Item) -> int | None:
    """The edition a link was made for (`?e=2`), when another one is read by now."""
    asked = request.GET.get("e", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else None
    return number if item.current and number and number < item.current.number else None


@allow("library.view")
def item(request, pk):
    """The current edition; what waits or is being written is said, to those who may see it."""
    found = item_of(request, pk)
    if found.is_published:
        count(request, found)
    writes = may_change(request.user, found)
    approves = request.user.can("library.approve", place=found.place)
    context = reads(found, request.user) | {
        "writes": writes and not found.withdrawn_at,
        "may_translate": found.is_published and request.user.can("library.change"),
        "may_restore": writes and found.withdrawn_at,
        "decides": approves and found.open and found.open.state == State.SUBMITTED,
        "open": found.open if writes or approves else None,
        "editions": found.editions.filter(state=State.PUBLISHED).select_related("written_by"),
        "old_number": old_number(request, found),
    }
    return render(request, "library/item.html", context)


@allow("library.view")
def edition(request, pk, number):
    """An edition that is not read any more, or not yet, told to be so."""
    found = item_of(request, pk)
    wanted = get_object_or_404(found.editions, number=number)
    sees_open = may_change(request.user, found) or request.user.can(
        "library.approve", place=found.place
    )
    if wanted.state != State.PUBLISHED and not sees_open:
        raise Http404
    context = {"item": found, "edition": wanted}
    return render(request, "library/edition.html", context)
