"""Addresses of campaigns, reminding, and what is asked of the reader."""

from django.urls import path

from cncd.work.directives.views import campaigns, mine, reminding

PATHS = [
    path("directives/mine/", mine.own, name="mine"),
    path("directives/reminding/", reminding.listed, name="reminding"),
    path("directives/reminding/write/", reminding.write, name="remind"),
    path("directives/campaigns/", campaigns.listed, name="campaigns"),
    path("directives/campaigns/new/", campaigns.new, name="campaign_new"),
    path("directives/campaigns/<uuid:pk>/", campaigns.campaign, name="campaign"),
    path("directives/campaigns/<uuid:pk>/change/", campaigns.change, name="campaign_change"),
    path("directives/campaigns/<uuid:pk>/cancel/", campaigns.cancel, name="campaign_cancel"),
]
