"""Phone numbers shown, own data taken, personal data erased."""

import datetime as dt

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry, PersonalValue
from cncd.foundation.people import actions, own_data
from cncd.foundation.people.models import Person, Posting, SavedView, SignInLink, User
from tests.cast import TODAY


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC), tick=False):
        yield


def test_who_saw_which_numbers_and_why_is_written_down(cast):
    actions.change_person(person=cast.bay, contact_phone="0912345678", by=None)
    Entry.objects.all().delete()
    shown = actions.reveal_phones(people=[cast.bay, cast.tu.person], by=cast.lan, reason="gọi họp")
    assert shown == {cast.bay.pk: "0912345678", cast.tu.person_id: ""}
    entry = Entry.objects.get()
    assert (entry.event, entry.reason) == ("phones.shown", "gọi họp")
    assert entry.rows == sorted([cast.bay.pk, cast.tu.person_id])
    assert "0912345678" not in str([entry.before, entry.after, entry.rows])


def test_numbers_out_of_reach_are_not_shown(cast):
    for reader, person in [
        (cast.lan, cast.sa.person),
        (cast.xem, cast.tu.person),
        (cast.cuong, cast.tu.person),
    ]:
        with pytest.raises(PermissionDenied):
            actions.reveal_phones(people=[person], by=reader)
    assert not Entry.objects.filter(event__startswith="phone").exists()


def test_own_data_names_everything_kept(cast):
    actions.make_sign_in_link(user=cast.lan, purpose="invite", by=cast.ha)
    actions.note_sign_in(user=cast.lan, by=cast.lan)
    titles = [part.title for part in own_data.parts_of(cast.lan.person)]
    assert titles == [
        "Về tôi",
        "Tài khoản",
        "Chức vụ",
        "Liên kết đăng nhập một lần",
        "Các lần đăng nhập",
    ]
    assert own_data.excel_response(own_data.parts_of(cast.lan.person)).content.startswith(b"PK")


@pytest.fixture
def gone(cast):
    """Lê Thị Dung, who left, and everything that was kept about her."""
    dung = cast.dung
    actions.change_person(
        person=dung.person, contact_phone="0912345678", home=cast.xuan_hoa, by=cast.ha
    )
    actions.change_account(user=dung, phone="0912345678", by=dung)
    actions.make_sign_in_link(user=dung, purpose="invite", by=cast.ha)
    actions.note_sign_in(user=dung, by=dung)
    SavedView.objects.create(user=dung, name="của tôi", address="/people/")
    Authenticator.objects.create(user=dung, type="totp", data={"secret": "x"})
    new = actions.add_person(full_name="Sơn Thị Hoa", home=cast.xuan_hoa, by=cast.ha)
    posting = Posting.objects.get(person=dung.person)
    actions.hand_over(posting=posting, successor=new, on=TODAY, by=cast.ha)
    return cast


def test_nothing_is_erased_while_the_person_is_in_office(cast):
    for someone in (cast.dung.person, cast.bay):
        with pytest.raises(actions.StillInOffice):
            actions.forget_person(person=someone, by=None, reason="yêu cầu")
    assert Person.objects.filter(forgotten_at=None).count() == Person.objects.count()


def test_nor_when_an_office_is_to_come(gone):
    actions.post_person(
        person=gone.dung.person,
        role="commune_leader",
        place=gone.xuan_hoa,
        since_on=TODAY + dt.timedelta(days=9),
        by=gone.ha,
    )
    with pytest.raises(actions.StillInOffice):
        actions.forget_person(person=gone.dung.person, by=gone.ha, reason="yêu cầu")


def test_erasing_leaves_the_id_and_nothing_else(gone):
    person_id, user_id = gone.dung.person_id, gone.dung.pk
    actions.forget_person(person=gone.dung.person, by=gone.ha, reason="theo yêu cầu")
    person, user = Person.objects.get(pk=person_id), User.objects.get(pk=user_id)
    assert person.full_name == f"Người số {person_id} (đã xóa dữ liệu)"
    assert (person.contact_phone, person.home, person.gender) == ("", None, "")
    assert (user.is_active, user.phone, user.login) == (False, None, f"erased-{user_id}")
    assert not user.has_usable_password()
    assert not SignInLink.objects.filter(user=user).exists()
    assert not SavedView.objects.filter(user=user).exists()
    assert not Authenticator.objects.filter(user=user).exists()
    assert Posting.objects.filter(person=person).exists(), "who held the post stays known by id"


def test_the_journal_keeps_digests_and_forgets_the_name(gone):
    digests = list(Entry.objects.filter(event="person.changed").values_list("after", flat=True))
    actions.forget_person(person=gone.dung.person, by=gone.ha, reason="theo yêu cầu")
    for entry in Entry.objects.all():
        names = f"{entry.subject_name} {entry.actor_name} {entry.search_key}"
        said = f"{names} {entry.before} {entry.after}"
        assert "Lê Thị Dung" not in said, entry
        assert "le thi dung" not in said, entry
        assert "0912345678" not in said, entry
    kept = [
        *PersonalValue.objects.values_list("before", flat=True),
        *PersonalValue.objects.values_list("after", flat=True),
    ]
    assert "Lê Thị Dung" not in kept
    assert "0912345678" not in kept
    assert "Sơn Thị Hoa" in kept, "others named in the same entries stay"
    assert (
        list(Entry.objects.filter(event="person.changed").values_list("after", flat=True))
        == digests
    )


def test_erasing_again_changes_nothing(gone):
    actions.forget_person(person=gone.dung.person, by=gone.ha, reason="theo yêu cầu")
    Entry.objects.all().delete()
    again = Person.objects.get(pk=gone.dung.person_id)
    actions.forget_person(person=again, by=None, reason="lần nữa")
    assert not Entry.objects.exists()


def test_a_leader_erases_nobody(gone):
    with pytest.raises(PermissionDenied):
        actions.forget_person(person=gone.bay, by=gone.tu, reason="")
