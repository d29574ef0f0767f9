"""Addresses of the monthly reports."""

from django.urls import path

from cncd.results.reports.views import (
    entering,
    figures,
    importing,
    listing,
    locking,
    reading,
    reviewing,
    writing,
)

app_name = "reports"

urlpatterns = [
    path("reports/", listing.listed, name="list"),
    path("reports/quick/", listing.quick, name="quick"),
    path("reports/current/", writing.current, name="current"),
    path("reports/team/<int:team_id>/", listing.of_team, name="of_team"),
    path("reports/write/<int:team_id>/<slug:code>/", writing.write, name="write"),
    path("reports/write/<int:team_id>/<slug:code>/keep/", writing.keep, name="keep"),
    path(
        "reports/counted/<int:team_id>/<slug:code>/<str:measure>/", figures.counted, name="counted"
    ),
    path("reports/entry/", entering.entry, name="entry"),
    path("reports/silent/", entering.silent, name="silent"),
    path("reports/import/", importing.import_reports_page, name="import"),
    path("reports/accept/", reviewing.accept_quiet, name="accept_quiet"),
    path("reports/reopen/", reviewing.reopen, name="reopen"),
    path("reports/extend/<int:team_id>/<slug:code>/", locking.extend, name="extend"),
    path("reports/<int:pk>/", reading.report, name="report"),
    path("reports/<int:pk>/sent/", reading.sent, name="sent"),
    path("reports/<int:pk>/text/", reading.text, name="text"),
    path("reports/<int:pk>/supplement/", reading.supplement, name="supplement"),
    path("reports/<int:pk>/figure/<str:measure>/", figures.figure, name="figure"),
    path("reports/<int:pk>/accept/", reviewing.accept, name="accept"),
    path("reports/<int:pk>/return/", reviewing.send_back, name="return"),
    path("reports/<int:pk>/answer/", reviewing.answer, name="answer"),
    path("reports/<int:pk>/unlock/", locking.unlock, name="unlock"),
]
