"""What a result cost: mounted beside the money book (`settings.COST_PAGES`)."""

from django.urls import path

from cncd.results.totals import cost_views

urlpatterns = [path("", cost_views.results, name="results")]
