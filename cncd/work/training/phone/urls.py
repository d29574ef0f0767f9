"""Addresses on the phone; part of this room's."""

from django.urls import path

from cncd.work.training.phone import pages

urlpatterns = [
    path("m/training/", pages.mine, name="mine"),
    path("m/training/scan/", pages.scan, name="scan"),
    path("m/training/class/", pages.log_class, name="log_team_class"),
    path("m/training/list/<int:pk>/", pages.tick, name="tick"),
    path("m/training/<int:pk>/", pages.my_session, name="my_session"),
]
