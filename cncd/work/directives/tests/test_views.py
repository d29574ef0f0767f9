"""The pages: written, issued, acknowledged, answered and checked in the browser; who sees what."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cncd.foundation.documents.actions import add_document
from cncd.foundation.files.tests.pictures import pdf
from cncd.work.directives import actions
from cncd.work.directives.actions import To
from cncd.work.directives.models import Directive
from cncd.work.directives.tests.conftest import of
from tests.cast import TODAY
from tests.forms import fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(page_client):
    """Every page opened here is examined as well."""
    return page_client


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def written(**changes) -> dict:
    usual = {
        "title": "Chỉ đạo thành lập Tổ",
        "said_by": "Chủ tịch UBND huyện",
        "said_on": "20/11/2026",
        "audience": "level",
        "clause": "IV.3",
    }
    return usual | changes


def asked(**changes) -> dict:
    usual = {"text": "Ban hành Quyết định thành lập Tổ", "due_on": "30/11/2026",
             "evidence": "answer", "measure": "records"}  # fmt: skip
    return usual | changes


def test_a_directive_is_written_previewed_and_issued(client, cast, programme):
    client.force_login(cast.minh)
    level = cast.levels["commune"].pk
    sent = client.post("/directives/new/", written(level=level), follow=True)
    assert "Việc cần làm" in text(sent)
    draft = Directive.objects.get()
    client.post(f"/directives/{draft.pk}/asks/new/", asked(evidence="teams"))
    preview = client.get(f"/directives/{draft.pk}/issue/")
    assert "Xã Nhơn Mỹ, Xã Xuân Hòa" in text(preview)
    client.post(f"/directives/{draft.pk}/issue/", {"edition": 2})
    draft.refresh_from_db()
    assert draft.state == "issued"
    assert draft.obligations.count() == 2


def test_of_two_who_open_a_draft_the_second_to_save_is_told(client, cast, programme):
    client.force_login(cast.minh)
    client.post("/directives/new/", written(level=cast.levels["commune"].pk))
    draft = Directive.objects.get()
    client.post(f"/directives/{draft.pk}/asks/new/", asked())
    ask = draft.asks.get()
    for address, name, row in (
        (f"/directives/{draft.pk}/change/", "title", draft),
        (f"/directives/{draft.pk}/asks/{ask.pk}/", "text", ask),
    ):
        opened = fields(client.get(address), address)
        assert client.post(address, opened | {name: "Của người lưu trước"}).status_code == 302
        late = client.post(address, opened | {name: "Của người lưu sau"})
        assert "đã sửa" in text(late) or "vừa sửa" in text(late)
        row.refresh_from_db()
        assert getattr(row, name) == "Của người lưu trước"


def test_wrong_entries_are_told_at_their_field(client, cast, programme):
    client.force_login(cast.minh)
    for changes, field in (
        ({"said_on": "", "said_by": "", "level": cast.levels["commune"].pk}, "said_on"),
        ({"audience": "level"}, "level"),
        ({"audience": "units"}, "units"),
        ({"audience": "branch"}, "branch"),
    ):
        page = client.post("/directives/new/", written(**changes))
        assert page.context["form"].errors.keys() == {field}, field
    assert not Directive.objects.exists()


def test_what_an_ask_lacks_is_told_at_its_field(client, cast, given):
    draft = given(by=cast.minh, draft=True)
    client.force_login(cast.minh)
    for changes, field in (
        ({"evidence": "activities"}, "amount"),
        ({"evidence": "report"}, "period"),
        ({"evidence": "activities", "amount": "3", "measure": "count"}, "content"),
        ({"due_on": "01/11/2026"}, "due_on"),
    ):
        page = client.post(f"/directives/{draft.pk}/asks/new/", asked(**changes))
        assert page.context["form"].errors.keys() == {field}, field
    ask = draft.asks.get()
    client.post(f"/directives/{draft.pk}/asks/{ask.pk}/", asked(text="Khác"))
    ask.refresh_from_db()
    assert ask.text == "Khác"
    client.post(f"/directives/{draft.pk}/asks/{ask.pk}/remove/")
    client.post(f"/directives/{draft.pk}/discard/")
    assert not Directive.objects.exists()


def test_documents_of_one_number_are_told_apart(client, cast, programme):
    for place in (cast.nhon_my, cast.xuan_hoa):
        add_document(kind="decision", number="263/QĐ-UBND", issued_on=TODAY, place=place,
                     issuer=f"Nơi {place.pk}", subject="Thành lập Tổ", by=None)  # fmt: skip
    client.force_login(cast.minh)
    page = text(client.get("/directives/new/"))
    assert f"Quyết định 263/QĐ-UBND, 22/11/2026, Nơi {cast.nhon_my.pk}: Thành lập Tổ" in page


def test_it_begins_from_a_documents_page(client, cast, programme):
    paper = add_document(kind="dispatch", number="12/UBND-VX", issued_on=TODAY, place=cast.ke_sach,
                         issuer="UBND huyện Kế Sách", by=None)  # fmt: skip
    client.force_login(cast.minh)
    link = f"/directives/new/?document={paper.pk}"
    assert link in client.get(f"/documents/{paper.pk}/").content.decode()
    assert client.get(link).context["form"].initial["document"] == paper.pk
    page = client.post(link, written(document=paper.pk, said_by="", said_on="",
                                     level=cast.levels["commune"].pk))  # fmt: skip
    assert page.status_code == 302
    assert Directive.objects.get().document == paper
    assert "Chỉ đạo thành lập Tổ" in text(client.get(f"/documents/{paper.pk}/"))


def test_a_commune_takes_it_on_answers_and_is_checked(client, cast, given):
    directive = given(by=cast.minh)
    row = of(directive, cast.nhon_my)
    client.force_login(cast.lan)
    client.post(f"/obligations/{row.pk}/acknowledge/")
    client.post(f"/obligations/{row.pk}/answer/", {"text": "Đã làm xong", "file": pdf()})
    answer = row.answers.get()
    assert answer.files.count() == 1
    client.force_login(cast.minh)
    page = client.get(f"/obligations/{row.pk}/")
    assert "Đã làm xong" in text(page)
    assert "Trần Văn Hùng" in text(page)
    client.post(f"/obligations/{row.pk}/answers/{answer.pk}/return/", {"note": "Thiếu danh sách"})
    client.force_login(cast.lan)
    assert "Thiếu danh sách" in text(client.get(f"/obligations/{row.pk}/"))
    client.post(f"/obligations/{row.pk}/answer/", {"text": "Đủ rồi"})
    client.force_login(cast.minh)
    again = row.answers.get(state="sent")
    client.post(f"/obligations/{row.pk}/answers/{again.pk}/accept/")
    row.refresh_from_db()
    assert row.status == "done"


@pytest.mark.parametrize(
    ("who", "status"),
    [("minh", 200), ("phuc", 200), ("ha", 200), ("lan", 200), ("tu", 200), ("cuong", 200),
     ("son", 404), ("outsider", 404), ("sa", 404), ("viettel", 404)],
)  # fmt: skip
def test_who_sees_it(client, cast, given, who, status):
    directive = given(by=cast.minh, of_teams=True)
    client.force_login(getattr(cast, who))
    assert client.get(f"/directives/{directive.pk}/").status_code == status
    assert client.get(f"/obligations/{of(directive, cast.team).pk}/").status_code == status


def test_a_commune_sees_its_own_part_only(client, cast, given):
    directive = given(by=cast.minh, of_teams=True)
    client.force_login(cast.dung)  # Xuân Hòa
    assert client.get(f"/obligations/{of(directive, cast.nhon_my).pk}/").status_code == 404
    page = text(client.get(f"/directives/{directive.pk}/obligations/"))
    assert "Xã Xuân Hòa" in page
    assert "Nhơn Mỹ" not in page


def test_a_draft_is_seen_by_its_writers_only(client, cast, given):
    draft = given(by=cast.minh, draft=True)
    for who, status in (("minh", 200), ("phuc", 200), ("ha", 404), ("lan", 404)):
        client.force_login(getattr(cast, who))
        assert client.get(f"/directives/{draft.pk}/").status_code == status


def test_others_cannot_direct_it(client, cast, given):
    directive = given(by=cast.minh)
    row = of(directive, cast.nhon_my)
    client.force_login(cast.ha)  # sees it from above
    for path in ("close/", "withdraw/", f"extend/?row={row.pk}", f"exempt/?row={row.pk}"):
        assert client.get(f"/directives/{directive.pk}/{path}").status_code == 403
    client.force_login(cast.lan)
    assert client.get(f"/directives/{directive.pk}/close/").status_code == 403


def test_several_get_more_time_or_are_exempt_from_the_list(client, cast, given):
    directive = given(by=cast.minh)
    client.force_login(cast.minh)
    rows = "&".join(f"row={row.pk}" for row in directive.obligations.all())
    page = client.get(f"/directives/{directive.pk}/extend/?{rows}")
    assert "Xã Nhơn Mỹ, Xã Xuân Hòa" in text(page)
    later = {"due_on": "15/12/2026", "reason": "Mưa bão"}
    client.post(f"/directives/{directive.pk}/extend/?{rows}", later)
    assert {row.due_on for row in directive.obligations.all()} == {dt.date(2026, 12, 15)}
    client.post(f"/directives/{directive.pk}/exempt/?{rows}", {"reason": "Không có hộ"})
    assert not directive.obligations.open().exists()
    one = directive.obligations.first()
    client.post(f"/directives/{directive.pk}/lift/?row={one.pk}")
    assert directive.obligations.open().get() == one


def test_coverage_counts_and_opens_what_is_behind(client, cast, given, clock):
    directive = given(place=cast.soc_trang, by=cast.ha, of_teams=True, level="commune")
    actions.acknowledge(obligations=[of(directive, cast.team)], by=cast.tu)
    clock.move_to(dt.datetime(2026, 12, 2, 9, tzinfo=dt.UTC))
    client.force_login(cast.ha)
    page = client.get(f"/directives/{directive.pk}/")
    [ke_sach, tran_de] = page.context["list"].source.source
    assert (ke_sach.given, ke_sach.acknowledged, ke_sach.overdue) == (4, 1, 4)
    assert (tran_de.given, tran_de.overdue) == (2, 2)
    deeper = client.get(f"/directives/{directive.pk}/?at={cast.ke_sach.pk}")
    assert [row.given for row in deeper.context["list"].source.source] == [3, 1]
    behind = client.get(
        f"/directives/{directive.pk}/obligations/?at={cast.nhon_my.pk}&state=overdue"
    )
    assert behind.context["list"].page.paginator.count == 3
    sheet = client.get(f"/directives/{directive.pk}/obligations/?export=xlsx")
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")


def test_each_figure_of_the_coverage_opens_just_as_many_rows(client, cast, given, logged):
    directive = given(by=cast.minh, of_teams=True, evidence="activities", amount=2)
    actions.acknowledge(obligations=[of(directive, cast.team)], by=cast.tu)
    logged()
    client.force_login(cast.minh)
    page = client.get(f"/directives/{directive.pk}/").content.decode()
    found = re.findall(r'<a href="(/directives/\d+/obligations/\?at=[^"]*)">(\d+)</a>', page)
    assert {count for _address, count in found} > {"0", "1"}
    for address, count in found:
        opened = client.get(address.replace("&amp;", "&")).context["list"]
        assert opened.page.paginator.count == int(count), address


def test_a_history_leads_only_to_rows_the_reader_may_open(client, cast, given):
    row = of(given(by=cast.minh, of_teams=True), cast.nhon_my)
    for who, opens in ((cast.minh, True), (cast.lan, False)):
        client.force_login(who)
        found = re.search(r"/journal/\d+/", client.get(f"/obligations/{row.pk}/").content.decode())
        assert bool(found) == opens
        assert not found or client.get(found[0]).status_code == 200


def test_the_one_answer_that_waits_is_opened_from_the_inbox_itself(client, cast, given):
    row = of(given(by=cast.minh, needs_file=True), cast.nhon_my)
    client.force_login(cast.lan)
    page = text(client.get(f"/obligations/{row.pk}/answer/"))
    assert "Việc này cần ảnh hoặc tệp kèm theo" in page
    actions.send_answer(obligation=row, text="Xong", files=(pdf(),), by=cast.lan)
    client.force_login(cast.minh)
    assert f'href="/obligations/{row.pk}/"' in client.get("/desk/inbox/").content.decode()
    second = of(given(by=cast.minh), cast.nhon_my)
    actions.send_answer(obligation=second, text="Xong", by=cast.lan)
    assert 'href="/directives/?answers=waiting"' in client.get("/desk/inbox/").content.decode()


def test_the_list_tells_ours_from_what_is_asked_of_us(client, cast, given):
    given(by=cast.minh, title="Của huyện")
    given(place=cast.nhon_my, to=To(Directive.Audience.TEAMS), by=cast.lan, title="Của xã")
    client.force_login(cast.lan)
    ours = text(client.get("/directives/?side=ours"))
    assert "Của xã" in ours
    assert "Của huyện" not in ours
    of_us = text(client.get("/directives/?side=asked"))
    assert "Của huyện" in of_us
    assert "Của xã" not in of_us


def test_ending_and_taking_it_back(client, cast, given):
    directive = given(by=cast.minh)
    client.force_login(cast.minh)
    page = client.post(f"/directives/{directive.pk}/withdraw/", {"reason": "Ban hành nhầm"},
                       follow=True)  # fmt: skip
    assert "Ban hành nhầm" in text(page)
    client.post(f"/directives/{directive.pk}/reopen/")
    directive.refresh_from_db()
    assert directive.is_in_force


def test_how_many_questions_the_pages_ask(client, cast, given):
    directive = given(by=cast.minh, of_teams=True)
    for _each in range(3):
        given(by=cast.minh)
    client.force_login(cast.minh)
    for path, most in (
        ("/directives/", 30),
        (f"/directives/{directive.pk}/", 40),
        (f"/directives/{directive.pk}/obligations/", 40),
        (f"/obligations/{of(directive, cast.nhon_my).pk}/", 60),
    ):
        client.get(path)
        with CaptureQueriesContext(connection) as asked_of_database:
            client.get(path)
        assert len(asked_of_database) <= most, (path, len(asked_of_database))
