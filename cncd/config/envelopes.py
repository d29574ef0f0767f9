"""Which function enters which kind of entry that came through the door: `(arrived) -> answer`.

Each goes through the form and the action of the web page. A new kind is one line here.
"""

KINDS: dict[str, str] = {
    "activity.log": "cncd.faces.phone.doors.log",
    "activity.month": "cncd.faces.phone.doors.log_month",
    "activity.edit": "cncd.faces.phone.corrections.edit",
    "activity.withdraw": "cncd.faces.phone.corrections.withdraw",
    "activity.restore": "cncd.faces.phone.corrections.restore",
    "report.save": "cncd.results.reports.doors.save",
    "report.send": "cncd.results.reports.doors.send",
    "report.supplement": "cncd.results.reports.doors.supplement",
    "activity.photo": "cncd.faces.phone.doors.photo",
    "obligation.acknowledge": "cncd.work.directives.doors.enter",
    "obligation.answer": "cncd.work.directives.doors.enter",
    "register.product": "cncd.work.registers.doors.enter",
    "register.listing": "cncd.work.registers.doors.enter",
    "register.shop": "cncd.work.registers.doors.enter",
    "register.payment": "cncd.work.registers.doors.enter",
    "register.commitment": "cncd.work.registers.doors.enter",
    "register.consent": "cncd.work.registers.doors.enter",
    "register.close": "cncd.work.registers.doors.enter",
    "register.broken": "cncd.work.registers.doors.enter",
    "difficulty.raise": "cncd.work.difficulties.doors.raised",
    "difficulty.helped": "cncd.work.difficulties.doors.helped",
    "connectivity.note": "cncd.work.partners.doors.note",
    "connectivity.gap": "cncd.work.partners.doors.report",
    "connectivity.check": "cncd.work.partners.doors.check",
    "attendance.scan": "cncd.work.training.doors.scan",
    "attendance.list": "cncd.work.training.doors.take_list",
    "session.answer": "cncd.work.training.doors.answer",
    "class.log": "cncd.work.training.doors.log_class",
    "sign.answer": "cncd.results.rewards.doors.answered",
    "quiz.take": "cncd.work.training.doors.take_quiz",
    "feedback.give": "cncd.work.training.doors.give_feedback",
}

# What the author sees of an entry that was changed after an earlier form of it was recorded, to
# decide: `(arrived, the first answer) -> Choice | None`.
CHANGED: dict[str, str] = {
    "activity.log": "cncd.faces.phone.corrections.changed_log",
    "activity.month": "cncd.faces.phone.corrections.changed_log",
    "activity.edit": "cncd.faces.phone.corrections.changed_edit",
    "report.save": "cncd.results.reports.doors.changed_report",
    "report.send": "cncd.results.reports.doors.changed_report",
}
