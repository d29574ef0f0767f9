"""Addresses of the teams."""

from django.urls import include, path

from cncd.team.teams import views

app_name = "teams"

pages = [
    path("", views.team_list, name="list"),
    path("members/", views.member_list, name="members"),
    path("members/<int:pk>/correct/", views.correct_member, name="correct_member"),
    path("members/<int:pk>/remove/", views.remove_member, name="remove_member"),
    path("form/", views.form_team, name="form"),
    path("form/row/", views.member_row, name="member_row"),
    path("form/who/", views.who, name="who"),
    path("import/", views.import_roster, name="import"),
    path("coverage/", views.coverage, name="coverage"),
    path("uncovered/", views.uncovered, name="uncovered"),
    path("components/", views.component_list, name="components"),
    path("components/add/", views.add_component, name="add_component"),
    path("components/<slug:code>/", views.change_component, name="change_component"),
    path("union/", views.union, name="union"),
    path("mine/", views.roster, name="roster"),
    path("<int:pk>/", views.team, name="team"),
    path("<int:pk>/correct/", views.correct, name="correct"),
    path("<int:pk>/consolidate/", views.consolidate, name="consolidate"),
    path("<int:pk>/dissolve/", views.dissolve, name="dissolve"),
    path("<int:pk>/findings/<slug:rule>/", views.note, name="note"),
]
urlpatterns = [path("teams/", include(pages))]
