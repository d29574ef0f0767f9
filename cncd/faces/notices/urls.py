"""Addresses of the notices."""

from django.urls import path

from cncd.faces.notices.views import addresses, calendar, choosing, log, notices

app_name = "notices"
urlpatterns = [
    path("notices/", notices.notices, name="list"),
    path("notices/read/", notices.read_every, name="read_all"),
    path("notices/settings/", choosing.settings, name="settings"),
    path("notices/hours/", choosing.hours, name="hours"),
    path("notices/device/", choosing.device, name="device"),
    path("notices/device/end/", choosing.end_device, name="end_device"),
    path("notices/log/", log.own_log, name="own_log"),
    path("notices/deliveries/", log.log, name="log"),
    path("notices/offices/", addresses.offices, name="offices"),
    path("notices/to/<slug:channel>/", addresses.address, name="address"),
    path("notices/to/<slug:channel>/<int:place>/", addresses.address, name="office_address"),
    path("notices/address/<int:pk>/end/", addresses.end_address, name="end_address"),
    path("notices/stop/<str:token>/", addresses.stop, name="stop"),
    path("notices/calendar/", calendar.calendar, name="calendar"),
    path("notices/calendar/make/", calendar.make_calendar, name="make_calendar"),
    path("notices/calendar/end/", calendar.end_calendar, name="end_calendar"),
    path("notices/<uuid:pk>/", notices.notice, name="notice"),
    path("notices/calendar/<str:secret>.ics", calendar.feed, name="feed"),
]
