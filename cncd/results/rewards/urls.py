from django.urls import path

from cncd.results.rewards.views import deciding, listing, proposing, signs

app_name = "rewards"
urlpatterns = [
    path("rewards/", listing.listed, name="list"),
    path("rewards/teams/", listing.suggested, name="suggested"),
    path("rewards/teams/<int:pk>/", listing.compared, name="compared"),
    path("rewards/members/", listing.members, name="members"),
    path("rewards/new/", proposing.new, name="new"),
    path("rewards/proposals/<uuid:pk>/", proposing.proposal, name="proposal"),
    path("rewards/proposals/<uuid:pk>/edit/", proposing.edit, name="edit"),
    path("rewards/proposals/<uuid:pk>/name/", proposing.name, name="name"),
    path("rewards/proposals/<uuid:pk>/drop/<int:candidate>/", proposing.drop, name="drop"),
    path("rewards/proposals/<uuid:pk>/send/", proposing.send, name="send"),
    path("rewards/proposals/<uuid:pk>/withdraw/", proposing.withdraw, name="withdraw"),
    path("rewards/proposals/<uuid:pk>/restore/", proposing.restore, name="restore"),
    path("rewards/proposals/<uuid:pk>/decide/", deciding.decide, name="decide"),
    path("rewards/proposals/<uuid:pk>/issue/", deciding.issue, name="issue"),
    path("rewards/given/", listing.register, name="register"),
    path("rewards/given/new/", deciding.record, name="record"),
    path("rewards/given/<uuid:pk>/", listing.commendation, name="commendation"),
    path("rewards/given/<uuid:pk>/withdraw/", deciding.withdraw, name="withdraw_commendation"),
    path("rewards/given/<uuid:pk>/restore/", deciding.restore, name="restore_commendation"),
    path("rewards/forms/", listing.forms, name="forms"),
    path("rewards/forms/new/", listing.add_form, name="add_form"),
    path("rewards/forms/<int:pk>/end/", listing.end_form, name="end_form"),
    path("rewards/signs/", signs.signs, name="signs"),
    path("rewards/signs/<uuid:pk>/", signs.sign, name="sign"),
    path("rewards/signs/<uuid:pk>/reopen/", signs.reopen, name="reopen_sign"),
    path("rewards/signs/<uuid:pk>/answer/", signs.answer, name="answer"),
    path("m/asked-about/<int:pk>/", signs.asked, name="asked"),
]
