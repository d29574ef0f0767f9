"""What a district asks comes down to a team's phone, is reminded of, done, checked, and counts."""

import datetime as dt
import json
import re
import uuid
from urllib.parse import urlencode

import time_machine
from django.urls import reverse

from cncd.faces.notices.jobs import tell_of
from cncd.faces.notices.models import Notice
from cncd.foundation.journal.models import Entry
from cncd.results.reports.queries import team_lines
from cncd.work.directives.models import Directive, Obligation
from tests.forms import fields

DUE = "30/11/2026"


def plain(page) -> str:
    return " ".join(page.content.decode().split())


def sent(page, address: str, **said) -> dict:
    found = {name: values for name, values in fields(page, address).items() if values != [""]}
    return found | said


def written(desk, c) -> Directive:
    """The district writes it down, adds what is to be done, and issues it."""
    new = reverse("directives:new")
    answer = desk.post(new, sent(
        desk.get(new), new, title="Rà soát nhóm Zalo", said_by="Chủ tịch UBND huyện",
        said_on="20/11/2026", audience="units", units="31552",
    ))  # fmt: skip
    ask = answer["Location"]
    assert desk.post(ask, sent(
        desk.get(ask), ask, text="Lập nhóm Zalo của ấp, gửi ảnh nhóm", due_on=DUE,
        evidence="answer", of_teams="on", measure="records",
    )).status_code == 302  # fmt: skip
    found = Directive.objects.get()
    issue = reverse("directives:issue", args=[found.pk])
    assert desk.post(issue, sent(desk.get(issue), issue)).status_code == 302
    found.refresh_from_db()
    assert found.state == "issued"
    return found


def tc18(team, period) -> tuple:
    lines = {line.code: line for line in team_lines([team], period)[team.pk]}
    return lines["TC18.num"].counted.value, lines["TC18.den"].counted.value


def reminded(desk, c, mine: Obligation) -> None:
    """The commune finds it in its inbox, and reminds the team that has not taken it on."""
    assert "Lập nhóm Zalo của ấp" in plain(desk.get(reverse("desk:inbox")))
    listed = plain(desk.get(reverse("directives:reminding") + "?state=new"))
    assert "Tổ CNCĐ ấp Mỹ Phước" in listed
    write = reverse("directives:remind")
    page = desk.get(f"{write}?row={mine.pk}")
    text = re.search(r'<textarea[^>]*id="text-1"[^>]*>([^<]+)<', page.content.decode())[1]
    assert "hạn 30/11" in text
    assert len(text.splitlines()) <= 20
    assert desk.post(write, sent(page, write, how="zalo")).status_code == 302
    tell_of.call(Entry.objects.get(event="obligation.reminded").pk)
    assert Notice.objects.filter(user=c.tu, kind="obligation.reminded").exists()


def test_it_comes_down_is_done_and_counts(cast, counted, page_client):
    c = cast
    found = written(page_client.as_(c.minh), c)
    mine = Obligation.objects.get(directive=found, team=c.team)
    assert tc18(c.team, counted) == (0, 1)
    reminded(page_client.as_(c.lan), c, mine)

    # Its leader finds it at home on the phone; without a network it goes through the outbox.
    phone = page_client.as_(c.tu)
    address = reverse("phone:obligation", args=[mine.pk])
    assert f'href="{address}"' in plain(phone.get("/m/"))
    form = plain(phone.get(address))
    about = re.search(r'data-about="([^"]+)"', form)[1].replace("&quot;", '"')
    made = dt.datetime.now(dt.UTC) - dt.timedelta(hours=2)
    now = dt.datetime.now(dt.UTC) + dt.timedelta(days=9)  # nine days later, after the due day
    with time_machine.travel(now, tick=False):
        phone = page_client.as_(c.tu)
        for kind, said in (("acknowledge", {}), ("answer", {"text": "Đã lập, 42 người"})):
            envelope = {
                "id": str(uuid.uuid4()), "kind": f"obligation.{kind}", "about": about,
                "content": urlencode(said), "made_at": round(made.timestamp() * 1000),
                "sent_at": round(now.timestamp() * 1000),
            }  # fmt: skip
            answer = phone.post("/envelopes/", envelope, headers={"X-Outbox": "1"}).json()
            assert answer["state"] == "recorded", json.dumps(answer, ensure_ascii=False)

        # The commune checks it: in time, by the moment it was made.
        desk = page_client.as_(c.lan)
        page = desk.get(reverse("directives:obligation", args=[mine.pk]))
        assert "Đã lập, 42 người" in plain(page)
        accept = reverse("directives:accept", args=[mine.pk, mine.answers.get().pk])
        assert desk.post(accept).status_code == 302
        mine.refresh_from_db()
        assert (mine.status, mine.is_late) == ("done", False)
        assert tc18(c.team, counted) == (1, 1)

        # Above, the reminder and the state stand on the directive's page.
        page = plain(page_client.as_(c.minh).get(found.get_absolute_url()))
        assert "Các lần đôn đốc" in page
        assert "Qua Zalo" in page
