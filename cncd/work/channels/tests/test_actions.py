"""What may be written of a group, by whom, and what is kept of it."""

import datetime as dt
import unicodedata

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry
from cncd.foundation.kit.bulk import LinesRefused
from cncd.work.channels import actions
from cncd.work.channels.models import Channel, NameRule, Presence, RequiredMember
from cncd.work.channels.rules.members import Fit
from cncd.work.channels.tests.conftest import OPENED, RIGHT_COMMUNE, RIGHT_TEAM, TODAY


def register(c, **words):
    said = {"place": c.my_phuoc, "team": c.team, "platform": c.zalo, "name": RIGHT_TEAM}
    said |= {"opened_on": OPENED, "by": c.tu}
    return actions.register_channel(**(said | words))


def events() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("event", flat=True))


def test_a_name_is_kept_exactly_as_it_was_pasted(c):
    pasted = unicodedata.normalize("NFD", f" {RIGHT_TEAM}\u200b ")
    found = Channel.objects.get(pk=register(c, name=pasted).pk)
    assert found.name == pasted
    assert "my phuoc" in found.search_key


def test_registering_writes_one_entry_that_says_from_which_day_figures_differ(c):
    Entry.objects.all().delete()
    found = register(c, runner=c.cuong.person, link="zalo.me/g/abc", member_count=45)
    entry = Entry.objects.get()
    assert (entry.event, entry.place_id, entry.team_id) == (
        "channel.registered", c.my_phuoc.pk, c.team.pk,
    )  # fmt: skip
    assert entry.after["on"] == OPENED.isoformat()
    assert found.link == "https://zalo.me/g/abc"
    assert found.versions.get().content["runner"] == c.cuong.person.pk


