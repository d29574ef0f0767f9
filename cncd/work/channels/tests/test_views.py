"""The pages of groups: what each role finds, and what happens when a button is pressed."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cncd.work.channels import actions
from cncd.work.channels.models import Channel, NameRule, RequiredMember
from cncd.work.channels.tests.conftest import OPENED, RIGHT_COMMUNE, RIGHT_TEAM, TODAY


def at(name, *args, **query):
    from urllib.parse import urlencode

    address = reverse(f"channels:{name}", args=args)
    return f"{address}?{urlencode(query)}" if query else address


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_list_shows_groups_and_units_without_one(c, team_group, page_client):
    page = text(page_client.as_(c.lan).get(at("list")))
    assert RIGHT_TEAM in page
    assert "Xã Nhơn Mỹ" in page
    assert RIGHT_COMMUNE in page  # the name to take
    only = text(page_client.as_(c.lan).get(at("list", state="none")))
    assert RIGHT_TEAM not in only
    found = text(page_client.as_(c.lan).get(at("list", q="my phuoc")))
    assert RIGHT_TEAM in found


def test_the_list_filters_by_finding_and_goes_to_excel(c, team_group, page_client):
    actions.change_channel(
        channel=team_group, by=c.tu, version=1, name="CNCD_Mỹ Phước_Nhơn Mỹ_Kế Sách"
    )
    client = page_client.as_(c.minh)
    assert "CNCD_Mỹ Phước" in text(client.get(at("list", finding="diacritics")))
    assert "CNCD_Mỹ Phước" not in text(client.get(at("list", finding="order")))
    answer = client.get(at("list", export="xlsx"))
    sheet = load_workbook(
        io.BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    ).active
    assert any("CNCD_Mỹ Phước_Nhơn Mỹ_Kế Sách" in str(cell.value) for row in sheet for cell in row)


@pytest.mark.parametrize(
    ("who", "sees"),
    [("lan", True), ("tu", True), ("cuong", True), ("minh", True), ("ha", True), ("xem", True),
     ("doan", True), ("dung", False), ("son", False), ("liem", False), ("outsider", False)],
)  # fmt: skip
def test_who_sees_a_team_s_group(c, team_group, client, who, sees):
    client.force_login(getattr(c, who))
    answer = client.get(at("channel", team_group.pk))
    assert answer.status_code == (200 if sees else 404)
    assert (RIGHT_TEAM in client.get(at("list")).content.decode()) is sees


def test_members_see_the_group_of_their_commune_but_not_who_must_be_in_it(c, commune_group, client):
    client.force_login(c.cuong)
    page = text(client.get(at("channel", commune_group.pk)))
    assert RIGHT_COMMUNE in page
    assert "Trần Văn Hùng" not in page
    client.force_login(c.sa)  # of a team elsewhere
    assert client.get(at("channel", commune_group.pk)).status_code == 404


@pytest.mark.parametrize("name", ["edit", "close", "withdraw"])
def test_who_may_not_change_a_group_finds_no_page_for_it(c, commune_group, client, name):
    for who, status in (("lan", 200), ("minh", 200), ("hung", 403), ("tu", 404), ("dung", 404)):
        client.force_login(getattr(c, who))
        assert client.get(at(name, commune_group.pk)).status_code == status, who


def test_each_finding_is_told_with_the_name_to_take(c, commune_group, page_client):
    actions.change_channel(
        channel=commune_group, by=c.lan, version=1, name="CNCĐ - Xã Nhơn Mỹ - Kế Sách"
    )
    page = text(page_client.as_(c.lan).get(at("channel", commune_group.pk)))
    assert f"readonly>{RIGHT_COMMUNE}</textarea>" in page
    assert "Sai dấu nối" in page
    assert "Thừa loại đơn vị" in page


def entered(client, c, **words):
    said = {"name": RIGHT_COMMUNE, "platform": c.zalo.pk, "opened_on": "01/03/2026"}
    return client.post(at("new", place=c.nhon_my.pk), said | words)


def test_a_group_is_entered_put_right_and_taken_out(c, page_client):
    client = page_client.as_(c.lan)
    assert "Tên nhóm" in text(client.get(at("new", place=c.nhon_my.pk)))
    answer = entered(client, c, name=f" {RIGHT_COMMUNE}", agency=c.ubnd_nhon_my.pk)
    found = Channel.objects.get()
    assert answer.url == at("channel", found.pk)
    assert found.name == f" {RIGHT_COMMUNE}"
    sent = {"name": RIGHT_COMMUNE, "platform": c.zalo.pk, "opened_on": "01/03/2026", "version": 1}
    client.post(at("edit", found.pk), sent | {"is_common": "on", "member_count": "1.234"})
    found.refresh_from_db()
    assert (found.name, found.member_count) == (RIGHT_COMMUNE, 1234)
    stale = client.post(at("edit", found.pk), sent | {"member_count": "7"})
    assert "Hai bản" in text(stale)
    client.post(at("withdraw", found.pk), {"reason": "nhầm"})
    found.refresh_from_db()
    assert found.withdrawn_at
    client.post(at("restore", found.pk))
    client.post(at("close", found.pk), {"on": "20/11/2026"})
    found.refresh_from_db()
    assert found.closed_on
    assert "mở lại" in text(client.get(at("channel", found.pk))).lower()


def test_what_is_refused_stands_at_its_field(c, page_client):
    page = text(entered(page_client.as_(c.lan), c, link="https://zalo.me/0912345678"))
    assert "https://zalo.me/g/abcdef123" in page
    assert Channel.objects.count() == 0


def test_the_rename_list_gives_one_text_to_send(c, team_group, page_client):
    actions.change_channel(
        channel=team_group, by=c.tu, version=1, name="CNCD-Mỹ Phước-Nhơn Mỹ-Kế Sách"
    )
    page = text(page_client.as_(c.lan).get(at("rename")))
    assert f"→ {RIGHT_TEAM}" in page
    assert "thiếu dấu" in page.lower()
    actions.change_channel(channel=team_group, by=c.tu, version=2, name=RIGHT_TEAM)
    assert RIGHT_TEAM not in text(page_client.as_(c.lan).get(at("rename")))


def test_the_code_of_the_link_is_printed_in_two_sizes(c, commune_group, team_group, page_client):
    client = page_client.as_(c.tu)
    for size in ("a4", "a6"):
        page = text(client.get(at("print", commune_group.pk, size=size)))
        assert f"poster-{size}" in page
        assert 'class="qr"' in page
    assert client.get(at("print", team_group.pk)).status_code == 404  # no link yet


def test_ticking_members_makes_the_page_and_the_register_the_same(c, commune_group, page_client):
    client = page_client.as_(c.lan)
    kind = RequiredMember.objects.get(code="leader-commune")
    box = f"{kind.pk}:{c.hung.person.postings.get().pk}"
    assert "Trần Văn Hùng" in text(client.get(at("channel", commune_group.pk)))
    client.post(at("tick", commune_group.pk), {"present": [box]})
    assert commune_group.presences.count() == 1
    page = text(client.get(at("channel", commune_group.pk)))
    assert "1 trong 5" in page
    client.post(at("tick", commune_group.pk), {})
    assert commune_group.presences.count() == 0


def test_rules_are_previewed_before_they_are_saved(c, page_client):
    client = page_client.as_(c.ha)
    assert "CNCĐ_Nhơn Mỹ_Kế Sách" in text(client.get(at("rules")))
    sent = {"patterns": "CNCĐ_{commune}_{province}", "since_on": "01/01/2027"}
    page = text(client.post(at("level_rules", "commune"), sent | {"preview": "1"}))
    assert "CNCĐ_Nhơn Mỹ_Sóc Trăng" in page
    assert NameRule.objects.count() == 5
    wrong = text(client.post(at("level_rules", "commune"), sent | {"patterns": "CNCĐ_{xom}"}))
    assert "{xom}" in wrong
    assert client.post(at("level_rules", "commune"), sent).status_code == 302
    assert NameRule.objects.count() == 6
    assert client.get(at("rules")).status_code == 200


def test_a_kind_of_member_is_changed_on_its_page(c, page_client):
    client = page_client.as_(c.ha)
    assert "Lãnh đạo UBND cấp xã" in text(client.get(at("required", "leader-commune")))
    role, level = c.roles["union_commune"], c.levels["commune"]
    sent = {"name": "Bí thư Đoàn xã", "roles": [role.pk], "at": [level.pk]}
    sent |= {"since_on": "01/11/2026", "order": "60"}
    assert client.post(at("add_required"), sent).status_code == 302
    assert RequiredMember.objects.get(code="bi-thu-doan-xa").fits["roles"] == ["union_commune"]


def paste(client, c, *rows):
    lines = ["Đơn vị\tThuộc\tTên nhóm\tNền tảng\tĐường dẫn\tSố thành viên", *rows]
    answer = client.post(at("import"), {"pasted": "\n".join(lines)})
    return client.get(answer.url), answer.url


def confirmed(client, page, address):
    digest = page.content.decode().split('name="digest" value="')[1].split('"')[0]
    return client.post(address, {"digest": digest, "confirm": "1"})


def test_groups_pasted_from_a_list_are_written_and_updated_the_second_time(c, page_client):
    client = page_client.as_(c.lan)
    rows = (
        f"Xã Nhơn Mỹ\t\t{RIGHT_COMMUNE}\tZalo\tzalo.me/g/nhonmy\t45",
        "ấp mỹ phước\t\tCNCD_Mỹ Phước_Nhơn Mỹ_Kế Sách\t\t\t112",
    )
    page, address = paste(client, c, *rows)
    assert "Thiếu dấu tiếng Việt" in text(page)
    assert confirmed(client, page, address).status_code == 302
    assert Channel.objects.get(team=c.team).member_count == 112
    again, address = paste(client, c, rows[0], f"31552.001\t\t{RIGHT_TEAM}\t\t\t113")
    confirmed(client, again, address)
    assert Channel.objects.count() == 2
    assert Channel.objects.get(team=c.team).name == RIGHT_TEAM
    same, _address = paste(client, c, rows[0], f"31552.001\t\t{RIGHT_TEAM}\t\t\t113")
    assert "không có gì cần ghi" in text(same)


def test_rows_that_cannot_be_are_told_one_by_one(c, page_client):
    client = page_client.as_(c.minh)
    page, _address = paste(
        client,
        c,
        "Ấp Không Có\t\tx\t\t\t",
        "Xã Nhơn Mỹ\t\ty\tZing\t\t",
        "Mỹ Phước\tXuân Hòa\tz\t\t\t",
    )
    said = text(page)
    assert "Không có đơn vị hay Tổ nào" in said
    assert "“Zing”" in said
    assert Channel.objects.count() == 0


def test_the_template_of_the_file_downloads(c, page_client):
    answer = page_client.as_(c.lan).get(at("import", template="1"))
    assert "spreadsheet" in answer["Content-Type"]


# -- on the phone ---------------------------------------------------------------------------------


def test_a_leader_enters_the_group_and_puts_its_name_right(c, commune_group, page_client):
    client = page_client.as_(c.tu)
    page = text(client.get(at("mine")))
    assert RIGHT_TEAM in page  # what it should be called
    assert RIGHT_COMMUNE in page  # the group above, to join
    text(client.get(at("mine_new")))
    sent = {"name": "CNCD_Mỹ Phước_Nhơn Mỹ_Kế Sách", "platform": c.zalo.pk}
    assert client.post(at("mine_new"), sent).url == at("mine")
    found = Channel.objects.get(team=c.team)
    assert found.opened_on == TODAY
    assert "Thiếu dấu tiếng Việt" in text(client.get(at("mine")))
    change = sent | {"name": RIGHT_TEAM, "version": 1, "opened_on": "22/11/2026"}
    assert client.post(at("mine_edit", found.pk), change).url == at("mine")
    assert "Tên nhóm đúng quy chuẩn" in text(client.get(at("mine")))


def test_a_member_sees_the_team_s_group_and_changes_nothing(c, team_group, page_client):
    client = page_client.as_(c.cuong)
    assert RIGHT_TEAM in text(client.get(at("mine")))
    assert client.get(at("mine_new")).status_code == 403
    assert client.get(at("mine_edit", team_group.pk)).status_code == 403


def test_the_pages_ask_as_often_for_many_groups(
    c, commune_group, client, django_assert_max_num_queries
):
    for n in range(15):
        actions.register_channel(
            place=c.my_phuoc, team=c.team, platform=c.zalo, name=f"Nhóm {n}", opened_on=OPENED,
            by=None,
        )  # fmt: skip
    client.force_login(c.lan)
    client.get(at("list"))
    with django_assert_max_num_queries(60):
        client.get(at("list"))
    with django_assert_max_num_queries(60):
        client.get(at("channel", commune_group.pk))
