"""One entry per change, in the same transaction; personal values apart and erasable."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import erase_personal, record
from cncd.foundation.journal.models import Entry, PersonalValue


def test_an_entry_outside_a_transaction_is_a_mistake(transactional_db, cast):
    with pytest.raises(RuntimeError):
        record(event="person.added", subject=cast.bay, by=cast.lan)


def test_an_entry_keeps_plain_values(cast):
    entry = record(
        event="team.formed",
        subject=cast.team,
        by=cast.lan,
        place=cast.nhon_my,
        team=cast.team,
        after={"since_on": dt.date(2026, 5, 1), "members": 9},
    )
    entry.refresh_from_db()
    assert (entry.actor_id, entry.actor_name) == (cast.lan.pk, str(cast.lan))
    assert (entry.place_id, entry.team_id) == (cast.nhon_my.pk, cast.team.pk)
    assert (entry.subject_kind, entry.subject_id) == ("teams.team", str(cast.team.pk))
    assert entry.after == {"since_on": "2026-05-01", "members": 9}


def test_what_is_undone_leaves_no_entry(cast):
    before = Entry.objects.count()
    with transaction.atomic():
        record(event="person.added", subject=cast.bay, by=cast.lan)
        transaction.set_rollback(True)
    assert Entry.objects.count() == before


def test_personal_values_stand_beside_the_entry_which_keeps_digests(cast):
    entry = record(
        event="person.changed",
        subject=cast.bay,
        by=cast.lan,
        personal={"phone": ("0912345678", "0987654321"), "name": ("", "Kim Thị Bảy")},
    )
    assert "0912345678" not in str(entry.before)
    assert "0987654321" not in str(entry.after)
    assert len(entry.before["phone"]["digest"]) == 64
    assert "name" not in entry.before
    assert entry.personal_values.get(field="phone").after == "0987654321"


def test_equal_values_of_two_entries_have_different_digests(cast):
    first, second = (
        record(event="person.changed", subject=cast.bay, personal={"phone": ("", "0912345678")})
        for _ in range(2)
    )
    assert first.after["phone"]["digest"] != second.after["phone"]["digest"]


def test_erasing_blanks_values_and_keeps_digests(cast):
    kept = record(event="person.changed", subject=cast.cuong.person, personal={"phone": ("", "1")})
    entry = record(
        event="person.changed",
        subject=cast.bay,
        personal={"phone": ("0912345678", ""), "full_name": ("A", "B")},
    )
    digests = dict(entry.before)
    now = timezone.now()
    with transaction.atomic():
        assert erase_personal(subject=cast.bay, by=cast.lan, reason="Theo yêu cầu", now=now) == 2
    entry.refresh_from_db()
    assert entry.before == digests
    for value in entry.personal_values.all():
        assert (value.before, value.after, value.salt, value.erased_at) == ("", "", "", now)
    assert kept.personal_values.get().after == "1"
    told = Entry.objects.filter(event="personal.erased").get()
    assert (told.after, told.reason) == ({"count": 2}, "Theo yêu cầu")


def test_erasing_nothing_is_not_told(cast):
    assert erase_personal(subject=cast.bay, by=cast.lan) == 0
    assert not Entry.objects.filter(event="personal.erased").exists()


def test_erasing_one_field_leaves_the_others(cast):
    record(
        event="person.changed", subject=cast.bay, personal={"phone": ("", "1"), "name": ("", "B")}
    )
    assert erase_personal(subject=cast.bay, by=cast.lan, fields=["phone"]) == 1
    assert PersonalValue.objects.exclude(erased_at=None).get().field == "phone"


def test_a_batch_is_found_from_each_record_it_touched(cast):
    batch = record(
        event="teams.formed",
        subject=cast.team.formed_by,
        by=cast.lan,
        rows=[{"team": cast.team.pk, "name": "A"}, {"team": cast.team_my_hoa.pk, "name": "B"}],
    )
    people = record(event="people.added", subject=cast.bay, rows=[cast.bay.pk, cast.tu.person.pk])
    assert batch in Entry.objects.about(cast.team_my_hoa)
    assert batch not in Entry.objects.about(cast.team_dau_giong)
    assert people in Entry.objects.about(cast.tu.person)
    assert people in Entry.objects.about(cast.bay)
    assert people not in Entry.objects.about(cast.cuong.person)
