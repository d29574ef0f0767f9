"""IV.3: the district has communes decide on teams; it is done when the decision is recorded, and
open again when the team of it is dissolved. Over HTTP, from the first word to the last.
"""

import datetime as dt

import pytest
import time_machine

from cncd.foundation.documents.actions import add_document
from cncd.team.teams.actions import dissolve_team, form_team
from cncd.team.teams.lines import MemberLine
from cncd.work.directives.models import Directive, Obligation
from tests.cast import TODAY, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(dt.datetime(2026, 11, 22, 2, tzinfo=dt.UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def given(page_client, cast, programme):
    """The district officer writes, looks who gets it, and issues."""
    client = page_client
    client.force_login(cast.minh)
    client.post(
        "/directives/new/",
        {
            "title": "Chỉ đạo UBND cấp xã ban hành Quyết định thành lập Tổ",
            "clause": "IV.3",
            "said_by": "Chủ tịch UBND huyện",
            "said_on": "20/11/2026",
            "audience": "level",
            "level": cast.levels["commune"].pk,
        },
    )
    draft = Directive.objects.get()
    wanted = {"text": "Ban hành Quyết định", "due_on": "30/11/2026", "evidence": "teams"}
    client.post(f"/directives/{draft.pk}/asks/new/", wanted | {"measure": "records"})
    page = client.get(f"/directives/{draft.pk}/issue/")
    assert "Xã Nhơn Mỹ, Xã Xuân Hòa" in page.content.decode()
    edition = page.context["form"].initial["edition"]
    client.post(f"/directives/{draft.pk}/issue/", {"edition": edition})
    return client, draft


def decision(cast, number):
    return add_document(kind="decision", number=number, issued_on=TODAY, place=cast.xuan_hoa,
                        issuer="UBND xã Xuân Hòa", by=cast.dung)  # fmt: skip


def state(client, row) -> str:
    """What the commune reads on its page."""
    page = client.get(f"/obligations/{row.pk}/")
    return page.context["page"].line.words


def test_done_when_the_decision_is_recorded_and_open_when_it_is_undone(cast, given, clock):
    client, directive = given
    row = Obligation.objects.get(directive=directive, place=cast.xuan_hoa)
    client.force_login(cast.dung)
    client.post(f"/obligations/{row.pk}/acknowledge/")
    assert state(client, row) == "Đã nhận việc"
    assert client.post(f"/obligations/{row.pk}/answer/", {"text": "Xong rồi"}).status_code == 200
    assert state(client, row) == "Đã nhận việc"  # words do not tick it off

    leader = person("Thạch Văn Út", "ut", home=cast.hoa_loc)
    team = form_team(
        places=[cast.hoa_loc], decision=decision(cast, "15/QĐ-UBND"), since_on=TODAY,
        members=[MemberLine(leader, "leader", hamlet_post="head")], by=cast.dung,
    )  # fmt: skip
    assert state(client, row) == "Xong đúng hạn"
    assert "15/QĐ-UBND" in client.get(f"/obligations/{row.pk}/").content.decode()
    client.force_login(cast.minh)
    rows = {line.name: line for line in _coverage(client, directive)}
    assert (rows["Xã Xuân Hòa"].in_time, rows["Xã Nhơn Mỹ"].in_time) == (1, 1)

    clock.move_to(dt.datetime(2026, 12, 2, 2, tzinfo=dt.UTC))
    dissolve_team(team=team, decision=decision(cast, "16/QĐ-UBND"), on=dt.date(2026, 12, 2),
                  by=cast.dung)  # fmt: skip
    assert state(client, row) == "Quá hạn"
    assert {line.name: line.overdue for line in _coverage(client, directive)} == {
        "Xã Nhơn Mỹ": 0,
        "Xã Xuân Hòa": 1,
    }


def _coverage(client, directive):
    return client.get(f"/directives/{directive.pk}/").context["list"].source.source
