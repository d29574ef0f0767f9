import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry
from cncd.work.households.actions import (
    CountLine,
    HouseholdLine,
    HouseholdRefused,
    add_household,
    change_household,
    end_household,
    import_households,
    number_households,
    remove_households,
    restore_household,
    state_counts,
)
from cncd.work.households.models import Household, HouseholdCount
from cncd.work.households.tests.conftest import stated
from tests.cast import TODAY


def codes(place) -> list[str]:
    return list(Household.objects.filter(place=place).values_list("code", flat=True))


def events() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("event", flat=True))


def test_a_list_is_made_from_nothing_and_what_is_there_stays(cast):
    add_household(place=cast.my_phuoc, code="2", by=cast.tu, is_business=True)
    made = number_households(place=cast.my_phuoc, first="001", last="003", by=cast.lan)
    assert codes(cast.my_phuoc) == ["001", "2", "003"]
    assert len(made) == 2
    assert events() == ["household.added", "households.numbered"]
    assert Entry.objects.latest("pk").after["unit"] == "Ấp Mỹ Phước"
    with pytest.raises(HouseholdRefused):
        number_households(place=cast.my_phuoc, first="001", last="003", by=cast.lan)


def test_one_code_stands_once_however_its_zeros_are_written(my_phuoc, cast):
    with pytest.raises(HouseholdRefused) as refused:
        add_household(place=my_phuoc, code="7", by=cast.lan)
    assert "đã có hộ 007" in str(refused.value.messages)
    assert add_household(place=cast.my_hoa, code="7", by=cast.lan).code == "7"


@pytest.mark.parametrize("code", ["Lý Văn Cường", "0912345678"])
def test_a_person_is_not_put_on_the_list(code, cast):
    with pytest.raises(HouseholdRefused) as refused:
        add_household(place=cast.my_phuoc, code=code, by=cast.lan)
    assert set(refused.value.error_dict) == {"code"}
    assert not Household.objects.exists()
    assert events() == []


