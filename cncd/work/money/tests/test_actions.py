import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry as Journal
from cncd.foundation.kit.bulk import LinesRefused
from cncd.work.money import actions, queries
from cncd.work.money.actions import ChangedMeanwhile, EntryRefused
from cncd.work.money.models import Budget, Purpose, Spending

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 30)


def test_a_unit_writes_down_what_it_was_given_and_what_it_spent(c, put):
    budget, spending = put(2026, 20_000_000, what=""), put()
    assert (type(budget), type(spending)) == (Budget, Spending)
    assert str(spending) == "Nước uống lớp học: 1.250.000\xa0đồng"
    assert [entry.event for entry in Journal.objects.filter(event__contains="ing.rec")] == [
        "spending.recorded"
    ]
    found = queries.overview(c.nhon_my, 2026, dt.date(2026, 11, 22))
    assert (found.own.budget, found.own.spent, found.own.left) == (
        20_000_000,
        1_250_000,
        18_750_000,
    )


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("amount", {"amount": 500}),
        ("amount", {"amount": 10**12}),
        ("what", {"what": ""}),
        ("what", {"what": "Chuyển vào 123456789012"}),
        ("on", {"on": dt.date(2026, 11, 23)}),
        ("on", {"on": dt.date(2019, 1, 1)}),
        ("on", {"on": 2040}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(c, put, field, given):
    with pytest.raises(EntryRefused) as refused:
        put(**given)
    assert set(refused.value.message_dict) == {field}
    assert not Spending.objects.exists()


def test_spending_beyond_the_budget_is_told_and_never_blocked(c, put):
    put(2026, 1_000_000)
    put()
    [line] = queries.overview(c.nhon_my, 2026, LAST).beyond
    assert (line.name, line.own.over) == ("Tập huấn", 250_000)


def test_a_change_has_a_reason_and_a_version_and_two_do_not_write_over_each_other(c, put, said):
    one = put()
    about = {"entry": one, "version": 1, "by": c.lan}
    changed = actions.change_entry(**about, said=said(amount=2_000_000), reason="Thiếu hóa đơn")
    assert (changed.version, changed.amount) == (2, 2_000_000)
    entry = Journal.objects.get(event="spending.changed")
    assert (entry.reason, entry.before["amount"], entry.after["on"]) == (
        "Thiếu hóa đơn", 1_250_000, "2026-11-03",
    )  # fmt: skip
    with pytest.raises(ChangedMeanwhile):
        actions.withdraw_entry(**about, reason="nhầm")
    actions.withdraw_entry(entry=one, version=2, reason="nhầm", by=c.lan)
    assert queries.spent([c.nhon_my], FIRST, LAST) == {}
    actions.restore_entry(entry=one, by=c.lan)
    assert queries.spent([c.nhon_my], FIRST, LAST) == {c.nhon_my.pk: 2_000_000}


def test_only_who_keeps_the_book_of_a_unit_writes_in_it(c, put):
    for by in (c.dung, c.tu):
        with pytest.raises(PermissionDenied):
            put(by=by)


def test_a_file_is_taken_over_whole_or_not_at_all(c, said):
    lines = [said(), said(amount=1)]
    with pytest.raises(LinesRefused) as refused:
        actions.import_entries(place=c.nhon_my, lines=lines, by=c.lan)
    assert refused.value.lines[0][:2] == (1, "amount")
    actions.import_entries(place=c.nhon_my, lines=[said(), said(what="Loa")], by=c.lan)
    assert Spending.objects.count() == 2
    assert Journal.objects.filter(event="spendings.imported").count() == 1


def test_sums_are_of_the_days_and_purposes_asked_for(c, put):
    put()
    put(dt.date(2026, 10, 31), purpose=c.equipment)
    put(place=c.ke_sach, by=c.minh)
    everywhere = [c.nhon_my, c.ke_sach, c.soc_trang]
    assert queries.spent(everywhere, FIRST, LAST) == {
        c.nhon_my.pk: 1_250_000, c.ke_sach.pk: 1_250_000
    }  # fmt: skip
    october = dt.date(2026, 10, 1)
    assert queries.spent([c.nhon_my], october, LAST, ["thiet-bi"]) == {c.nhon_my.pk: 1_250_000}
    assert queries.spent_below([c.ke_sach], october, LAST) == {c.ke_sach.pk: 3_750_000}
    put(2026)
    assert queries.budgeted([c.nhon_my], 2025, 2026) == {c.nhon_my.pk: 1_250_000}
    assert queries.budgeted([c.nhon_my], 2027, 2027) == {}


def test_a_closed_year_stays_as_it_is_until_it_is_opened_again(c, put, said):
    old = put(dt.date(2025, 12, 30))
    with pytest.raises(EntryRefused):
        actions.close_year(place=c.nhon_my, year=2026, by=c.lan)  # it still runs
    with pytest.raises(PermissionDenied):
        actions.close_year(place=c.nhon_my, year=2025, by=c.dung)
    closed = actions.close_year(place=c.nhon_my, year=2025, by=c.lan)
    assert actions.close_year(place=c.nhon_my, year=2025, by=c.lan) == closed
    mine = {"version": old.version, "by": c.lan, "reason": "nhầm"}
    running = put()
    refused = [
        lambda: put(dt.date(2025, 3, 1)),
        lambda: put(2025, what=""),
        lambda: actions.change_entry(entry=old, said=said(), **mine),  # out of the year
        lambda: actions.change_entry(entry=running, said=said(dt.date(2025, 3, 1)), **mine),
        lambda: actions.withdraw_entry(entry=old, **mine),
    ]
    for act in refused:
        with pytest.raises(EntryRefused, match="2025"):
            act()
    lines = [said(dt.date(2025, 3, 1))]
    with pytest.raises(LinesRefused):
        actions.import_entries(place=c.nhon_my, lines=lines, by=c.lan)
    put(dt.date(2025, 3, 1), place=c.ke_sach, by=c.minh)  # another unit's own book
    actions.reopen_year(closing=closed, reason="Thiếu một hóa đơn", by=c.lan)
    actions.withdraw_entry(entry=old, **mine)
    assert Journal.objects.get(event="money_year.reopened").reason == "Thiếu một hóa đơn"
    actions.close_year(place=c.nhon_my, year=2025, by=c.lan)
    with pytest.raises(EntryRefused):
        actions.restore_entry(entry=old, by=c.lan)


def test_a_catalogue_row_that_is_no_longer_used_keeps_its_lines(c, put):
    put()
    Purpose.objects.filter(pk=c.training.pk).update(until_on=dt.date(2026, 11, 10))
    [line] = queries.overview(c.nhon_my, 2026, LAST).purposes
    assert line.name == "Tập huấn"
