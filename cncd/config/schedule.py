"""What runs by the clock, in Vietnamese time. Each job is a task in a room's jobs.py."""

import datetime as dt

from cncd.foundation.kit.worker import Periodic

SCHEDULE = (
    Periodic(job="cncd.team.programme.jobs.open_next_period", at=dt.time(0, 5)),
    Periodic(job="cncd.work.directives.jobs.issue_due_campaigns", every=dt.timedelta(minutes=10)),
    Periodic(job="cncd.results.totals.jobs.count_the_overdue", every=dt.timedelta(minutes=10)),
    Periodic(job="cncd.results.totals.jobs.recount_noted", every=dt.timedelta(minutes=1)),
    Periodic(job="cncd.faces.notices.jobs.remind", every=dt.timedelta(minutes=10)),
    Periodic(job="cncd.faces.notices.jobs.deliver", every=dt.timedelta(minutes=5)),
    Periodic(job="cncd.work.directives.jobs.follow_the_days", at=dt.time(0, 10)),
    Periodic(job="cncd.work.directives.jobs.derive_what_was_noted", every=dt.timedelta(minutes=1)),
    Periodic(job="cncd.results.reports.jobs.lock_due_reports", at=dt.time(0, 20)),
    Periodic(job="cncd.results.rewards.jobs.look_at_reports", every=dt.timedelta(minutes=10)),
    Periodic(job="cncd.work.difficulties.jobs.climb", every=dt.timedelta(minutes=10)),
    Periodic(job="cncd.foundation.kit.jobs.forget_old_jobs", at=dt.time(2, 30)),
    Periodic(job="cncd.foundation.people.jobs.forget_old_visits", at=dt.time(2, 35)),
    Periodic(job="cncd.foundation.files.jobs.tidy_files", at=dt.time(2, 40)),
    Periodic(job="cncd.foundation.envelopes.jobs.forget_old_envelopes", at=dt.time(2, 50)),
    Periodic(job="cncd.faces.notices.jobs.forget_old_notices", at=dt.time(2, 55)),
)
