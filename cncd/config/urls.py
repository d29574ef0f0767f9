"""Every room mounts its own `urls.py` here; sign-in comes from allauth."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("account/", include("cncd.config.account_urls")),
    path("language/", include("django.conf.urls.i18n")),
    *(path("", include(f"{room}.urls")) for room in settings.ROOMS if find_spec(f"{room}.urls")),
]
