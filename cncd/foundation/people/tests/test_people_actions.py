"""Adding and correcting people, opening and changing accounts: the actions."""

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry
from cncd.foundation.people import actions, queries
from cncd.foundation.people.models import Person, User
from tests.cast import PASSWORD, person


@pytest.fixture
def hoa(cast):
    return actions.add_person(
        full_name="Sơn Thị Hoa", contact_phone="0912 345 678", home=cast.nhon_my, by=cast.lan
    )


def test_a_name_is_kept_in_one_spelling_and_found_by_any(cast):
    decomposed = "  Tha\u0323ch   Sô  Phia "
    added = actions.add_person(full_name=decomposed, home=cast.nhon_my, by=cast.lan)
    assert added.full_name == "Thạch Sô Phia"
    assert added.search_key == "thach so phia"
    assert added.contact_phone == ""


def test_the_journal_keeps_name_and_phone_where_they_can_be_erased(cast, hoa):
    entry = Entry.objects.get(event="person.added")
    assert "0912345678" not in str(entry.after)
    assert {value.field: value.after for value in entry.personal_values.all()} == {
        "full_name": "Sơn Thị Hoa",
        "contact_phone": "0912345678",
    }


def test_a_family_shares_a_contact_phone(cast, hoa):
    son = actions.add_person(
        full_name="Sơn Văn Út", contact_phone="+84912345678", home=cast.nhon_my, by=cast.lan
    )
    assert son.contact_phone == hoa.contact_phone == "0912345678"


@pytest.mark.parametrize(
    ("phone", "word"), [("12345", "10 chữ số"), ("0168 123 4567", "11 chữ số")]
)
def test_a_wrong_phone_is_refused_with_advice(cast, phone, word):
    with pytest.raises(actions.BadNumber) as refused:
        actions.add_person(full_name="Ai Đó", contact_phone=phone, home=cast.nhon_my, by=cast.lan)
    assert word in refused.value.message
    assert not Person.objects.filter(full_name="Ai Đó").exists()


def test_people_are_added_within_reach_only(cast):
    for officer, home in [(cast.lan, cast.xuan_hoa), (cast.tu, cast.my_phuoc), (cast.xem, None)]:
        with pytest.raises(PermissionDenied):
            actions.add_person(full_name="Ai Đó", home=home, by=officer)


def test_correcting_keeps_what_is_not_named_and_says_what_changed(cast, hoa):
    Entry.objects.all().delete()
    actions.change_person(person=hoa, gender="f", home=cast.my_phuoc, by=cast.lan)
    hoa.refresh_from_db()
    assert (hoa.gender, hoa.home, hoa.contact_phone) == ("f", cast.my_phuoc, "0912345678")
    entry = Entry.objects.get()
    assert entry.before == {"gender": "Chưa ghi", "home": "Xã Nhơn Mỹ"}
    assert entry.after == {"gender": "Nữ", "home": "Ấp Mỹ Phước"}


def test_correcting_nothing_writes_nothing(cast, hoa):
    Entry.objects.all().delete()
    actions.change_person(person=hoa, full_name="Sơn Thị  Hoa", by=cast.lan)
    assert not Entry.objects.exists()


def test_one_corrects_the_own_phone_and_nothing_else(cast):
    actions.change_person(person=cast.tu.person, contact_phone="0987654321", by=cast.tu)
    cast.tu.person.refresh_from_db()
    assert cast.tu.person.contact_phone == "0987654321"
    with pytest.raises(PermissionDenied):
        actions.change_person(person=cast.tu.person, full_name="Tên Khác", by=cast.tu)


def test_an_account_without_password_lets_nobody_in_by_password(cast, hoa):
    user = actions.open_account(person=hoa, login="Hoa.Son", by=cast.lan)
    assert user.login == "hoa.son"
    assert not user.has_usable_password()
    assert Entry.objects.filter(event="account.opened").get().after == {"login": "hoa.son"}


def test_one_person_has_one_account(cast, hoa):
    actions.open_account(person=hoa, login="hoa", by=cast.lan)
    with pytest.raises(actions.AccountThere):
        actions.open_account(person=hoa, login="hoa2", by=cast.lan)


@pytest.mark.parametrize("login", ["hằng", "0912345678", "a", "hoa son"])
def test_a_bad_login_name_is_refused(cast, hoa, login):
    with pytest.raises(actions.BadLogin):
        actions.open_account(person=hoa, login=login, by=cast.lan)


