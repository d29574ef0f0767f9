"""Addresses of the household lists."""

from django.urls import include, path

from cncd.work.households.views import changing, counting, importing, listing

app_name = "households"

pages = [
    path("", listing.listed, name="list"),
    path("add/", changing.add, name="add"),
    path("number/", changing.number, name="number"),
    path("number/<int:entry_id>/undo/", changing.take_back, name="take_back"),
    path("import/", importing.households, name="import"),
    path("counts/", counting.counts, name="counts"),
    path("counts/enter/", counting.enter, name="enter_counts"),
    path("counts/import/", importing.counts, name="import_counts"),
    path("counts/<int:place_id>/", counting.history, name="history"),
    path("<int:pk>/", changing.household, name="household"),
    path("<int:pk>/end/", changing.end, name="end"),
    path("<int:pk>/restore/", changing.restore, name="restore"),
    path("<int:pk>/remove/", changing.remove, name="remove"),
]
urlpatterns = [path("households/", include(pages))]
