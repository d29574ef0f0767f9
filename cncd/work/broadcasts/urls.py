"""Addresses of the room."""

from django.urls import include, path

from cncd.work.broadcasts.views import listing, recording

app_name = "broadcasts"

pages = [
    path("", listing.listed, name="list"),
    path("new/", recording.new, name="new"),
    path("import/", recording.imported, name="import"),
    path("<uuid:pk>/", listing.broadcast, name="broadcast"),
    path("<uuid:pk>/edit/", recording.edit, name="edit"),
    path("<uuid:pk>/withdraw/", recording.withdraw, name="withdraw"),
    path("<uuid:pk>/undo/", recording.undo, name="undo"),
    path("<uuid:pk>/restore/", recording.restore, name="restore"),
]
urlpatterns = [path("broadcasts/", include(pages))]
