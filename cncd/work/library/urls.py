"""Addresses of the room."""

from django.urls import include, path

from cncd.work.library.views import deciding, listing, phone, reading, writing

app_name = "library"

pages = [
    path("", listing.listed, name="list"),
    path("new/", writing.new, name="new"),
    path("openings/", listing.openings, name="openings"),
    path("<int:pk>/", reading.item, name="item"),
    path("<int:pk>/edit/", writing.edit, name="edit"),
    path("<int:pk>/decide/", deciding.decide, name="decide"),
    path("<int:pk>/take-back/", writing.take_back, name="take_back"),
    path("<int:pk>/withdraw/", writing.withdraw, name="withdraw"),
    path("<int:pk>/restore/", writing.restore, name="restore"),
    path("<int:pk>/editions/<int:number>/", reading.edition, name="edition"),
]
on_phone = [
    path("library/", phone.shelf, name="phone"),
    path("library/<int:pk>/", phone.page, name="phone_item"),
    path("library/<int:pk>/keep/", phone.keep, name="keep"),
    path("log/<slug:key>/guide/", phone.guides, name="guides"),
]
urlpatterns = [path("library/", include(pages)), path("m/", include(on_phone))]
