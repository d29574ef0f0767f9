"""Posting, ending, handing over, standing in, delegating: the actions."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry
from cncd.foundation.people import actions, queries
from cncd.foundation.people.models import Agency, Posting, Substitution
from tests.cast import BEGINNING, TODAY, person

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def hoa(cast):
    return actions.add_person(full_name="Sơn Thị Hoa", home=cast.nhon_my, by=cast.lan)


def post(someone, role, place, by, since_on=TODAY, **more):
    return actions.post_person(
        person=someone, role=role, place=place, since_on=since_on, by=by, **more
    )


def posting_of(user) -> Posting:
    return Posting.objects.get(person=user.person)


def test_posting_writes_one_entry_whose_name_can_be_erased(cast, hoa):
    Entry.objects.all().delete()
    posting = post(hoa, "commune_officer", cast.nhon_my, cast.minh, title="Công chức VH-XH")
    entry = Entry.objects.get()
    assert (entry.event, entry.place_id, entry.actor_id) == (
        "posting.begun",
        cast.nhon_my.pk,
        cast.minh.pk,
    )
    assert entry.after["role"] == "Cán bộ cấp xã"
    assert hoa.full_name not in str(entry.after)
    assert hoa.full_name not in entry.subject_name
    assert entry.personal_values.get(field="person").after == "Sơn Thị Hoa"
    assert posting.until_on is None


def test_the_same_post_twice_is_refused_and_the_message_names_the_clash(cast, hoa):
    post(hoa, "commune_officer", cast.nhon_my, cast.minh, until_on=TODAY + 10 * DAY)
    with pytest.raises(actions.AlreadyPosted) as refused:
        post(hoa, "commune_officer", cast.nhon_my, cast.minh, since_on=TODAY + 9 * DAY)
    for word in ("Sơn Thị Hoa", "Cán bộ cấp xã", "Xã Nhơn Mỹ", "22/11/2026", "01/12/2026"):
        assert word in refused.value.message
    assert Posting.objects.filter(person=hoa).count() == 1


def test_the_same_post_may_follow_itself_and_stand_elsewhere_meanwhile(cast, hoa):
    post(hoa, "commune_officer", cast.nhon_my, cast.minh, until_on=TODAY + 10 * DAY)
    post(hoa, "commune_officer", cast.nhon_my, cast.minh, since_on=TODAY + 10 * DAY)
    post(hoa, "commune_officer", cast.xuan_hoa, cast.minh)
    post(hoa, "union_commune", cast.nhon_my, cast.minh)
    assert Posting.objects.filter(person=hoa).count() == 4


def test_an_end_before_the_beginning_is_refused(cast, hoa):
    with pytest.raises(actions.BadDates):
        post(hoa, "commune_officer", cast.nhon_my, cast.minh, until_on=TODAY)


def test_a_role_must_fit_the_level_of_the_place(cast, hoa):
    for role, place in [
        ("commune_officer", cast.ke_sach),
        ("district_officer", cast.nhon_my),
        ("province_officer", cast.ke_sach),
    ]:
        with pytest.raises(actions.WrongLevel):
            post(hoa, role, place, cast.ha)
    post(hoa, "reader", cast.nhon_my, cast.ha)  # a role of no level fits anywhere


def test_roles_and_places_must_exist_on_the_day(cast, hoa):
    with pytest.raises(actions.RoleNotInForce):
        post(hoa, "no_such_role", cast.nhon_my, cast.ha)
    with pytest.raises(actions.RoleNotInForce):
        post(hoa, "commune_officer", cast.nhon_my, cast.ha, since_on=dt.date(2019, 1, 1))
    with pytest.raises(actions.PlaceNotThere):
        post(hoa, "commune_officer", cast.nhon_my, cast.ha, since_on=BEGINNING - DAY)


def test_who_may_post_whom(cast, hoa):
    for officer, place in [
        (cast.lan, cast.nhon_my),
        (cast.minh, cast.tt_tran_de),
        (cast.outsider, cast.nhon_my),
        (cast.xem, cast.nhon_my),
    ]:
        with pytest.raises(PermissionDenied):
            post(hoa, "commune_officer", place, officer)
    post(hoa, "district_leader", cast.ke_sach, cast.minh)  # up to one's own level


def test_nobody_grants_a_role_above_their_own_level(cast, hoa):
    role = cast.roles["reader"]
    role.level = cast.levels["province"]
    role.save()
    cast.roles["union_district"].level = None
    with pytest.raises(actions.WrongLevel):
        post(hoa, "reader", cast.ke_sach, cast.minh)
    assert "province_officer" not in {r.code for r in queries.grantable_roles(cast.minh, TODAY)}
    assert "province_officer" in {r.code for r in queries.grantable_roles(cast.ha, TODAY)}


def test_only_an_administrator_makes_an_administrator(cast, hoa):
    with pytest.raises(actions.NotYoursToGrant):
        post(hoa, "admin", cast.soc_trang, cast.ha)
    assert "admin" not in {r.code for r in queries.grantable_roles(cast.ha, TODAY)}
    post(hoa, "admin", cast.soc_trang, cast.quan_tri)
    with pytest.raises(actions.NotYoursToGrant):
        actions.end_posting(
            posting=Posting.objects.get(person=hoa), until_on=TODAY + DAY, by=cast.ha
        )


def test_nobody_posts_themselves(cast):
    with pytest.raises(actions.SamePerson):
        post(cast.minh.person, "district_leader", cast.ke_sach, cast.minh)
    with pytest.raises(actions.SamePerson):
        actions.hand_over(
            posting=posting_of(cast.phuc), successor=cast.minh.person, on=TODAY, by=cast.minh
        )


def test_an_agency_must_exist_on_the_day(cast, hoa):
    actions.rename_agency(agency=cast.ubnd_nhon_my, name="UBND xã Nhơn Mỹ", on=TODAY, by=cast.ha)
    post(hoa, "commune_officer", cast.nhon_my, cast.minh, agency=cast.ubnd_nhon_my)
    with pytest.raises(actions.AgencyNotThere):
        post(hoa, "commune_leader", cast.nhon_my, cast.minh, agency=Agency(pk=10**6))


def test_ending_a_post_ends_the_substitution_with_it(cast):
    posting = posting_of(cast.hung)
    during = actions.substitute(
        posting=posting,
        person=cast.lan.person,
        since_on=TODAY - DAY,
        until_on=TODAY + 5 * DAY,
        by=cast.minh,
    )
    later = actions.substitute(
        posting=posting,
        person=cast.dung.person,
        since_on=TODAY + 9 * DAY,
        until_on=TODAY + 12 * DAY,
        by=cast.minh,
    )
    actions.end_posting(posting=posting, until_on=TODAY + 2 * DAY, by=cast.minh, reason="nghỉ hưu")
    during.refresh_from_db()
    assert during.until_on == TODAY + 2 * DAY
    assert not Substitution.objects.filter(pk=later.pk).exists()
    assert Entry.objects.filter(event="posting.ended").get().reason == "nghỉ hưu"


def test_a_post_ends_inside_its_time_only(cast, hoa):
    posting = post(
        hoa,
        "commune_officer",
        cast.nhon_my,
        cast.minh,
        since_on=TODAY - 9 * DAY,
        until_on=TODAY + 9 * DAY,
    )
    for day in (TODAY - 9 * DAY, TODAY + 10 * DAY):
        with pytest.raises(actions.BadDates):
            actions.end_posting(posting=posting, until_on=day, by=cast.minh)
    posting.refresh_from_db()
    assert posting.until_on == TODAY + 9 * DAY


def test_a_post_that_has_not_begun_is_taken_back_altogether(cast, hoa):
    posting = post(hoa, "commune_officer", cast.nhon_my, cast.minh, since_on=TODAY + 9 * DAY)
    assert actions.end_posting(posting=posting, until_on=TODAY, by=cast.minh) is None
    assert not Posting.objects.filter(person=hoa).exists()
    assert Entry.objects.filter(event="posting.withdrawn").exists()


def test_handing_over_ends_one_post_and_begins_the_other_on_the_same_day(cast, hoa):
    old = posting_of(cast.lan)
    Entry.objects.all().delete()
    new = actions.hand_over(posting=old, successor=hoa, on=TODAY, by=cast.minh)
    old.refresh_from_db()
    assert (old.until_on, new.since_on, old.successor) == (TODAY, TODAY, new)
    assert (new.role, new.place, new.agency) == (old.role, old.place, old.agency)
    assert [entry.event for entry in Entry.objects.all()] == ["posting.handed_over"]
    assert not type(cast.lan).objects.get(pk=cast.lan.pk).can("teams.form")


@pytest.mark.parametrize(
    ("carry", "holders"), [(True, {"Nguyễn Thị Lan", "Sơn Thị Hoa"}), (False, {"Nguyễn Thị Lan"})]
)
def test_substitutes_end_or_go_on_at_a_hand_over(cast, hoa, carry, holders):
    old = posting_of(cast.lan)
    actions.substitute(
        posting=old,
        person=cast.dung.person,
        since_on=TODAY - DAY,
        until_on=TODAY + 5 * DAY,
        by=cast.minh,
    )
    passing = queries.what_passes(old, TODAY)
    assert [row.substitute for row in passing.substitutes] == [cast.dung.person]
    assert "Thành lập" in " ".join(passing.permissions)
    actions.hand_over(posting=old, successor=hoa, on=TODAY, by=cast.minh, carry_substitutes=carry)
    rows = Substitution.objects.select_related("posting__person")
    assert {row.posting.person.full_name for row in rows} == holders
    assert max(row.until_on for row in rows) == (TODAY + 5 * DAY if carry else TODAY)


def test_who_stood_in_does_not_stand_in_for_oneself_after_taking_over(cast):
    old = posting_of(cast.lan)
    actions.substitute(
        posting=old,
        person=cast.dung.person,
        since_on=TODAY - DAY,
        until_on=TODAY + 5 * DAY,
        by=cast.minh,
    )
    new = actions.hand_over(
        posting=old, successor=cast.dung.person, on=TODAY, by=cast.minh, carry_substitutes=True
    )
    assert not new.substitutions.exists()


def test_a_post_cannot_be_handed_to_its_holder_or_to_somebody_who_has_it(cast, hoa):
    with pytest.raises(actions.SamePerson):
        actions.hand_over(
            posting=posting_of(cast.lan), successor=cast.lan.person, on=TODAY, by=cast.minh
        )
    post(hoa, "commune_officer", cast.nhon_my, cast.minh)
    with pytest.raises(actions.AlreadyPosted):
        actions.hand_over(posting=posting_of(cast.lan), successor=hoa, on=TODAY, by=cast.minh)
    assert posting_of(cast.lan).until_on is None, "nothing half done"


def test_a_planned_end_passes_to_the_successor(cast, hoa):
    old = posting_of(cast.lan)
    actions.end_posting(posting=old, until_on=TODAY + 30 * DAY, by=cast.minh)
    new = actions.hand_over(posting=old, successor=hoa, on=TODAY + 10 * DAY, by=cast.minh)
    assert new.until_on == TODAY + 30 * DAY


def test_a_batch_posts_by_the_same_rules_with_one_entry(cast):
    people = actions.add_people(
        lines=[
            actions.PersonLine("Lê Thị Một", home=cast.nhon_my),
            actions.PersonLine("Lê Thị Hai", home=cast.nhon_my),
        ],
        by=cast.ha,
    )
    Entry.objects.all().delete()
    lines = [actions.PostingLine(each, "commune_officer", cast.nhon_my, TODAY) for each in people]
    actions.post_people(lines=lines, by=cast.minh)
    made = Posting.objects.filter(person__in=people).order_by("pk")
    assert Entry.objects.get().rows == [posting.pk for posting in made]
    with pytest.raises(actions.AlreadyPosted):
        actions.post_people(lines=lines[:1], by=cast.minh)
    with pytest.raises(PermissionDenied):
        actions.post_people(
            lines=[actions.PostingLine(people[0], "commune_leader", cast.tt_tran_de, TODAY)],
            by=cast.minh,
        )


def test_a_person_may_be_posted_before_and_after_but_the_system_posts_anybody(cast):
    newcomer = person("Người Mới")
    assert post(newcomer, "district_leader", cast.tran_de, None).pk
