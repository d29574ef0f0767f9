"""What the journal says of plans, quizzes, opinions and certificates; part of this room's."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "plan.begun": _("{actor} began the training plan of {year}: {subject}"),
    "plan.drafted": _("{actor} drafted the training plan of {year} from the gaps: {lines} lines"),
    "plan.submitted": _("{actor} sent the training plan of {year} for approval"),
    "plan.recalled": _("{actor} took the training plan of {year} back before it was approved"),
    "plan.returned": _("{actor} gave the training plan of {year} back"),
    "plan.approved": _("{actor} approved the training plan of {year} by document {number}"),
    "plan.reopened": _("{actor} opened the approved training plan of {year} for change"),
    "plan_line.added": _("{actor} added a course to a training plan: {subject}"),
    "plan_line.changed": _("{actor} changed a course of a training plan: {subject}"),
    "plan_line.removed": _("{actor} took a course out of a training plan: {subject}"),
    "quiz.written": _("{actor} wrote the quiz {subject}"),
    "quiz.changed": _("{actor} changed the quiz {subject}"),
    "quiz.withdrawn": _("{actor} no longer offers the quiz {subject}"),
    "quiz.taken": _("{actor} took the quiz of the course {title}"),
    "quiz.passed": _("{actor} took the quiz and finished the course {title}"),
    "feedback.given": _("{actor}: one more person evaluated {subject}"),
    "certificate.numbered": _("{actor} entered the certificate number of {subject}"),
}

FIELDS = {
    "budget": _("money for the year (đồng)"),
    "need": _("why it is needed"),
    "asks_above": _("asked of the unit above"),
    "classes": _("courses"),
    "sessions": _("sessions of each"),
    "people": _("seats, people"),
    "quarter": _("quarter"),
    "cost": _("cost (đồng)"),
    "agency": _("trainer from"),
    "pass_mark": _("right answers to pass"),
    "questions": _("questions"),
    "right": _("right answers"),
    "number": _("number"),
}
