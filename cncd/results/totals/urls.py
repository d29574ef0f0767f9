"""Addresses of the consolidated reports; unit and period are those in sight (?u= and ?k=)."""

from django.urls import path

from cncd.results.totals import views

app_name = "totals"

urlpatterns = [
    path("totals/unit/", views.unit, name="unit"),
    path("totals/unit/confirm/", views.confirm, name="confirm"),
    path("totals/unit/keep/", views.keep, name="keep"),
    path("totals/unit/return/", views.send_back, name="return"),
    path("totals/unit/text/", views.text, name="text"),
    path("totals/unit/extend/", views.extend, name="extend"),
    path("totals/return/<int:pk>/pass/", views.pass_on, name="pass_on"),
]
