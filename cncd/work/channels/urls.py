"""Addresses of the room."""

from django.urls import include, path

from cncd.work.channels.views import channel, importing, listing, members, naming, phone, printing

app_name = "channels"

pages = [
    path("", listing.listed, name="list"),
    path("rename/", listing.rename, name="rename"),
    path("new/", channel.new, name="new"),
    path("import/", importing.imported, name="import"),
    path("mine/", phone.mine, name="mine"),
    path("mine/new/", phone.new, name="mine_new"),
    path("mine/<uuid:pk>/", phone.edit, name="mine_edit"),
    path("rules/", naming.rules, name="rules"),
    path("rules/members/new/", naming.required, name="add_required"),
    path("rules/members/<slug:code>/", naming.required, name="required"),
    path("rules/<slug:code>/", naming.level_rules, name="level_rules"),
    path("<uuid:pk>/", channel.channel, name="channel"),
    path("<uuid:pk>/edit/", channel.edit, name="edit"),
    path("<uuid:pk>/close/", channel.close, name="close"),
    path("<uuid:pk>/reopen/", channel.reopen, name="reopen"),
    path("<uuid:pk>/withdraw/", channel.withdraw, name="withdraw"),
    path("<uuid:pk>/restore/", channel.restore, name="restore"),
    path("<uuid:pk>/print/", printing.poster, name="print"),
    path("<uuid:pk>/members/", members.tick, name="tick"),
    path("<uuid:pk>/members/<int:presence>/clear/", members.clear, name="clear"),
    path("<uuid:pk>/members/<int:presence>/hand-over/", members.hand_over, name="hand_over"),
]
urlpatterns = [path("channels/", include(pages))]