def test_a_login_name_is_taken_whatever_its_capitals(cast, hoa):
    with pytest.raises(actions.LoginTaken) as refused:
        actions.open_account(person=hoa, login="LAN", by=cast.lan)
    assert "lan2" in refused.value.message


def test_a_phone_opens_one_account_and_the_message_says_what_to_do(cast, hoa):
    actions.open_account(person=hoa, login="hoa", phone="0912 345 678", by=cast.lan)
    son = actions.add_person(full_name="Sơn Văn Út", home=cast.nhon_my, by=cast.lan)
    with pytest.raises(actions.PhoneTaken) as refused:
        actions.open_account(person=son, login="ut", phone="+84 912345678", by=cast.lan)
    for words in ("Sơn Thị Hoa", "091•••678", "để trống"):
        assert words in refused.value.message
    assert not User.objects.filter(login="ut").exists()


def test_commune_officers_open_accounts_of_their_people_only(cast):
    far = actions.add_person(full_name="Kim Thị Xa", home=cast.xuan_hoa, by=cast.dung)
    with pytest.raises(PermissionDenied):
        actions.open_account(person=far, login="xa", by=cast.lan)
    with pytest.raises(PermissionDenied):
        actions.close_account(user=cast.minh, by=cast.lan)
    with pytest.raises(PermissionDenied):
        actions.close_account(user=cast.lan, by=cast.lan)


def test_changing_how_somebody_signs_in(cast):
    actions.change_account(user=cast.tu, login="tu.truong", phone="0901112223", by=cast.lan)
    actions.change_account(user=cast.nhan, phone="0909998887", by=cast.nhan)
    assert User.objects.get(login="tu.truong").phone == "0901112223"
    assert User.objects.get_by_natural_key("+84 90 111 22 23").login == "tu.truong"
    with pytest.raises(actions.PhoneTaken):
        actions.change_account(user=cast.nhan, phone="0901112223", by=cast.nhan)
    actions.change_account(user=cast.tu, phone="", by=cast.lan)
    assert User.objects.get(pk=cast.tu.pk).phone is None


def test_a_closed_account_stops_its_open_ways_in(cast):
    link, _token = actions.make_sign_in_link(user=cast.tu, purpose="invite", by=cast.lan)
    actions.close_account(user=cast.tu, by=cast.lan, reason="chuyển nơi ở")
    link.refresh_from_db()
    assert link.state() == "revoked"
    actions.reopen_account(user=cast.tu, by=cast.lan)
    assert User.objects.get(pk=cast.tu.pk).is_active


def test_an_administrator_of_the_installation_is_made_by_another_one_only(cast, hoa):
    with pytest.raises(actions.BadLogin):
        actions.open_account(person=hoa, login="hoa", by=cast.lan, is_superuser=True)


def test_login_names_are_suggested_from_the_name_and_numbered(cast):
    assert queries.free_login("Nguyễn Thị Đào") == "daont"
    person("Nguyễn Thị Đào", "daont")
    assert queries.free_login("Nguyễn Thị Đào") == "daont2"
    assert queries.free_login("Y") == "yx"


def test_a_batch_adds_people_and_accounts_with_one_entry(cast):
    Entry.objects.all().delete()
    lines = [
        actions.PersonLine("Lê Thị Một", home=cast.nhon_my, login="mot", phone="0911111111"),
        actions.PersonLine("Lê Thị Hai", home=cast.nhon_my),
    ]
    one, two = actions.add_people(lines=lines, by=cast.lan, password=PASSWORD)
    assert one.user.check_password(PASSWORD)
    assert not hasattr(two, "user")
    assert Entry.objects.get().rows == [one.pk, two.pk]


@pytest.mark.parametrize(
    ("second", "refusal"),
    [
        (actions.PersonLine("B", login="mot"), actions.LoginTaken),
        (actions.PersonLine("B", login="hai", phone="0911111111"), actions.PhoneTaken),
        (actions.PersonLine("B", login="lan"), actions.LoginTaken),
        (actions.PersonLine("B", login="0912345678"), actions.BadLogin),
        (actions.PersonLine("B", contact_phone="123"), actions.BadNumber),
    ],
)
def test_a_batch_is_refused_whole(cast, second, refusal):
    before = Person.objects.count()
    first = actions.PersonLine("A", login="mot", phone="0911111111")
    with pytest.raises(refusal):
        actions.add_people(lines=[first, second], by=None)
    assert Person.objects.count() == before


def test_a_batch_stays_within_reach(cast):
    with pytest.raises(PermissionDenied):
        actions.add_people(lines=[actions.PersonLine("A", home=cast.xuan_hoa)], by=cast.lan)
