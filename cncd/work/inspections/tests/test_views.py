"""The pages of inspections, as each person sees them; what waits, and who hears of it."""

import datetime as dt

import pytest

from cncd.foundation.people.coordination import guides_at
from cncd.work.inspections import actions, news, queries
from cncd.work.inspections.models import Finding, Inspection
from cncd.work.inspections.tests.conftest import DAY, concluded, planned
from tests.cast import TODAY

pytestmark = pytest.mark.usefixtures("checklists")


def test_the_commune_plans_looks_and_concludes_and_the_team_answers(page_client, cast):
    lan = page_client.as_(cast.lan)
    page = lan.get("/inspections/plan/")
    assert "Tổ CNCĐ ấp Mỹ Phước" in page.text
    sent = {
        "inspecting": cast.nhon_my.pk,
        "planned_on": "22/11/2026",
        "leader": cast.lan.person_id,
        "party": "Nguyễn Văn A, công chức văn hóa",
        "teams": [cast.team.pk],
    }
    lan.post("/inspections/plan/", sent)
    row = Inspection.objects.get()
    page_of = f"/inspections/{row.pk}/"
    lan.get(f"{page_of}open/")
    lan.post(f"{page_of}open/", {"x": 1})
    lan.get(f"{page_of}look/")
    row.refresh_from_db()
    answers = {f"result-{each.pk}": "met" for each in row.findings.all()}
    lan.post(f"{page_of}look/", {"version": row.version, **answers})
    first = row.findings.first()
    lan.get(f"/inspections/findings/{first.pk}/note/")
    unmet = {"result": "unmet", "note": "Chưa cập nhật", "remedy": "Kiện toàn"}
    asked = {"answerable": cast.tu.person_id, "due_on": "02/12/2026"}
    lan.post(f"/inspections/findings/{first.pk}/note/", unmet | asked)
    row.refresh_from_db()
    lan.post(f"{page_of}close/", {"conclusion": "Cơ bản đạt", "version": row.version})
    row.refresh_from_db()
    assert row.state == "closed"
    tu = page_client.as_(cast.tu)
    assert "Kiện toàn" in tu.get(page_of).text
    finding_page = f"/inspections/findings/{first.pk}/"
    assert "Đã khắc phục thế nào" in tu.get(finding_page).text
    tu.post(f"{finding_page}answer/", {"note": "Đã kiện toàn"})
    assert "Đã xong" in lan.get(finding_page).text
    lan.post(f"{finding_page}judge/", {"verdict": "returned", "note": ""})
    assert not Finding.objects.get(pk=first.pk).settled_at
    lan.post(f"{finding_page}judge/", {"verdict": "confirmed"})
    assert Finding.objects.get(pk=first.pk).settled_at
    for address in ("/inspections/", "/inspections/findings/", "/inspections/checklists/", page_of):
        lan.get(address)


def test_the_button_beside_an_item_saves_everything_and_opens_the_finding(
    client, cast, team_inspection
):
    row = actions.open_inspection(inspection=team_inspection, by=cast.lan)
    first, second = row.findings.all()[:2]
    client.force_login(cast.lan)
    sent = {"version": row.version, f"result-{first.pk}": "met", "then": str(second.pk)}
    answer = client.post(f"/inspections/{row.pk}/look/", sent)
    assert answer.headers["Location"] == f"/inspections/findings/{second.pk}/note/"
    assert Finding.objects.get(pk=first.pk).result == "met"


def test_what_is_missing_stands_on_the_page(page_client, cast, team_inspection):
    lan = page_client.as_(cast.lan)
    row = actions.open_inspection(inspection=team_inspection, by=cast.lan)
    closing = {"conclusion": "Đạt", "version": row.version}
    page = lan.post(f"/inspections/{row.pk}/close/", closing)
    assert "Chưa xem:" in page.text
    page = lan.post("/inspections/plan/", {"inspecting": cast.nhon_my.pk})
    assert "Hãy chọn ít nhất một Tổ hoặc một đơn vị." in page.text


def test_others_do_not_see_it(client, cast, team_inspection):
    address = f"/inspections/{team_inspection.pk}/"
    for user, status in [
        (cast.sa, 404),
        (cast.dung, 404),
        (cast.outsider, 404),
        (cast.thuong, 403),
        (cast.cuong, 200),
        (cast.minh, 200),
    ]:
        client.force_login(user)
        assert client.get(address).status_code == status, user
    client.force_login(cast.minh)  # sees it, and does not inspect in the commune's name
    assert client.post(f"{address}open/", {"x": 1}).status_code == 403


