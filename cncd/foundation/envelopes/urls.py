from django.urls import path

from cncd.foundation.envelopes.views import door

app_name = "envelopes"

urlpatterns = [path("envelopes/", door, name="door")]
