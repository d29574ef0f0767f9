"""Patterns, spellings and links, apart from what is found about a name."""

import pytest

from cncd.work.channels.rules import (
    BadPattern,
    Context,
    Naming,
    findings,
    link_fault,
    read_pattern,
    tidy_link,
)
from cncd.work.channels.rules.spelling import key, misses_marks
from cncd.work.channels.tests.trees import CONTEXT, unit_of


def codes(name, forms, context=CONTEXT) -> list[str]:
    return [each.code for each in findings(name, forms, context)]


def test_only_the_two_taught_placements_are_the_same():
    assert key("Hoà") == key("Hòa")
    assert key("Thuý") == key("Thúy")
    assert key("Hoàn") != key("Hòan")
    assert key("Huỳnh") != key("Hùynh")
    assert misses_marks("Hoa Tu", "Hòa Tú")
    assert misses_marks("Hoà Tu", "Hòa Tú")
    assert not misses_marks("Hóa Tú", "Hòa Tú")


LEVELS = ["province", "district", "commune", "hamlet"]


@pytest.mark.parametrize(
    "text",
    ["CNCĐ_", "CNCĐ_{commune}_{commune}", "CNCĐ_{commune}{district}", "CNCĐ__{commune}",
     "CNCĐ_ {commune}", "CNCĐ_{xom}", "CNCĐ_{district}", "CNCĐ_{hamlet}_{commune}",
     "CNCĐ_{commune"],
)  # fmt: skip
def test_a_pattern_that_cannot_be_is_refused_with_what_to_change(text):
    with pytest.raises(BadPattern) as bad:
        read_pattern(text, LEVELS, "commune")
    assert len(str(bad.value)) > 20


def test_another_province_may_name_its_groups_quite_otherwise():
    units = {1: unit_of("tinh", "Cà Mau", None), 2: unit_of("xa", "Đất Mũi", 1)}
    pattern = read_pattern("CĐS - Xã {commune} - {province}", LEVELS, "commune")
    tree = Naming(units, {"commune": [(pattern, True)]})
    forms = tree.forms(2)
    assert forms[0].text == "CĐS - Xã Đất Mũi - Cà Mau"
    assert codes("CĐS - Xã Đất Mũi - Cà Mau", forms) == []
    assert codes("CĐS_Xã Đất Mũi_Cà Mau", forms) == ["separator"]
    assert codes("CĐS - Đất Mũi - Cà Mau", forms, Context()) != []


@pytest.mark.parametrize(
    ("platform", "link", "is_fine"),
    [
        ("zalo", "https://zalo.me/g/abcdef123", True),
        ("zalo", "https://zalo.me/0912345678", False),
        ("zalo", "https://facebook.com/groups/1", False),
        ("viber", "https://invite.viber.com/?g2=AQAx%2Bdef", True),
        ("viber", "https://viber.com", False),
        ("facebook", "https://www.facebook.com/groups/chuyendoiso.nhonmy", True),
        ("facebook", "https://www.facebook.com/nhonmy", False),
        ("telegram", "https://t.me/+abc", True),
        ("telegram", "nhóm xã", False),
    ],
)
def test_a_link_has_the_form_of_its_platform(platform, link, is_fine):
    assert (link_fault(platform, link) == "") is is_fine


def test_a_link_pasted_without_https_gets_it():
    assert tidy_link(" zalo.me/g/abc ") == "https://zalo.me/g/abc"
