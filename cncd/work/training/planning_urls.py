"""Addresses of plans, gaps, quizzes, evaluations and certificates; part of this room's."""

from django.urls import path

from cncd.work.training.views import (
    certificates,
    feedback,
    gaps,
    lines,
    planning,
    quizzes,
    untrained,
)

urlpatterns = [
    path("training/plans/", planning.listed, name="plans"),
    path("training/plans/new/", planning.begin, name="begin_plan"),
    path("training/plans/draft/", planning.draft, name="draft_plan"),
    path("training/plans/<int:pk>/", planning.plan, name="plan"),
    path("training/plans/<int:pk>/submit/", planning.submit, name="submit_plan"),
    path("training/plans/<int:pk>/recall/", planning.recall, name="recall_plan"),
    path("training/plans/<int:pk>/approve/", planning.approve, name="approve_plan"),
    path("training/plans/<int:pk>/return/", planning.give_back, name="return_plan"),
    path("training/plans/<int:pk>/reopen/", planning.reopen, name="reopen_plan"),
    path("training/plans/<int:pk>/lines/new/", lines.add, name="add_line"),
    path("training/plans/lines/<int:pk>/", lines.change, name="line"),
    path("training/plans/lines/<int:pk>/remove/", lines.remove, name="remove_line"),
    path("training/gaps/", gaps.listed, name="gaps"),
    path("training/gaps/<int:pk>/", gaps.team, name="team_gaps"),
    path("training/untrained/", untrained.listed, name="untrained"),
    path("training/untrained/invite/", untrained.ask, name="invite_untrained"),
    path("training/quizzes/", quizzes.listed, name="quizzes"),
    path("training/quizzes/new/", quizzes.write, name="write_quiz"),
    path("training/quizzes/<int:pk>/", quizzes.change, name="quiz"),
    path("training/quizzes/<int:pk>/withdraw/", quizzes.withdraw, name="withdraw_quiz"),
    path("training/courses/<int:pk>/quiz/", quizzes.take, name="take_quiz"),
    path("training/sessions/<int:pk>/feedback/", feedback.give, name="give_feedback"),
    path("training/sessions/<int:pk>/evaluation/", feedback.shown, name="feedback"),
    path("training/certificates/", certificates.listed, name="certificates"),
    path("training/certificates/<int:pk>/", certificates.number, name="certificate"),
]
