"""Addresses of the room."""

from django.urls import path

from cncd.results.pilots.views import (
    comparing,
    costs,
    learning,
    pilots,
    planning,
    readiness,
    replications,
    values,
)

app_name = "pilots"

urlpatterns = [
    path("pilots/", pilots.listed, name="list"),
    path("pilots/begin/", pilots.begin, name="begin"),
    path("pilots/readiness/", readiness.readiness, name="readiness"),
    path("pilots/replications/", replications.listed, name="replications"),
    path("pilots/replications/draft/", replications.draft, name="draft"),
    path("pilots/replications/<uuid:pk>/", replications.one, name="replication"),
    path("pilots/replications/<uuid:pk>/communes/", replications.communes, name="communes"),
    path("pilots/replications/<uuid:pk>/recount/", planning.recount, name="recount"),
    path("pilots/replications/<uuid:pk>/change/", planning.change, name="change_plan"),
    path("pilots/replications/<uuid:pk>/approve/", planning.approve, name="approve"),
    path("pilots/replications/<uuid:pk>/send/", planning.send, name="send"),
    path("pilots/replications/<uuid:pk>/answer/", planning.answer, name="answer"),
    path("pilots/replications/<uuid:pk>/reopen/", planning.reopen, name="reopen"),
    path("pilots/replications/<uuid:pk>/withdraw/", planning.withdraw, name="withdraw_plan"),
    path("pilots/replications/<uuid:pk>/restore/", planning.restore, name="restore_plan"),
    path("pilots/replications/line/<int:pk>/", planning.move, name="move"),
    path("pilots/<uuid:pk>/", pilots.pilot, name="pilot"),
    path("pilots/<uuid:pk>/change/", pilots.change, name="change"),
    path("pilots/<uuid:pk>/withdraw/", pilots.withdraw, name="withdraw"),
    path("pilots/<uuid:pk>/restore/", pilots.restore, name="restore"),
    path("pilots/<uuid:pk>/compare/", comparing.candidates, name="candidates"),
    path("pilots/<uuid:pk>/compare/choose/", comparing.choose, name="choose"),
    path("pilots/<uuid:pk>/compare/add/", comparing.add, name="add_unit"),
    path("pilots/hamlet/<int:pk>/replace/", comparing.replace, name="replace_unit"),
    path("pilots/<uuid:pk>/take/<slug:moment>/", values.take, name="take"),
    path("pilots/hamlet/<int:pk>/<slug:moment>/", values.by_hand, name="values"),
    path("pilots/value/<int:pk>/", values.value, name="value"),
    path("pilots/<uuid:pk>/days/", learning.days, name="days"),
    path("pilots/<uuid:pk>/days/<slug:day>/", learning.day, name="day"),
    path("pilots/<uuid:pk>/costs/", costs.costs, name="costs"),
    path("pilots/<uuid:pk>/costs/mark/", costs.mark, name="mark_costs"),
    path("pilots/<uuid:pk>/lessons/add/", learning.add, name="add_lesson"),
    path("pilots/lesson/<int:pk>/withdraw/", learning.withdraw, name="withdraw_lesson"),
    path("pilots/<uuid:pk>/synthesis/", learning.synthesis, name="synthesis"),
    path("pilots/<uuid:pk>/synthesis/write/", learning.write, name="write"),
    path("pilots/<uuid:pk>/synthesis/confirm/", learning.confirm, name="confirm"),
]
