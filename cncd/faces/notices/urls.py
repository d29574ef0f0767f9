"""Addresses of the notices."""

from django.urls import path

from cncd.faces.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.notices, name="list"),
    path("notices/read/", views.read_every, name="read_all"),
    path("notices/settings/", views.settings, name="settings"),
    path("notices/device/", views.device, name="device"),
    path("notices/device/end/", views.end_device, name="end_device"),
    path("notices/<uuid:pk>/", views.notice, name="notice"),
]
