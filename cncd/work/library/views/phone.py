"""The library on the phone: search, read, keep on this phone (decision 8)."""

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.team.programme.models import ActivityKind, Content
from cncd.work.library.lists import mark
from cncd.work.library.models import Item
from cncd.work.library.opened import count
from cncd.work.library.queries import guides_for, kept_on_phone, with_names
from cncd.work.library.rules.asking import asked
from cncd.work.library.search import find
from cncd.work.library.views.reading import item_of, old_number, reads

KEPT = "library"  # a cookie: what is kept is kept on this phone, whoever marked it
MOST_MARKED = 60
SHOWN = 40


def marked_on(request) -> set[int]:
    """Ids of the texts marked to be kept on this phone."""
    said = request.COOKIES.get(KEPT, "").split(".")[:MOST_MARKED]
    return {int(each) for each in said if each.isdecimal() and len(each) < 12}


@allow("library.view")
def shelf(request):
    """What a team reads, the newest first, or what a search finds; the rest is fetched to keep."""
    marked, text = marked_on(request), request.GET.get("q", "").strip()[:200]
    kept = kept_on_phone(request.user, marked)
    rows = with_names(Item.objects.published().visible_to(request.user), request.scope.today)
    found = None
    if text:
        words = asked(text)
        found = find(rows, words)
        ids = found.ids[:SHOWN]
        by_id = rows.in_bulk(ids)
        items = [by_id[pk] for pk in ids if pk in by_id]
        mark(items, words)
    else:
        rows = rows.order_by("-for_teams", "-published_at", "pk")
        items = list(rows[:SHOWN])
    addresses = [address_of(item) for item in kept]
    context = {
        "items": items, "text": text, "found": found, "kept": {item.pk for item in kept},
        "size": sum(item.size for item in kept) // 1000, "here": request.path,
        "keep": [reverse("library:phone"), static("library/library.css"), *addresses],
    }  # fmt: skip
    return render(request, "library/phone/shelf.html", context)


def address_of(item: Item) -> str:
    """The page of the edition: a new one has another address, and is fetched anew."""
    page = reverse("library:phone_item", args=[item.pk])
    number = item.current.number if item.current else 0
    return f"{page}?e={number}"


@allow("library.view")
def page(request, pk):
    """One text, for reading at arm's length."""
    found = item_of(request, pk)
    if not found.is_published:
        raise Http404
    count(request, found)
    context = reads(found, request.user) | {
        "old_number": old_number(request, found),
        "is_marked": pk in marked_on(request),
    }
    return render(request, "library/phone/page.html", context)


@require_POST
@allow("library.view")
def keep(request, pk):
    """Marks a text to be kept on this phone, or lets go of it."""
    found = get_object_or_404(Item.objects.published().visible_to(request.user), pk=pk)
    marked = marked_on(request)
    is_new = pk not in marked
    marked = sorted(marked ^ {pk})[-MOST_MARKED:]
    say_done(request, _("Kept on this phone.") if is_new else _("No longer kept on this phone."))
    response = HttpResponseRedirect(reverse("library:phone_item", args=[found.pk]))
    age = 400 * 24 * 3600  # as long as browsers allow
    response.set_cookie(
        KEPT, ".".join(map(str, marked)), max_age=age, samesite="Lax", httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


@allow("library.view")
def guides(request, key):
    """How to do what was tapped: its guides; a single one is opened."""
    sort, _dash, code = key.partition("-")
    model = {"c": Content, "k": ActivityKind}.get(sort)
    about = get_object_or_404(model, code=code) if model else None
    if about is None:
        return redirect("library:phone")
    items = list(with_names(guides_for(request.user, key), request.scope.today)[:SHOWN])
    return render(request, "library/phone/guides.html", {"items": items, "about": about})
