"""A random life of courses and classes for citizens of the small country."""

import datetime as dt

from cncd.work.training import actions
from cncd.work.training.models import Attendance, Audience, Course, Session, Topic
from cncd.work.training.tests.builders import at


class Training:
    """Each step is one action on a day of autumn 2026; what is refused changes nothing."""

    def __init__(self, country, random, wrapped):
        self.c, self.random, self.wrapped = country, random, wrapped
        self.people = [country.tu, country.nhan, country.cuong, country.liem, country.sa]
        self.hamlets = {
            country.team: country.my_phuoc,
            country.team_my_hoa: country.my_hoa,
            country.team_dau_giong: country.dau_giong,
        }

    def steps(self):
        found = [self.attend] * 4 + [self.teach] * 3
        found += [self.take_back, self.need, self.cancel, self.reteach, self.unteach]
        return [self.wrapped(step) for step in found]

    def day(self):
        return dt.date(2026, self.random.randint(9, 11), self.random.randint(1, 22))

    def one(self, rows):
        return self.random.choice(list(rows.order_by("pk")) or [None])

    def named(self):
        return Session.objects.standing().exclude(course__audience=Audience.CITIZENS)

    def classes(self):
        return Session.objects.standing().filter(course__audience=Audience.CITIZENS)

    def attend(self):
        course = self.one(Course.objects.exclude(audience=Audience.CITIZENS))
        if course is None or self.random.random() < 0.4:
            course = actions.open_course(
                title="Lớp", topics=Topic.objects.all()[:1], audience="teams",
                place=self.c.ke_sach, sessions_needed=self.random.randint(1, 2), by=None,
            )  # fmt: skip
        day = self.day()
        session = actions.plan_session(
            course=course, starts_at=at(day, 8), ends_at=at(day, 10), place=course.place, by=None
        )
        came = self.random.sample(self.people, self.random.randint(1, 3))
        actions.record_list(session=session, came=[user.person_id for user in came], by=None)

    def take_back(self):
        if row := self.one(Attendance.objects.counting()):
            actions.withdraw_attendance(attendance=row, reason="nhầm", by=None)

    def need(self):
        if course := self.one(Course.objects.exclude(audience=Audience.CITIZENS)):
            needed = self.random.randint(1, 3)
            actions.change_course(
                course=course, version=course.version, sessions_needed=needed, by=None
            )

    def cancel(self):
        if session := self.one(self.named()):
            actions.cancel_session(session=session, reason="mưa", version=session.version, by=None)

    def held(self, team, **said):
        people = self.random.randint(3, 30)
        usual = {"topic": self.one(Topic.objects.all()), "held_on": self.day(), "people": people}
        place = self.hamlets[team] if team else self.random.choice(list(self.hamlets.values()))
        return actions.Held(**usual | {"place": place} | said)

    def teach(self):
        team = self.random.choice([None, *self.hamlets])
        on = self.one(self.classes().filter(team=team)) if self.random.random() < 0.3 else None
        new = 2 if on else None
        actions.log_class(held=self.held(team, continues=on, newcomers=new), team=team, by=None)

    def reteach(self):
        if row := self.one(self.classes().filter(continues=None)):
            place = {} if row.team else {"place": row.place}
            actions.change_class(
                session=row, held=self.held(row.team, **place), version=row.version, by=None
            )

    def unteach(self):
        row = self.one(Session.objects.filter(course__audience=Audience.CITIZENS))
        if row and row.withdrawn_at:
            actions.restore_class(session=row, by=None)
        elif row:
            actions.withdraw_class(session=row, reason="nhầm", by=None)
