"""Addresses of devices, their PINs, and the office's certificate."""

from django.urls import path

from cncd.foundation.devices.views import certificate, others, own, pins

app_name = "devices"
urlpatterns = [
    path("account/first/", pins.first, name="first"),
    path("account/pin/", pins.pin, name="pin"),
    path("account/pin/set/", pins.set_pin, name="set_pin"),
    path("account/pin/remove/", pins.remove_pin, name="remove_pin"),
    path("account/devices/", own.own, name="own"),
    path("account/devices/others/end/", own.end_others, name="end_others"),
    path("account/devices/<int:pk>/end/", own.end_own, name="end_own"),
    path("account/devices/another/", own.another, name="another"),
    path("people/<int:pk>/devices/<int:device>/end/", others.end, name="end"),
    path("people/<int:pk>/devices/lost/", others.lost, name="lost"),
    path("install-certificate/", certificate.how_to, name="certificate"),
    path("install-certificate/cncd-ca.crt", certificate.file, name="certificate_file"),
]