@pytest.mark.parametrize("who", ["cuong", "liem", "dung", "ha", "xem", "thuong", "outsider"])
def test_only_those_who_keep_the_list_of_the_hamlet_change_it(who, my_phuoc, cast):
    by = getattr(cast, who)
    home = Household.objects.first()
    for act in (
        lambda: add_household(place=my_phuoc, code="99", by=by),
        lambda: number_households(place=my_phuoc, first="90", last="99", by=by),
        lambda: change_household(household=home, is_business=True, by=by),
        lambda: end_household(household=home, last_day=TODAY, by=by),
        lambda: remove_households(households=[home], by=by),
        lambda: import_households(lines=[HouseholdLine(my_phuoc, "99")], by=by),
        lambda: stated(cast, my_phuoc, households=9, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert len(codes(my_phuoc)) == 12


@pytest.mark.parametrize("who", ["tu", "nhan", "lan", "minh"])
def test_leaders_and_officers_keep_the_list(who, cast):
    assert add_household(place=cast.my_phuoc, code="1", by=getattr(cast, who)).pk


def test_what_the_list_says_is_put_right(my_phuoc, cast):
    home = Household.objects.get(code="007")
    home = change_household(household=home, code="7a", is_producing=True, by=cast.lan)
    assert (home.code, home.is_producing, home.is_business) == ("7A", True, False)
    entry = Entry.objects.latest("pk")
    assert entry.before == {"code": "007", "is_producing": False}
    change_household(household=home, is_producing=True, by=cast.lan)
    assert Entry.objects.latest("pk") == entry  # nothing changed, nothing is told
    with pytest.raises(HouseholdRefused):
        change_household(household=home, code="8", by=cast.lan)


def test_a_household_ends_after_a_day_and_comes_back(my_phuoc, cast):
    home = Household.objects.get(code="007")
    with pytest.raises(HouseholdRefused):
        end_household(household=home, last_day=TODAY - dt.timedelta(days=1), by=cast.lan)
    home = end_household(household=home, last_day=TODAY, by=cast.lan)
    assert home.last_day == TODAY
    assert Household.objects.on(TODAY).count() == 12
    assert Household.objects.on(TODAY + dt.timedelta(days=1)).count() == 11
    with pytest.raises(HouseholdRefused) as refused:
        add_household(place=my_phuoc, code="7", by=cast.lan)
    assert "đưa hộ đó trở lại" in str(refused.value.messages)
    assert restore_household(household=home, by=cast.lan).until_on is None
    assert events()[-2:] == ["household.ended", "household.restored"]


def test_codes_entered_by_mistake_are_removed_as_if_never_written(my_phuoc, cast):
    rows = list(Household.objects.select_related("place")[:3])
    assert remove_households(households=rows, by=cast.lan) == 3
    assert codes(my_phuoc)[0] == "004"
    assert Entry.objects.latest("pk").after == {"unit": "Ấp Mỹ Phước", "count": 3}


def test_a_list_taken_over_again_updates_and_brings_back_and_never_doubles(my_phuoc, cast):
    end_household(household=Household.objects.get(code="012"), last_day=TODAY, by=cast.lan)
    lines = [
        HouseholdLine(my_phuoc, "1", is_producing=True),
        HouseholdLine(my_phuoc, "012"),
        HouseholdLine(my_phuoc, "013", is_business=True),
        HouseholdLine(cast.my_hoa, "013"),
    ]
    done = import_households(lines=lines, by=cast.lan, under=cast.nhon_my, file_name="ho.xlsx")
    assert done == {"new": 2, "changed": 2}
    assert Household.objects.get(code="001").is_producing
    assert Household.objects.get(code="012").until_on is None
    entry = Entry.objects.latest("pk")
    assert (entry.place_id, entry.after["file_name"]) == (cast.nhon_my.pk, "ho.xlsx")
    assert import_households(lines=lines, by=cast.lan) == {"new": 0, "changed": 0}
    assert Entry.objects.latest("pk") == entry
    assert Household.objects.count() == 14


def test_one_wrong_line_stops_the_whole_list(cast):
    for wrong in ("Trần Văn A", "2"):
        lines = [HouseholdLine(cast.my_phuoc, "002"), HouseholdLine(cast.my_phuoc, wrong)]
        with pytest.raises(HouseholdRefused):
            import_households(lines=lines, by=cast.lan)
    assert not Household.objects.exists()


def test_a_correction_of_a_count_is_a_new_row_and_the_old_one_stays(cast):
    [first] = stated(cast, cast.my_phuoc, households=250, businesses=40)
    [second] = stated(cast, cast.my_phuoc, households=252, businesses=40, source="rà soát")
    [third] = stated(cast, cast.my_phuoc, households=251, businesses=40, source="rà soát")
    rows = HouseholdCount.objects.order_by("pk")
    assert [row.replaced_by for row in rows] == [second, third, None]
    assert [row.households for row in rows] == [250, 252, 251]
    assert HouseholdCount.objects.current().get().source == "rà soát"
    assert events() == ["household_count.stated"] * 3
    assert Entry.objects.latest("pk").after["on"] == "2026-01-01"
    assert stated(cast, cast.my_phuoc, households=251, businesses=40) == []
    assert first.recorded_by == cast.lan


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"households": 10, "businesses": 11}, "businesses"),
        ({"households": 10, "source": " "}, "source"),
        ({"households": 10, "year": 2027}, "year"),
        ({"households": 10, "year": 1999}, "year"),
    ],
)
def test_counts_that_cannot_be_are_refused(said, field, cast):
    with pytest.raises(HouseholdRefused) as refused:
        stated(cast, cast.my_phuoc, **said)
    assert set(refused.value.error_dict) == {field}
    assert not HouseholdCount.objects.exists()


def test_figures_stated_since_the_page_was_opened_are_not_overwritten_unseen(cast):
    [row] = stated(cast, cast.my_phuoc, households=250)
    line = CountLine(cast.my_phuoc, households=9)
    about = {"year": 2026, "lines": [line], "source": "ấp", "by": cast.minh}
    with pytest.raises(HouseholdRefused):
        state_counts(**about, seen=0)
    assert state_counts(**about, seen=row.pk)[0].households == 9
