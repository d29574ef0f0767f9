"""Addresses of the paper log sheets."""

from django.urls import path

from cncd.work.logsheets.views import entering, listing, printing

app_name = "logsheets"

urlpatterns = [
    path("logsheets/", listing.listed, name="list"),
    path("logsheets/print/", printing.commune, name="print_all"),
    path("logsheets/print/<int:team_id>/", printing.team, name="print"),
    path("logsheets/lines/", entering.lines, name="lines"),
    path("logsheets/<str:code>/", entering.sheet, name="sheet"),
]
