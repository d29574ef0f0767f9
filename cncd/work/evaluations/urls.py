"""Addresses of the room."""

from django.urls import path

from cncd.work.evaluations.views import rounds, ruling, scoring

app_name = "evaluations"

urlpatterns = [
    path("evaluations/", rounds.listed, name="list"),
    path("evaluations/open/", rounds.open_, name="open"),
    path("evaluations/criteria/", ruling.listed, name="rules_list"),
    path("evaluations/criteria/draft/", ruling.draft, name="draft"),
    path("evaluations/criteria/<int:pk>/", ruling.one, name="rules"),
    path("evaluations/criteria/<int:pk>/add/", ruling.criterion, name="add_criterion"),
    path("evaluations/criteria/<int:pk>/classes/", ruling.grades, name="grades"),
    path("evaluations/criteria/<int:pk>/discard/", ruling.discard, name="discard"),
    path("evaluations/criteria/<int:pk>/enforce/", ruling.enforce, name="enforce"),
    path("evaluations/criteria/<int:pk>/<int:criterion_pk>/", ruling.criterion, name="criterion"),
    path("evaluations/criteria/<int:pk>/<int:criterion_pk>/drop/", ruling.drop, name="drop"),
    path("evaluations/team/<int:pk>/", scoring.evaluation, name="evaluation"),
    path("evaluations/team/<int:pk>/reopen/", scoring.reopen, name="reopen"),
    path("evaluations/team/<int:pk>/return/<slug:step>/", scoring.give_back, name="return"),
    path("evaluations/team/<int:pk>/score/<slug:step>/", scoring.score, name="score"),
    path("evaluations/<uuid:pk>/", rounds.round_, name="round"),
    path("evaluations/<uuid:pk>/change/", rounds.change, name="change"),
    path("evaluations/<uuid:pk>/withdraw/", rounds.withdraw, name="withdraw"),
    path("evaluations/<uuid:pk>/restore/", rounds.restore, name="restore"),
]
