from django.urls import path

from cncd.work.activities.views import entry, listing, text

app_name = "activities"

urlpatterns = [
    path("activities/", listing.listed, name="list"),
    path("activities/text/", text.text, name="text"),
    path("activities/new/", entry.choose_team, name="choose_team"),
    path("activities/new/<int:team_id>/", entry.new, name="new"),
    path("activities/new/<int:team_id>/month/", entry.new, {"summary": True}, name="new_summary"),
    path("activities/<uuid:pk>/", entry.activity, name="activity"),
    path("activities/<uuid:pk>/edit/", entry.edit, name="edit"),
    path("activities/<uuid:pk>/withdraw/", entry.withdraw, name="withdraw"),
    path("activities/<uuid:pk>/restore/", entry.restore, name="restore"),
]
