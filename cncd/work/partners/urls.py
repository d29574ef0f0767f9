"""Addresses of the room."""

from django.urls import path

from cncd.work.partners.views import changing, mine, pledges

app_name = "partners"

urlpatterns = [
    path("partners/", pledges.listed, name="list"),
    path("partners/mine/", mine.mine, name="mine"),
    path("partners/new/", changing.make, name="make"),
    path("partners/<uuid:pk>/", pledges.pledge, name="pledge"),
    path("partners/<uuid:pk>/change/", changing.change, name="change"),
    path("partners/<uuid:pk>/withdraw/", changing.withdraw, name="withdraw"),
    path("partners/<uuid:pk>/restore/", changing.restore, name="restore"),
]
