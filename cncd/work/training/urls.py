"""Addresses of the room."""

from django.urls import path

from cncd.work.training.phone import urls as phone
from cncd.work.training.planning_urls import urlpatterns as planning
from cncd.work.training.views import attending, classes, courses, inviting, sessions

app_name = "training"

urlpatterns = [
    path("training/", courses.listed, name="home"),
    path("training/courses/new/", courses.open_course, name="open_course"),
    path("training/courses/<int:pk>/", courses.course, name="course"),
    path("training/courses/<int:pk>/change/", courses.change, name="change_course"),
    path("training/courses/<int:pk>/withdraw/", courses.withdraw, name="withdraw_course"),
    path("training/courses/<int:pk>/materials/", courses.materials, name="materials"),
    path("training/courses/<int:pk>/sessions/new/", sessions.plan, name="plan_session"),
    path("training/sessions/<int:pk>/", sessions.session, name="session"),
    path("training/sessions/<int:pk>/change/", sessions.change, name="change_session"),
    path("training/sessions/<int:pk>/cancel/", sessions.cancel, name="cancel_session"),
    path("training/sessions/<int:pk>/close/", sessions.close, name="close_session"),
    path("training/sessions/<int:pk>/text/", sessions.text, name="session_text"),
    path("training/sessions/<int:pk>/sheet/", sessions.sheet, name="session_sheet"),
    path("training/sessions/<int:pk>/invite/", inviting.invite, name="invite"),
    path("training/sessions/<int:pk>/code/", attending.code, name="code"),
    path("training/sessions/<int:pk>/add/", attending.add, name="add_attendance"),
    path("training/invitations/<int:pk>/strike-off/", inviting.strike_off, name="strike_off"),
    path("training/invitations/<int:pk>/again/", inviting.invite_again, name="invite_again"),
    path("training/attendance/<int:pk>/take-off/", attending.take_off, name="take_off"),
    path("training/classes/", classes.listed, name="classes"),
    path("training/classes/new/", classes.log, name="log_class"),
    path("training/classes/<int:pk>/", classes.one, name="class"),
    path("training/classes/<int:pk>/change/", classes.change, name="change_class"),
    path("training/classes/<int:pk>/withdraw/", classes.withdraw, name="withdraw_class"),
    path("training/classes/<int:pk>/restore/", classes.restore, name="restore_class"),
    *phone.urlpatterns,
    *planning,
]
