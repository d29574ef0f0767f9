"""Every unit of both published trees gets a name of its own, and that name has no finding."""

from collections import Counter

import pytest

from cncd.work.channels.rules import findings
from cncd.work.channels.rules.spelling import key
from cncd.work.channels.tests.trees import CONTEXT, naming

COUNTS = [("2022", "94", 11 + 109), ("2025", "92", 103)]  # districts and communes


def names(tree) -> list[tuple]:
    return [(pk, form) for pk in tree.units for form in tree.forms(pk)]


@pytest.mark.parametrize(("tree", "province", "below"), COUNTS)
def test_no_two_units_of_a_province_share_a_name_and_no_right_name_has_a_finding(
    tree, province, below
):
    found = naming(tree, province)
    assert sum(pk[0] in ("district", "commune") for pk in found.units) == below
    times = Counter(key(form.text).casefold() for _pk, form in names(found))
    assert [name for name, n in times.items() if n > 1] == []
    for pk in found.units:
        expected, *others = found.forms(pk)
        assert findings(expected.text, found.forms(pk), CONTEXT) == ()
        for other in others:
            assert [f.code for f in findings(other.text, found.forms(pk), CONTEXT)] == [
                "other_form"
            ]


@pytest.mark.parametrize("tree", ["2022", "2025"])
def test_in_the_whole_country_no_two_units_of_one_province_share_a_name(tree):
    found = naming(tree, None, hamlets=False)
    provinces = {pk: [each for each, _unit in found.chain(pk)][-1] for pk in found.units}
    times = Counter((provinces[pk], key(form.text).casefold()) for pk, form in names(found))
    assert len(times) == len(found.units) == {"2022": 11367, "2025": 3355}[tree]


def test_the_examples_of_the_plan_come_out_as_the_plan_writes_them():
    tree = naming("2022", "94")
    assert tree.forms(("province", "94"))[0].text == "CNCĐ_Sóc Trăng"
    assert tree.forms(("district", "943"))[0].text == "CNCĐ_Kế Sách_Sóc Trăng"
    assert tree.forms(("commune", "31552"))[0].text == "CNCĐ_Nhơn Mỹ_Kế Sách"
    forms = [form.text for form in tree.forms(("hamlet", "31552", "Mỹ Phước"))]
    assert forms == ["Tổ CNCĐ_Mỹ Phước_Nhơn Mỹ_Kế Sách", "CNCĐ_Mỹ Phước_Nhơn Mỹ_Kế Sách"]


def test_units_of_one_name_bear_their_type_and_so_do_those_below_them():
    tree = naming("2022", "94")

    def name(*pk):
        return tree.forms(pk)[0].text

    assert name("commune", "31639") == "CNCĐ_TT Long Phú_Long Phú"
    assert name("commune", "31669") == "CNCĐ_X Long Phú_Long Phú"
    assert name("commune", "31679") == "CNCĐ_TT Lịch Hội Thượng_Trần Đề"
    assert name("commune", "31678") == "CNCĐ_X Lịch Hội Thượng_Trần Đề"
    assert name("hamlet", "31669", "2") == "Tổ CNCĐ_Ấp 2_X Long Phú_Long Phú"
    assert name("district", "946") == "CNCĐ_Long Phú_Sóc Trăng"  # a district, no namesake
    assert [unit.full_name for unit in tree.namesakes(("commune", "31639"))] == ["Xã Long Phú"]


def test_numbered_units_keep_their_type():
    tree = naming("2022", "94")
    assert tree.forms(("commune", "31513"))[0].text == "CNCĐ_Phường 1_Sóc Trăng"
    assert tree.forms(("hamlet", "31513", "8A"))[0].text == "Tổ CNCĐ_Khóm 8A_Phường 1_Sóc Trăng"


def test_units_of_different_levels_that_would_share_a_name_bear_their_type():
    tree = naming("2022", "20", hamlets=False)  # Lạng Sơn
    same = {form.text for _pk, form in names(tree) if "Chi Lăng_Lạng Sơn" in form.text}
    assert same == {"CNCĐ_P Chi Lăng_Lạng Sơn", "CNCĐ_H Chi Lăng_Lạng Sơn"}


def test_without_districts_the_province_stands_in_the_name():
    tree = naming("2025", "92")
    assert tree.forms(("commune", "31507"))[0].text == "CNCĐ_Sóc Trăng_Cần Thơ"
    assert tree.forms(("hamlet", "31552", "2"))[0].text == "Tổ CNCĐ_Ấp 2_Nhơn Mỹ_Cần Thơ"
