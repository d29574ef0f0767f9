"""A commune officer mends everything found about the commune's common group, until TC14 counts."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from cncd.foundation.people.actions import create_agency, end_posting, post_person
from cncd.foundation.people.models import Branch
from cncd.results.reports.queries import place_lines
from cncd.team.programme.models import Platform
from cncd.work.channels.actions import register_channel
from cncd.work.channels.models import Channel
from cncd.work.channels.queries import standings
from tests.cast import BEGINNING, person
from tests.forms import fields

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def c(cast, counted):
    """The group under a name with four faults, a second group beside it, all posts filled."""
    cast.period = counted
    for branch, where, role, who, is_firm in (
        ("culture", cast.ke_sach, "district_officer", "Huỳnh Văn Hóa", False),
        ("telecom", cast.soc_trang, "enterprise", "Bùi Kỹ Thuật", True),
    ):
        agency = create_agency(
            name=f"Cơ quan {branch}", branch=Branch.objects.get(code=branch), place=where,
            since_on=BEGINNING, by=None, is_enterprise=is_firm,
        )  # fmt: skip
        post_person(
            person=person(who), role=role, place=where, since_on=BEGINNING, agency=agency, by=None
        )
    group = {"place": cast.nhon_my, "platform": Platform.objects.get(code="zalo")}
    group |= {"opened_on": dt.date(2026, 3, 1), "by": cast.lan}
    cast.group = register_channel(name=" СNCD - Xã Nhơn Mỹ - Kế Sách", **group)
    cast.other = register_channel(name="Xã Nhơn Mỹ 2022", **group)
    return cast


def found(c) -> set[str]:
    row = standings([Channel.objects.listed().get(pk=c.group.pk)], TODAY)[0]
    return {finding.code for finding in row.findings}


def tc14(c):
    lines = place_lines([c.nhon_my], "commune", c.period)[c.nhon_my.pk]
    return next(line for line in lines if line.code == "TC14.num").counted.value


def test_all_findings_are_mended_and_tc14_counts(c, page_client):
    desk = page_client.as_(c.lan)
    assert found(c) == {
        "lookalike", "spaces", "diacritics", "type_extra", "separator", "two_groups",
        "member_missing",
    }  # fmt: skip
    assert tc14(c) == 0

    # The inbox leads to the list, the list to the group.
    inbox = desk.get(reverse("desk:inbox")).content.decode()
    address = re.search(r'href="(/channels/\?state=fault[^"]*)"', inbox)[1]
    page = reverse("channels:channel", args=[c.group.pk])
    assert page in desk.get(address).content.decode()

    # The name to take is copied into Zalo, then put into the register.
    taken = re.search(r'<textarea[^>]*id="take-[^>]*>([^<]+)<', desk.get(page).content.decode())[1]
    form = reverse("channels:edit", args=[c.group.pk])
    sent = {name: values[0] for name, values in fields(desk.get(form), form).items() if values}
    assert desk.post(form, sent | {"name": taken}).status_code == 302
    assert found(c) == {"two_groups", "member_missing"}

    # The old group is closed.
    desk.post(reverse("channels:close", args=[c.other.pk]), {"on": "22/11/2026"})
    assert found(c) == {"member_missing"}

    # Everybody the plan names is in the group.
    boxes = re.findall(r'name="present"[^>]*value="([^"]+)"', desk.get(page).content.decode())
    desk.post(reverse("channels:tick", args=[c.group.pk]), {"present": boxes})
    assert found(c) == set()
    assert tc14(c) == 1
    assert "Tên nhóm đúng quy chuẩn" in desk.get(page).content.decode()
    assert page not in desk.get(address).content.decode()


def test_who_leaves_office_is_found_again(c, page_client):
    desk = page_client.as_(c.lan)
    page = reverse("channels:channel", args=[c.group.pk])
    boxes = re.findall(r'name="present"[^>]*value="([^"]+)"', desk.get(page).content.decode())
    desk.post(reverse("channels:tick", args=[c.group.pk]), {"present": boxes})
    assert tc14(c) == 1
    end_posting(posting=c.hung.person.postings.get(), until_on=TODAY, by=None)
    assert {"member_ended", "member_missing"} <= found(c)
    assert tc14(c) == 0
    left = re.search(r'action="([^"]+/clear/)"', desk.get(page).content.decode())[1]
    desk.post(left)
    assert "member_ended" not in found(c)