def test_lists_take_as_many_queries_for_many_as_for_one(
    page_client, cast, django_assert_max_num_queries
):
    for n in range(6):
        concluded(planned(cast.team, cast.nhon_my, cast.lan, TODAY - n * DAY), cast.lan, 3)
    lan = page_client.as_(cast.lan)
    for address, most in (("/inspections/", 30), ("/inspections/findings/", 30)):
        with django_assert_max_num_queries(most):
            lan.get(address)


def test_what_waits_says_so_to_whom_it_waits_for(cast, finding, frozen):
    at = lambda user: [duty.key for duty in queries.dues(user, frozen_now())]  # noqa: E731
    assert at(cast.tu) == ["inspections to answer"]
    assert "inspections to answer" in at(cast.lan)  # the commune answers for its team too
    assert at(cast.sa) == at(cast.cuong) == []
    actions.answer_finding(finding=finding, note="Xong", by=cast.tu)
    assert at(cast.tu) == []
    assert "inspections to judge" in at(cast.lan)
    frozen.shift(12 * DAY)
    assert "inspections overdue" in at(cast.lan)


def test_a_planned_inspection_waits_for_those_who_carry_it_out(cast, frozen):
    row = planned(cast.nhon_my, cast.ke_sach, cast.minh, TODAY + 5 * DAY)
    later = planned(cast.xuan_hoa, cast.ke_sach, cast.minh, TODAY + 9 * DAY)
    keys = {duty.key for duty in queries.dues(cast.minh, frozen_now())}
    assert keys == {f"inspection {row.pk}"}
    frozen.shift(3 * DAY)
    keys = {duty.key for duty in queries.dues(cast.minh, frozen_now())}
    assert keys == {f"inspection {row.pk}", f"inspection {later.pk}"}


def test_over_a_whole_month_each_reminder_comes_on_its_day_and_late_ones_go_up(cast, frozen):
    """Due on 02/12: T-3, T-1, T to whoever answers; the morning after to the unit above."""
    row = concluded(planned(cast.nhon_my, cast.ke_sach, cast.minh), cast.minh)
    finding = row.findings.get(result="unmet")
    Finding.objects.filter(pk=finding.pk).update(answerable=cast.hung.person)
    told = {}
    for _day in range(40):
        for each in news.by_clock(frozen_now()):
            told.setdefault((each.user, each.kind, each.moment), frozen_now().date())
        frozen.shift(DAY)
    due = TODAY + 10 * DAY
    expected = {
        (cast.hung, news.DUE): [due - 3 * DAY, due - DAY, due],
        (cast.minh, news.LATE): [due + DAY],
    }
    found = {}
    for (user, kind, _moment), day in told.items():
        found.setdefault((user, kind), []).append(day)
    assert found == expected
    assert guides_at([cast.ke_sach.pk], news.CARRY_OUT, TODAY)[cast.ke_sach.pk] == [cast.minh]


def frozen_now():
    from django.utils import timezone

    return timezone.localtime().replace(hour=10)


def test_the_inspected_and_the_inspectors_hear_of_what_concerns_them(cast, finding):
    from cncd.foundation.journal.models import Entry

    said = actions.answer_finding(finding=finding, note="Xong", by=cast.tu)
    actions.judge_answer(settlement=said, confirmed=True, by=cast.lan)
    heard = {}
    for entry in Entry.objects.filter(event__in=news.EVENTS).order_by("at", "pk"):
        users = {each.user.login for each in news.of_entry(entry) if hasattr(each, "user")}
        heard[entry.event] = users
    assert heard == {
        "inspection.planned": {"tu", "nhan"},
        "inspection.closed": {"tu", "nhan"},
        "finding.answered": {"lan"},
        "finding.settled": {"tu", "nhan"},
    }


def test_the_photo_of_a_finding_opens_for_those_who_see_it(cast, finding):
    from cncd.foundation.files.models import StoredFile

    stored = StoredFile.objects.create(
        name="a.pdf", media_type="application/pdf", size=1, sha256="0", content="x",
        uploaded_at=dt.datetime.now(dt.UTC),
    )  # fmt: skip
    Finding.objects.filter(pk=finding.pk).update(file=stored)
    for user, sees in ((cast.tu, True), (cast.minh, True), (cast.sa, False), (cast.dung, False)):
        assert StoredFile.objects.visible_to(user).filter(pk=stored.pk).exists() == sees, user
