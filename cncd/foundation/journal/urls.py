from django.urls import path

from cncd.foundation.journal import views

app_name = "journal"
urlpatterns = [
    path("journal/", views.journal, name="list"),
    path("journal/<int:pk>/", views.entry, name="entry"),
]
