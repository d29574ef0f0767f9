from django.urls import path

from cncd.work.difficulties.views import case, inbox, raising

app_name = "difficulties"

urlpatterns = [
    path("difficulties/", inbox.listed, name="list"),
    path("difficulties/join/", inbox.join, name="join"),
    path("difficulties/new/", raising.new, name="new"),
    path("m/difficulties/", raising.mine, name="mine"),
    path("m/difficulties/new/", raising.mine_new, name="mine_new"),
    path("difficulties/raised/<uuid:pk>/helped/", raising.helped, name="helped"),
    path("difficulties/raised/<uuid:pk>/withdraw/", raising.withdraw, name="withdraw"),
    path("difficulties/raised/<uuid:pk>/restore/", raising.restore, name="restore"),
    path("difficulties/<uuid:pk>/", case.case, name="case"),
    path("difficulties/<uuid:pk>/answer/", case.answer, name="answer"),
    path("difficulties/<uuid:pk>/answer/correct/", case.correct, name="correct"),
    path("difficulties/<uuid:pk>/assign/", case.assign, name="assign"),
    path("difficulties/<uuid:pk>/pass/", case.pass_on, name="pass"),
    path("difficulties/<uuid:pk>/sort/", case.sort, name="sort"),
    path("difficulties/<uuid:pk>/part/", inbox.part, name="part"),
]
