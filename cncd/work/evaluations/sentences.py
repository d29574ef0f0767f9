"""What the journal says of this room's events."""

from django.utils.translation import gettext_lazy as _

from cncd.work.evaluations.models import Step

SENTENCES = {
    "criteria.drafted": _("{actor} drafted criteria: {name}"),
    "criteria.enforced": _("{actor} put criteria in force from {since_on}: {name}"),
    "criteria.dropped": _("{actor} threw a draft of criteria away: {name}"),
    "criterion.set": _("{actor} wrote a criterion: {criterion}, weight {weight}"),
    "criterion.dropped": _("{actor} took a criterion out of a draft: {criterion}"),
    "grades.set": _("{actor} wrote the classes of a set of criteria"),
    "evaluation.opened": _("{actor} opened the evaluation {name}: {teams} teams"),
    "evaluation.dues_changed": _("{actor} gave the steps of an evaluation other days: {subject}"),
    "evaluation.withdrawn": _("{actor} withdrew the evaluation {subject}"),
    "evaluation.restored": _("{actor} brought back the evaluation {subject}"),
    "evaluation.scored": _("{actor} scored {subject}: {total} points"),
    "evaluation.returned": _("{actor} returned the marks of {subject}, step {step}"),
    "evaluation.decided": _("{actor} decided {subject}: {total} points, {grade}"),
    "evaluation.reopened": _("{actor} opened a decided evaluation again: {subject}"),
}

FIELDS = {
    "name": _("name"),
    "level": _("level"),
    "since_on": _("from"),
    "criterion": _("criterion"),
    "weight": _("weight"),
    "grades": _("classes"),
    "far": _("marks apart that need a reason"),
    "teams": _("teams"),
    "rules": _("criteria and weights"),
    "self_due_on": _("teams score by"),
    "score_due_on": _("communes score by"),
    "decide_due_on": _("decided by"),
    "total": _("points"),
    "grade": _("class"),
    "step": _("step"),
}

VALUES = {"step": dict(Step.choices)}
