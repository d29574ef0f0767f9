"""Addresses of the room."""

from django.urls import path

from cncd.work.inspections.views import checklists, listing, looking, planning, settling

app_name = "inspections"

urlpatterns = [
    path("inspections/", listing.listed, name="list"),
    path("inspections/plan/", planning.plan, name="plan"),
    path("inspections/findings/", listing.findings, name="findings"),
    path("inspections/findings/<int:pk>/", listing.finding, name="finding"),
    path("inspections/findings/<int:pk>/note/", looking.note, name="note"),
    path("inspections/findings/<int:pk>/answer/", settling.answer, name="answer"),
    path("inspections/findings/<int:pk>/judge/", settling.judge, name="judge"),
    path("inspections/checklists/", checklists.items, name="items"),
    path("inspections/checklists/add/", checklists.add, name="add_item"),
    path("inspections/checklists/take/", checklists.take, name="take_items"),
    path("inspections/checklists/<int:pk>/", checklists.change, name="change_item"),
    path("inspections/checklists/<int:pk>/end/", checklists.end, name="end_item"),
    path("inspections/<uuid:pk>/", listing.inspection, name="inspection"),
    path("inspections/<uuid:pk>/change/", planning.change, name="change"),
    path("inspections/<uuid:pk>/withdraw/", planning.withdraw, name="withdraw"),
    path("inspections/<uuid:pk>/restore/", planning.restore, name="restore"),
    path("inspections/<uuid:pk>/open/", planning.open_, name="open"),
    path("inspections/<uuid:pk>/look/", looking.look, name="look"),
    path("inspections/<uuid:pk>/add/", looking.add, name="add"),
    path("inspections/<uuid:pk>/close/", looking.close, name="close"),
    path("inspections/<uuid:pk>/reopen/", looking.reopen, name="reopen"),
]
