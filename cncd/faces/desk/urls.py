"""Addresses of the desk and of the frame around every page."""

from django.urls import path

from .views import choosing, front, grid, home, inbox, indicators, map, saved, search

app_name = "desk"
urlpatterns = [
    path("", front.front, name="front"),
    path("preferences/", front.preferences, name="preferences"),
    path("scope/unit/", choosing.choose_unit, name="choose_unit"),
    path("scope/period/", choosing.choose_period, name="choose_period"),
    path("desk/", home.home, name="home"),
    path("desk/brief/", home.brief, name="brief"),
    path("desk/inbox/", inbox.inbox, name="inbox"),
    path("desk/grid/", grid.grid, name="grid"),
    path("desk/indicators/", indicators.indicators, name="indicators"),
    path("desk/indicators/<str:code>/", indicators.indicator, name="indicator"),
    path("desk/map/", map.place_map, name="map"),
    path("search/", search.search, name="search"),
    path("desk/views/", saved.saved_views, name="saved_views"),
    path("desk/views/<uuid:pk>/rename/", saved.rename, name="rename_view"),
    path("desk/views/<uuid:pk>/delete/", saved.delete, name="delete_view"),
]
