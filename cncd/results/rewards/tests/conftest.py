"""The country in November with its catalogue, households counted, two months reported."""

import datetime as dt

import pytest

from cncd.foundation.documents.actions import add_document
from cncd.results.conftest import Months, Season
from cncd.results.rewards import actions
from cncd.results.rewards.actions import Named, Ruling, Wanted
from cncd.results.rewards.models import Form
from cncd.team.programme.models import Source
from cncd.team.programme.queries.memory import forget
from cncd.work.households.actions import CountLine, state_counts

FIRST, LAST = dt.date(2026, 9, 1), dt.date(2026, 10, 31)


def decision(place, number="15/QĐ-UBND", issued_on=dt.date(2026, 11, 20), by=None):
    return add_document(
        kind="decision", number=number, issued_on=issued_on, issuer="UBND", place=place, by=by,
        signer="Võ Hồng Phúc", signer_title="Chủ tịch",
    )  # fmt: skip


class Rewarding(Season):
    """Short ways to propose, decide and number."""

    def __init__(self, cast):
        counted = dict(Source.objects.filter(counter__room="rewards").values_list("pk", "counter"))
        super().__init__(cast)  # which asks by hand for what registers count
        for source, counter in counted.items():
            Source.objects.filter(pk=source).update(counter=counter)
        forget()
        self.months = Months()  # a period remembers what its sheet asked
        self.period = self.months[11]
        for month in (9, 10):
            self.months[month]  # opened when asked for
        self.form = Form.objects.get(code="giay-khen")
        for place, homes in ((cast.my_phuoc, 200), (cast.my_hoa, 100), (cast.dau_giong, 100)):
            line = CountLine(place, households=homes, businesses=5)
            state_counts(year=2026, source="Trưởng ấp", lines=[line], by=None)

    def named(self, *people, team=None, reason="Hoàn thành tốt nhiệm vụ"):
        team = team or self.cast.team
        return [Named(team, self.form, reason, person) for person in people or (None,)]

    def propose(self, named=None, *, place=None, decider=None, by=None, send=True):
        c = self.cast
        wanted = Wanted(
            decider or c.ke_sach, "Khen thưởng quý IV", FIRST, LAST, "",
            self.named() if named is None else named,
        )  # fmt: skip
        made = actions.draft_proposal(place=place or c.nhon_my, wanted=wanted, by=by or c.lan)
        if send:
            made = actions.send_proposal(proposal=made, version=made.version, by=by or c.lan)
        return made

    def decide(self, proposal, verdict="granted", reason="", by=None):
        rulings = [Ruling(row.pk, verdict, reason) for row in proposal.candidates.all()]
        return actions.decide_candidates(
            proposal=proposal, rulings=rulings, version=proposal.version, by=by or self.cast.phuc
        )

    def give(self, *named, place=None, by=None, number="15/QĐ-UBND", on=dt.date(2026, 11, 20)):
        """Recorded straight into the register."""
        place, by = place or self.cast.ke_sach, by or self.cast.phuc
        return actions.record_commendations(
            place=place, document=decision(place, number, on), by=by,
            named=list(named) or self.named(),
        )  # fmt: skip


@pytest.fixture
def r(cast, programme, clock):
    return Rewarding(cast)
