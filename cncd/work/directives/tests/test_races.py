"""Two who act at once: on PostgreSQL at the same time, on SQLite one after the other."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from cncd.foundation.journal.models import Entry
from cncd.work.directives import actions
from cncd.work.directives.actions import Source, To, Wanted
from cncd.work.directives.models import Answer, Ask, Directive, Obligation
from cncd.work.directives.tests.conftest import DUE
from tests.cast import TODAY, country


def at_once(*acts):
    """What each of the acts gave, or the refusal it met."""

    def run(act):
        try:
            return act()
        except actions.Refused as refusal:
            return type(refusal)
        finally:
            if connection.vendor != "sqlite":
                connection.close()

    if connection.vendor == "sqlite":
        return [run(act) for act in acts]
    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_first_and_the_other_is_told(transactional_db):
    c = country()
    directive = actions.draft_directive(
        place=c.ke_sach, title="Rà soát", to=To(Directive.Audience.UNITS, units=(c.nhon_my,)),
        source=Source(said_by="Chủ tịch", said_on=TODAY), by=None,
        asks=(Wanted("Báo cáo", DUE, Ask.Evidence.ANSWER),),
    )  # fmt: skip
    issue = lambda: actions.issue_directive(directive=directive, by=None)  # noqa: E731
    assert actions.NotADraft in at_once(issue, issue)
    row = Obligation.objects.get()

    def acknowledge(by):
        return lambda: actions.acknowledge(obligations=[row], by=by)

    taken = at_once(acknowledge(c.lan), acknowledge(c.hung))
    assert sorted(map(len, taken)) == [0, 1]
    assert Entry.objects.filter(event="obligation.acknowledged").count() == 1

    def answer(by, text):
        return lambda: actions.send_answer(obligation=row, text=text, by=by)

    sent = at_once(answer(c.lan, "Một"), answer(c.hung, "Hai"))
    assert actions.AnswerWaits in sent
    waiting = Answer.objects.get()

    def accept(by):
        return lambda: actions.accept_answer(answer=waiting, by=by)

    assert actions.AlreadyChecked in at_once(accept(c.minh), accept(c.phuc))
    row.refresh_from_db()
    assert row.status == "done"
