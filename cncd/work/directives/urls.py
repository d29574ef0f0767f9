"""Addresses of directives and what they ask."""

from django.urls import path

from cncd.work.directives.campaign_urls import PATHS
from cncd.work.directives.views import (
    directive,
    easing,
    giving,
    listing,
    obligation,
    reminding,
    writing,
)

app_name = "directives"

urlpatterns = [
    *PATHS,
    path("directives/", listing.directives, name="list"),
    path("directives/new/", writing.new, name="new"),
    path("directives/<int:pk>/", directive.directive, name="directive"),
    path("directives/<int:pk>/obligations/", directive.obligations, name="obligations"),
    path("directives/<int:pk>/change/", writing.change, name="change"),
    path("directives/<int:pk>/asks/new/", writing.ask_add, name="ask_add"),
    path("directives/<int:pk>/asks/<int:ask>/", writing.ask_change, name="ask_change"),
    path("directives/<int:pk>/asks/<int:ask>/remove/", writing.ask_remove, name="ask_remove"),
    path("directives/<int:pk>/issue/", giving.issue, name="issue"),
    path("directives/<int:pk>/discard/", giving.discard, name="discard"),
    path("directives/<int:pk>/close/", giving.close, name="close"),
    path("directives/<int:pk>/withdraw/", giving.withdraw, name="withdraw"),
    path("directives/<int:pk>/reopen/", giving.reopen, name="reopen"),
    path("directives/<int:pk>/extend/", easing.extend, name="extend"),
    path("directives/<int:pk>/exempt/", easing.exempt, name="exempt"),
    path("directives/<int:pk>/lift/", easing.lift, name="lift"),
    path("obligations/<int:pk>/", obligation.obligation, name="obligation"),
    path("obligations/<int:pk>/acknowledge/", obligation.acknowledge, name="acknowledge"),
    path("obligations/<int:pk>/answer/", obligation.answer, name="answer"),
    path("obligations/<int:pk>/answers/<uuid:key>/back/", obligation.take_back, name="take_back"),
    path("obligations/<int:pk>/answers/<uuid:key>/accept/", obligation.accept, name="accept"),
    path(
        "obligations/<int:pk>/reminders/<int:key>/withdraw/",
        reminding.withdraw,
        name="reminder_withdraw",
    ),
    path("obligations/<int:pk>/answers/<uuid:key>/return/", obligation.give_back, name="return"),
]
