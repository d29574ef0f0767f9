"""The place overview: units below on a server-drawn picture, with the same figures in a table."""

from django.shortcuts import render
from django.utils import timezone

from cncd.faces.desk.mapping import picture
from cncd.faces.desk.overview import Overview, plain, words_of
from cncd.faces.desk.views.empty import without_data
from cncd.foundation.people.access import allow


@allow("totals.view")
def place_map(request):
    """The units below, shaded by one indicator (?i=CODE); every shape is a link to its unit."""
    scope = request.scope
    if scope.place is None or scope.period is None:
        return without_data(request)
    page = Overview(scope.place, scope.period, timezone.localtime())
    headline = [i for i in page.indicators if i.is_headline] or page.indicators
    chosen = next((i for i in page.indicators if i.code == request.GET.get("i")), None)
    chosen = chosen or (headline[0] if headline else None)
    if chosen is None or not page.children:
        return render(request, "desk/map.html", {"page": page, "choices": headline})
    readings = {child.pk: page.read_child(child, chosen) for child in page.children}
    drawn = picture(page.children, {pk: plain(r) for pk, r in readings.items()}, scope.day)
    rows = [(shape, words_of(readings[shape.place.pk])) for shape in drawn.shapes]
    context = {"page": page, "drawn": drawn, "rows": rows, "chosen": chosen, "choices": headline}
    return render(request, "desk/map.html", context)