@pytest.mark.parametrize(
    ("who", "place", "team", "may"),
    [
        ("tu", "my_phuoc", "team", True),
        ("nhan", "my_phuoc", "team", True),
        ("cuong", "my_phuoc", "team", False),  # a plain member
        ("liem", "my_phuoc", "team", False),  # leads another team
        ("tu", "nhon_my", None, False),
        ("lan", "nhon_my", None, True),
        ("lan", "my_phuoc", "team", True),
        ("lan", "ke_sach", None, False),
        ("dung", "nhon_my", None, False),
        ("minh", "ke_sach", None, True),
        ("minh", "nhon_my", None, True),
        ("son", "ke_sach", None, False),
        ("ha", "soc_trang", None, True),
        ("hung", "nhon_my", None, False),
        ("doan", "nhon_my", None, False),
        ("xem", "nhon_my", None, False),
        ("outsider", "nhon_my", None, False),
    ],
)
def test_who_keeps_which_group(c, who, place, team, may):
    words = {
        "place": getattr(c, place),
        "team": team and getattr(c, team),
        "by": getattr(c, who),
    }
    if may:
        assert register(c, **words).pk
    else:
        with pytest.raises(PermissionDenied):
            register(c, **words)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"name": "   "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"opened_on": TODAY + dt.timedelta(days=1)}, "opened_on"),
        ({"last_active_on": OPENED - dt.timedelta(days=1)}, "last_active_on"),
        ({"link": "https://zalo.me/0912345678"}, "link"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(c, words, field):
    with pytest.raises(actions.ChannelRefused) as refused:
        register(c, **words)
    assert list(refused.value.error_dict) == [field]
    assert Channel.objects.count() == 0


def test_a_team_s_group_is_at_its_own_hamlet_and_run_by_its_member(c):
    with pytest.raises(actions.ChannelRefused) as refused:
        register(c, place=c.my_hoa)
    assert "team" in refused.value.error_dict
    with pytest.raises(actions.ChannelRefused) as refused:
        register(c, runner=c.liem.person)
    assert "runner" in refused.value.error_dict


def test_one_link_and_one_group_are_entered_once(c):
    register(c, link="https://zalo.me/g/abc")
    with pytest.raises(actions.ChannelRefused) as refused:
        register(c)
    assert "name" in refused.value.error_dict
    with pytest.raises(actions.ChannelRefused) as refused:
        register(c, name="khác", link="https://zalo.me/g/abc")
    assert "link" in refused.value.error_dict


def test_a_floor_is_no_network_for_a_group(c):
    from cncd.team.programme.models import Platform

    with pytest.raises(actions.ChannelRefused) as refused:
        register(c, platform=Platform.objects.get(code="voso"))
    assert "platform" in refused.value.error_dict


def test_the_first_group_of_a_commune_is_its_common_one(c, commune_group):
    assert commune_group.is_common
    second = register(c, place=c.nhon_my, team=None, platform=c.viber, name="x", by=c.lan)
    assert not second.is_common
    district = register(c, place=c.ke_sach, team=None, name="y", by=c.minh)
    assert not district.is_common


def test_a_change_makes_a_version_and_tells_what_was_before(c, team_group):
    Entry.objects.all().delete()
    actions.change_channel(channel=team_group, by=c.tu, version=1, name="Nhóm của ấp")
    entry = Entry.objects.get()
    assert (entry.before["name"], entry.after["name"]) == (RIGHT_TEAM, "Nhóm của ấp")
    assert entry.after["on"] == TODAY.isoformat()  # before, it bore its old name
    kept = [version.content["name"] for version in team_group.versions.all()]
    assert kept == [RIGHT_TEAM, "Nhóm của ấp"]


def test_of_two_changes_the_second_sees_the_first(c, team_group):
    actions.change_channel(channel=team_group, by=c.tu, version=1, member_count=45)
    with pytest.raises(actions.ChangedMeanwhile) as clash:
        actions.change_channel(channel=team_group, by=c.lan, version=1, member_count=50)
    assert clash.value.channel.member_count == 45
    assert clash.value.content["member_count"] == 50
    again = actions.change_channel(channel=team_group, by=c.tu, version=1, member_count=45)
    assert again.version == 2
    with pytest.raises(actions.ChannelRefused):
        actions.change_channel(channel=team_group, by=c.tu, version=2, member_count=45)


def test_closing_taking_out_and_both_undone(c, team_group):
    day = dt.date(2026, 11, 1)
    closed = actions.close_channel(channel=team_group, on=day, by=c.tu)
    assert not Channel.objects.open_on(day).exists()
    assert Channel.objects.open_on(day - dt.timedelta(days=1)).exists()
    actions.reopen_channel(channel=closed, by=c.tu)
    actions.withdraw_channel(channel=team_group, by=c.lan, reason="ghi nhầm")
    assert not Channel.objects.open_on(OPENED).exists()
    with pytest.raises(actions.NotStanding):
        actions.change_channel(channel=team_group, by=c.tu, version=3, name="x")
    actions.restore_channel(channel=team_group, by=c.lan)
    assert Channel.objects.open_on(TODAY).get() == team_group
    assert events()[-4:] == [
        "channel.closed", "channel.reopened", "channel.withdrawn", "channel.restored",
    ]  # fmt: skip


# -- who is in the common group -----------------------------------------------------------------


def kind(code: str) -> RequiredMember:
    return RequiredMember.objects.get(code=code)


def posting(user):
    return user.person.postings.get()


def test_whoever_holds_a_fitting_post_is_ticked_once_and_cleared(c, commune_group):
    words = {"channel": commune_group, "required": kind("leader-commune"), "by": c.lan}
    row = actions.tick_presence(posting=posting(c.hung), on=TODAY, **words)
    assert actions.tick_presence(posting=posting(c.hung), on=TODAY, **words) == row
    commune_group.refresh_from_db()
    assert commune_group.version == 2
    assert commune_group.versions.last().content["present"] == [
        ["leader-commune", posting(c.hung).pk]
    ]
    actions.clear_presence(presence=row, on=TODAY + dt.timedelta(days=3), by=c.lan)
    row.refresh_from_db()
    assert row.until_on == TODAY + dt.timedelta(days=3)


def test_a_slip_leaves_no_span(c, commune_group):
    words = {"channel": commune_group, "required": kind("leader-commune"), "by": c.lan}
    row = actions.tick_presence(posting=posting(c.hung), on=TODAY, **words)
    actions.clear_presence(presence=row, on=TODAY, by=c.lan)
    assert not Presence.objects.exists()


def test_who_does_not_fit_is_refused(c, commune_group, team_group):
    words = {"required": kind("leader-commune"), "on": TODAY, "by": c.lan}
    with pytest.raises(actions.ChannelRefused):
        actions.tick_presence(channel=commune_group, posting=posting(c.lan), **words)
    with pytest.raises(actions.ChannelRefused):
        actions.tick_presence(channel=team_group, posting=posting(c.hung), **words)


# -- rules ----------------------------------------------------------------------------------------


def test_the_plan_s_rules_are_there_with_the_programme(c):
    rules = NameRule.objects.on(TODAY)
    assert {rule.level.code for rule in rules} == {"province", "district", "commune", "hamlet"}
    assert rules.filter(is_canonical=True).count() == 4
    assert RequiredMember.objects.on(TODAY).count() == 5
    from cncd.team.programme.actions import seed_programme

    seed_programme()
    assert NameRule.objects.count() == 5  # again, nothing is added


def test_new_rules_hold_from_their_day_on(c):
    level, day = c.levels["commune"], dt.date(2027, 1, 1)
    actions.set_name_rules(
        level=level, patterns=["CNCĐ_{commune}_{province}"], since_on=day, by=c.ha
    )
    before = NameRule.objects.on(TODAY).get(level=level)
    after = NameRule.objects.on(day).get(level=level)
    assert (before.pattern, after.pattern) == (
        "CNCĐ_{commune}_{district}", "CNCĐ_{commune}_{province}",
    )  # fmt: skip
    assert Entry.objects.latest("pk").after["on"] == "2027-01-01"


@pytest.mark.parametrize(
    "patterns", [[], ["CNCĐ_{xom}"], ["CNCĐ_{commune}_{district}"], ["A_{commune}", "A_{commune}"]]
)
def test_rules_that_cannot_be_are_refused(c, patterns):
    with pytest.raises(actions.RuleRefused):
        actions.set_name_rules(
            level=c.levels["commune"], patterns=patterns, since_on=TODAY, by=c.ha
        )


def test_only_the_province_and_the_administrator_change_rules(c):
    with pytest.raises(PermissionDenied):
        actions.set_name_rules(
            level=c.levels["commune"], patterns=["A_{commune}"], since_on=TODAY, by=c.minh
        )
    with pytest.raises(PermissionDenied):
        actions.set_required_member(
            level=c.levels["commune"], name="Công an xã", fit=Fit(), since_on=TODAY, by=c.lan
        )


def test_a_kind_of_member_is_added_by_a_row(c):
    made = actions.set_required_member(
        level=c.levels["commune"],
        name="Bí thư Đoàn xã",
        fit=Fit(("union_commune",), (), ("commune",)),
        since_on=TODAY,
        by=c.ha,
    )
    assert made.code == "bi-thu-doan-xa"
    assert Fit.read(RequiredMember.objects.get(pk=made.pk).fits).roles == ("union_commune",)


# -- many at once ---------------------------------------------------------------------------------


def line(c, **words):
    return actions.ChannelLine(**({"platform": c.zalo} | words))


def test_a_batch_is_one_entry_and_a_second_time_updates(c):
    Entry.objects.all().delete()
    lines = [
        line(c, place=c.my_phuoc, team=c.team, name=f" {RIGHT_TEAM}"),
        line(c, place=c.nhon_my, name=RIGHT_COMMUNE, member_count=45),
    ]
    actions.import_channels(lines=lines, unit=c.nhon_my, by=c.lan)
    entry = Entry.objects.get()
    assert [row["place"] for row in entry.rows] == [c.my_phuoc.pk, c.nhon_my.pk]
    assert entry.subject_kind == "channels.channel"
    known = Channel.objects.get(team=c.team)
    again = [line(c, place=c.my_phuoc, team=c.team, name=RIGHT_TEAM, channel=known)]
    actions.import_channels(lines=again, unit=c.nhon_my, by=c.lan)
    assert Channel.objects.count() == 2
    assert [v.content["name"] for v in known.versions.all()] == [f" {RIGHT_TEAM}", RIGHT_TEAM]


def test_of_a_batch_with_a_wrong_line_nothing_is_written(c):
    lines = [
        line(c, place=c.nhon_my, name=RIGHT_COMMUNE),
        line(c, place=c.my_phuoc, team=c.team, name=" "),
    ]
    with pytest.raises(LinesRefused) as refused:
        actions.import_channels(lines=lines, unit=c.nhon_my, by=c.lan)
    assert [(index, field) for index, field, _said in refused.value.lines] == [(1, "name")]
    assert Channel.objects.count() == 0
