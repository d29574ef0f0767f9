"""Addresses of the room."""

from django.urls import path

from cncd.work.partners.views import changing, connectivity, mine, noting, pledges, statements
from cncd.work.partners.views import union as union_views

app_name = "partners"

urlpatterns = [
    path("partners/", pledges.listed, name="list"),
    path("partners/mine/", mine.mine, name="mine"),
    path("partners/union/", union_views.union, name="union"),
    path("partners/new/", changing.make, name="make"),
    path("partners/asks/", connectivity.asks, name="asks"),
    path("partners/asks/<uuid:pk>/", connectivity.asked, name="asked"),
    path("partners/asks/<uuid:pk>/answer/", noting.answer, name="answer"),
    path("partners/connectivity/", connectivity.listed, name="connectivity"),
    path("partners/connectivity/note/", noting.note, name="note"),
    path("partners/connectivity/hamlets/<int:pk>/", connectivity.hamlet, name="hamlet"),
    path("partners/connectivity/notings/<uuid:pk>/", noting.unnote, name="withdraw_noting"),
    path("partners/connectivity/notings/<uuid:pk>/restore/", noting.renote, name="restore_noting"),
    path("partners/connectivity/gaps/", connectivity.gaps, name="gaps"),
    path("partners/connectivity/gaps/new/", noting.report, name="report"),
    path("partners/connectivity/gaps/<uuid:pk>/", connectivity.gap, name="gap"),
    path("partners/connectivity/gaps/<uuid:pk>/ask/", noting.ask, name="ask"),
    path("partners/connectivity/gaps/<uuid:pk>/check/", noting.check, name="check"),
    path("partners/connectivity/gaps/<uuid:pk>/withdraw/", noting.withdraw, name="withdraw_gap"),
    path("partners/connectivity/gaps/<uuid:pk>/restore/", noting.restore, name="restore_gap"),
    path("m/connectivity/", noting.phone, name="phone"),
    path("partners/<uuid:pk>/", pledges.pledge, name="pledge"),
    path("partners/<uuid:pk>/change/", changing.change, name="change"),
    path("partners/<uuid:pk>/withdraw/", changing.withdraw, name="withdraw"),
    path("partners/<uuid:pk>/restore/", changing.restore, name="restore"),
    path("partners/<uuid:pk>/state/", statements.state, name="state"),
    path("partners/said/<uuid:pk>/confirm/", statements.confirm, name="confirm"),
    path("partners/said/<uuid:pk>/dispute/", statements.dispute, name="dispute"),
    path("partners/said/<uuid:pk>/restate/", statements.restate, name="restate"),
    path("partners/said/<uuid:pk>/withdraw/", statements.withdraw, name="withdraw_statement"),
]
