"""The demo province: believable hours, a month of last year, one login per role, kept or anew."""

import datetime as dt
import subprocess
import sys
from random import Random

import click
import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone

from cncd.config.demo import build, clock, command, ground, last_year
from cncd.config.demo.logins import PASSWORD, logins
from cncd.config.demo.words import TEXTS
from cncd.foundation.documents.models import Document
from cncd.foundation.people.models import Posting, User
from cncd.foundation.places.models import Place
from cncd.results.reports.models import FigureReturn, Report, ReportVersion
from cncd.results.totals.models import PlaceTotal
from cncd.team.programme.models import Period
from cncd.team.teams.models import Team
from cncd.work.activities.models import Activity
from cncd.work.activities.queries import unit_text
from cncd.work.channels.models import Channel
from cncd.work.channels.queries import checklist
from cncd.work.channels.queries import standings as channel_standings
from cncd.work.directives.actions import rebuild
from cncd.work.households.models import HouseholdCount
from cncd.work.partners.models import Pledge
from cncd.work.partners.queries import standings
from cncd.work.registers.models import Listing, Owner, Product
from tests.installation import installation

NOW = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))  # a Tuesday

pytestmark = pytest.mark.xdist_group("demo")  # built once per tree, not once per process


@pytest.fixture(scope="module", params=["2022", pytest.param("2025", marks=pytest.mark.looks)])
def demo(request, django_db_setup, django_db_blocker):
    """The whole province, but with a hamlet or two per commune, and two months before this one."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(ground, "HAMLETS", 120)
        patch.setattr(build, "MONTHS", 3)
        with time_machine.travel(NOW, tick=False), transaction.atomic():
            told = []
            made = build.Demo(request.param, tell=lambda *step: told.append(step))
            made.told = told
            made.build()
            yield made
            transaction.set_rollback(True)


def local(moments) -> list[dt.datetime]:
    found = [timezone.localtime(moment) for moment in moments if moment]
    assert found
    return found


def is_office(moment: dt.datetime) -> bool:
    morning = dt.time(7, 30) <= moment.time() < dt.time(11, 30)
    afternoon = dt.time(13, 30) <= moment.time() < dt.time(17, 0)
    return clock.is_working(moment.date()) and (morning or afternoon)


def test_officials_accept_and_return_in_office_hours(demo):
    own = Report.objects.exclude(accepted_at=None)
    assert all(map(is_office, local(own.values_list("accepted_at", flat=True))))
    assert all(map(is_office, local(FigureReturn.objects.values_list("at", flat=True))))
    # Nothing is accepted or returned before it came, and nobody acts in the future.
    assert not any(r.first_made_at and r.accepted_at < r.first_made_at for r in own)
    returns = FigureReturn.objects.select_related("report")
    assert all(r.report.first_made_at < r.at < NOW for r in returns)
    assert not own.filter(accepted_at__gt=NOW).exists()


def test_teams_write_by_day_and_report_in_the_evening_some_on_the_last(demo):
    logged = local(Activity.objects.values_list("made_at", flat=True))
    assert all(8 <= moment.hour < 22 and moment <= NOW for moment in logged)
    rows = Report.objects.exclude(team=None).exclude(first_made_at=None).select_related("period")
    sent = local(row.first_made_at for row in rows)
    assert all(17 <= moment.hour < 22 and moment <= NOW for moment in sent)
    last = [r for r in rows if timezone.localdate(r.first_made_at) == r.period.last_day]
    assert len(last) > len(rows) / 4


def test_what_was_asked_stands_as_the_evidence_says(demo):
    assert rebuild(now=NOW) == 0


def test_a_shift_at_the_one_stop_shop_is_on_a_working_day(demo):
    days = Activity.objects.filter(kind__code="truc-mot-cua").values_list("happened_on", flat=True)
    assert days
    assert all(map(clock.is_working, days))


def test_decisions_and_postings_begin_on_working_days_signed_by_who_is_in_office(demo):
    days = [*Document.objects.values_list("issued_on", flat=True)]
    days += Posting.objects.values_list("since_on", flat=True)
    assert all(map(clock.is_working, days))
    leaders = Posting.objects.filter(role__code__endswith="_leader")
    names = set(leaders.values_list("person__full_name", flat=True))
    decisions = Document.objects.filter(kind=Document.Kind.DECISION)
    assert set(decisions.values_list("signer", flat=True)) <= names


def test_the_month_a_year_ago_is_imported_for_every_team_of_that_time_and_lower(demo):
    [first, second] = Period.objects.filter(scheme__in_use=True).order_by("first_day")[:2]
    assert first.last_day < second.first_day
    reports = Report.objects.filter(period=first)
    assert set(reports.values_list("sent__origin", flat=True)) == {ReportVersion.Origin.IMPORTED}
    assert reports.count() == Team.objects.on(first.last_day).count()
    province = {
        row.period_id: row
        for row in PlaceTotal.objects.filter(place=demo.province, period__in=[first, second])
    }
    then, later = province[first.pk], province[second.pk]
    assert 0 < then.figures["TC08"][0] < later.figures["TC08"][0]
    assert (then.counts["due"], then.counts["late"]) == (0, 0)  # never judged on time or late


def test_the_100_percent_line_climbs_and_reports_froze_what_the_registers_held(demo):
    periods = list(Period.objects.filter(scheme__in_use=True).order_by("first_day"))[1:]
    totals = PlaceTotal.objects.filter(place=demo.province, period__in=periods)
    figures = {row.period_id: row.figures for row in totals}
    shares = []
    for period in periods[:-1]:
        known = Product.objects.recognised_on(period.last_day)
        checked = Listing.objects.in_state_on(["verified"], period.last_day)
        on_floor = known.filter(pk__in=checked.values("product"))
        stated = [sum(figures[period.pk][code][:2]) for code in ("KT01", "KT02")]
        # A team that never reported leaves its products out of the sum, never in it.
        assert known.count() - 3 <= stated[0] <= known.count()
        assert on_floor.count() - 3 <= stated[1] <= on_floor.count()
        shares.append(on_floor.count() / known.count())
    assert shares == sorted(shares)
    assert 0.2 < shares[0] < shares[-1] < 1


def test_the_example_has_a_product_on_a_floor_one_missing_and_somebody_to_help(demo):
    here = Place.objects.within([demo.example.pk], demo.today)
    known = Product.objects.recognised_on(demo.today).of_places(here)
    assert Listing.objects.filter(product__in=known, state="verified").exists()
    assert known.filter(listings=None).exists()
    assert {"planned", "broken", "listed"} <= set(Listing.objects.values_list("state", flat=True))
    selling = Pledge.objects.filter(place=demo.example, kind__in=("shops", "listings"))
    helped = standings(selling, demo.today)
    assert {row.pledge.agency_id for row in helped} == {demo.firm.pk}
    assert all(row.left for row in helped)


def test_products_are_in_all_stars_and_no_owner_gave_a_number_or_an_unasked_contact(demo):
    ranks = Product.objects.recognised_on(demo.today).values_list("star", "is_potential")
    assert set(ranks) == {(3, False), (4, False), (None, True)}
    owners = Owner.objects.exclude(contact_phone="")
    assert owners.exists()
    assert all(owner.consented_on and owner.contact_phone.startswith("0570") for owner in owners)


def test_groups_are_of_every_level_some_misnamed_and_the_examples_lacks_one_kind(demo):
    channels = Channel.objects.open_on(demo.today)
    levels = set(channels.values_list("level__code", flat=True))
    alive = Place.objects.alive(demo.today)
    assert levels == set(alive.values_list("level__code", flat=True))
    rows = channel_standings(channels, demo.today)
    faulty = [row for row in rows if row.must_rename]
    assert 0.05 < len(faulty) / len(rows) < 0.5
    common = channels.get(place=demo.example, is_common=True)
    assert [each.is_missing for each in checklist(common, demo.today).needed].count(True) == 1


def test_the_text_for_the_group_is_short_and_has_one_link_at_every_level(demo):
    first = demo.today - dt.timedelta(days=demo.today.weekday())
    for place in (demo.province, *demo.districts, demo.example):
        text = unit_text(place, str(place), first, demo.today, link="http://x/activities/")
        assert text.count("http") == 1, text
        assert len(text.splitlines()) <= 20
        assert len(text) <= 2_000


def test_every_hamlet_has_counts_with_a_source_and_the_examples_logs_name_codes(demo):
    hamlets = [hamlet.pk for each in demo.hamlets.values() for hamlet in each]
    counts = HouseholdCount.objects.current().filter(year=demo.today.year)
    assert set(counts.values_list("place", flat=True)) == set(hamlets)
    assert all(counts.values_list("source", flat=True))
    own = demo.by_commune[demo.example.pk]
    named = Activity.objects.filter(team__in=own).exclude(visited=None)
    assert named.exists()


@pytest.mark.parametrize("factor", range(20))
def test_earlier_figures_are_lower_and_parts_stay_within_wholes(factor):
    kinds = {
        "TC08": "flow",
        "XH08": "flow",
        "KT01": "stock",
        "KT01.s3": "stock",
        "KT01.s4": "stock",
        "KT02": "stock",
        "TC04": "stock",
    }
    kinds |= {"TC06.num": "distinct", "TC11": "flow"}
    now = {
        "TC08": 90,
        "XH08": 89,
        "KT01": 5,
        "KT01.s3": 3,
        "KT01.s4": 2,
        "KT02": 5,
        "TC04": 7,
        "TC06.num": 1,
        "TC11": "none",
    }
    then = last_year.earlier(now, kinds, Random(factor))
    plain = {code: 0 if value == "none" else value for code, value in then.items()}
    assert plain["XH08"] <= plain["TC08"] < 90
    assert plain["KT02"] <= plain["KT01"] <= 5
    assert (then["TC04"], then["TC11"]) == (7, "none")
    assert plain["KT01"] == plain["KT01.s3"] + plain["KT01.s4"]
    assert bool(plain["TC06.num"]) == bool(plain["TC08"])  # active is who helped somebody


def test_one_login_per_role_is_told_and_opens_on_this_machine_only(demo, capsys):
    command.tell_logins()
    told = capsys.readouterr().out
    assert PASSWORD in told
    assert all(f"  {login} " in told for login, _who in logins())
    posted = Posting.objects.filter(person__user__login__in=dict(logins()))
    roles = set(Posting.objects.values_list("role", flat=True))
    assert set(posted.values_list("role", flat=True)) == roles
    for login in ("totruong", "canbotinh"):
        for where, enters in (("localhost", True), ("cncd.example.vn", False)):
            client = Client(HTTP_HOST=where)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("django.conf.settings.ALLOWED_HOSTS", ["*"])
                client.post("/account/login/", {"login": login, "password": PASSWORD})
            assert ("_auth_user_id" in client.session) == enters, (login, where)


def test_everybody_of_the_demo_is_marked_and_no_phone_can_be_real(demo):
    assert not User.objects.filter(is_demo=False).exists()
    phones = User.objects.exclude(person=None).values_list("person__contact_phone", flat=True)
    assert all(phone.startswith("0570") for phone in phones if phone)


def test_running_it_again_keeps_what_was_entered(demo, capsys):
    Activity.objects.update(venue="Chợ nổi")
    before = Activity.objects.count()
    command.run(demo.tree, reset=False)
    assert Activity.objects.filter(venue="Chợ nổi").count() == before
    told = capsys.readouterr().out
    assert "totruong" in told
    assert "--reset" not in told


def test_another_tree_is_not_mixed_in_but_said(demo, capsys):
    other = {"2022": "2025", "2025": "2022"}[demo.tree]
    before = Activity.objects.count()
    command.run(other, reset=False)
    assert Activity.objects.count() == before
    assert f"cncd demo --tree {other} --reset" in capsys.readouterr().out


RESET = """
import django; django.setup()
from cncd.config import serving
from cncd.config.demo import command
from cncd.foundation.places.models import Level, Place
serving.migrate()
Place.objects.create(level=Level.objects.create(code="x", name="X", name_en="X", rank=1))
command.drop()
serving.migrate()
print(Place.objects.count(), Level.objects.count())
"""


def test_a_reset_starts_from_nothing(tmp_path):
    with installation(tmp_path) as environment:
        told = subprocess.check_output([sys.executable, "-c", RESET], env=environment, text=True)
    assert told.split() == ["0", "0"]


@pytest.mark.django_db
def test_a_database_that_holds_something_else_is_refused(cast):
    with pytest.raises(click.ClickException):
        command.run("2022", reset=False)


def test_progress_is_told_from_nothing_to_all(demo):
    shares = [share for _text, share in demo.told]
    assert shares == sorted(shares)
    assert (shares[0] < 0.05, shares[-1]) == (True, 1)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-20", True),
        ("2026-11-22", False),  # a Sunday
        ("2026-09-02", False),
        ("2026-02-17", False),  # the lunar new year
        ("2026-02-23", True),
    ],
)
def test_which_days_are_worked(day, works):
    assert clock.is_working(dt.date.fromisoformat(day)) == works


def test_every_text_of_a_team_can_be_filled_in():
    def texts(node):
        if isinstance(node, str):
            yield node
        else:
            for part in node.values() if isinstance(node, dict) else node:
                yield from texts(part)

    for text in texts({k: v for k, v in TEXTS.items() if k != "names"}):
        filled = text.format(ap="khóm", xa="phường")
        assert "{" not in filled
        assert "  " not in filled
