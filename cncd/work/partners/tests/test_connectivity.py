"""A dead spot noted in the hamlet gets its answer; what is known of a hamlet by date."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cncd.foundation.journal.models import Entry
from cncd.foundation.people.duties import duties_of
from cncd.work.partners import actions, news
from cncd.work.partners.actions import GapRefused
from cncd.work.partners.models import Gap, Noting, Operator
from cncd.work.partners.queries import connectivity_of, standings
from tests.cast import TODAY
from tests.outbox import Phone

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def report(help_):
    """report(…): Tư, leader of Mỹ Phước, finds no signal at the end of the hamlet."""

    def made(**said) -> Gap:
        usual = {
            "place": help_.my_phuoc, "where": "Cuối kênh Ba", "missing": "signal",
            "households": 12, "found_on": TODAY, "by": help_.tu,
        }  # fmt: skip
        return actions.report_gap(**usual | said)

    return made


def test_a_dead_spot_goes_to_whoever_committed_there_and_waits_for_its_answer(
    help_, pledged, report
):
    pledge = pledged(kind="connectivity", amount=2, place=help_.ke_sach, by=help_.minh)
    gap = report()
    assert (gap.state, gap.agency, gap.due_on) == ("asked", help_.firm, TODAY + 10 * DAY)
    [told] = news.gap_asked(Entry.objects.get(event="gap.found"))
    assert told.user == help_.viettel
    assert f"gap {gap.pk}" in [d.key for d in duties_of(help_.viettel, timezone.now())]
    with pytest.raises(PermissionDenied):
        actions.answer_gap(gap=gap, will_do=False, answer="x", by=help_.gio, version=1)
    by_day = TODAY + 5 * DAY
    about = {"gap": gap, "will_do": True, "by": help_.viettel, "version": 1}
    with pytest.raises(GapRefused):
        actions.answer_gap(**about, answer="Lắp trạm")
    gap = actions.answer_gap(**about, answer="Lắp trạm phát sóng", done_by=by_day)
    assert gap.state == "promised"
    heard = {n.user for n in news.gap_answered(Entry.objects.get(event="gap.answered"))
             if hasattr(n, "user")}  # fmt: skip
    assert {help_.lan, help_.tu} <= heard
    with time_machine.travel(dt.datetime(2026, 11, 30, 3, tzinfo=dt.UTC), tick=False):
        assert f"gap {gap.pk}" in [d.key for d in duties_of(help_.tu, timezone.now())]
        again = actions.check_gap(gap=gap, covered=False, on=timezone.localdate(), by=help_.tu)
        assert (again.state, again.reopened, again.answer) == ("asked", 1, "")
        done = actions.check_gap(gap=gap, covered=True, on=timezone.localdate(), by=help_.tu)
        assert (done.state, done.covered_on) == ("covered", dt.date(2026, 11, 30))
        assert standings([pledge])[0].delivered == 1
        back = actions.check_gap(gap=gap, covered=False, on=timezone.localdate(), by=help_.tu)
        assert (back.state, back.reopened) == ("asked", 2)


def test_where_nobody_committed_an_officer_finds_one_or_the_next_promise_takes_it(
    help_, pledged, report
):
    first, second = report(), report(where="Cầu Năm Tấn")
    assert first.state == second.state == "seeking"
    assert f"gap {first.pk}" in [d.key for d in duties_of(help_.lan, timezone.now())]
    asked = actions.ask_enterprise(gap=first, agency=help_.other_firm, by=help_.lan, version=1)
    assert (asked.agency, asked.state) == (help_.other_firm, "asked")
    with pytest.raises(GapRefused):
        actions.ask_enterprise(gap=first, agency=help_.union, by=help_.lan, version=2)
    pledged(kind="connectivity", amount=1)
    second.refresh_from_db()
    first.refresh_from_db()
    assert (second.agency, second.state, first.agency) == (help_.firm, "asked", help_.other_firm)
    [told] = news.pledge_made(Entry.objects.get(event="pledge.made"))
    assert told.user == help_.viettel


def test_an_answer_that_is_late_reaches_the_unit(help_, pledged, report):
    pledged(kind="connectivity", amount=1)
    gap = report()
    late = dt.datetime(2026, 12, 3, 3, tzinfo=dt.UTC)
    users = {n.user for n in news.by_clock(late) if n.what == f"gap {gap.pk}"}
    assert users == {help_.lan}
    with time_machine.travel(late, tick=False):
        keys = {name: [duty.key for duty in duties_of(getattr(help_, name), timezone.now())]
                for name in ("lan", "minh", "ha", "viettel", "dung")}  # fmt: skip
    assert f"gap {gap.pk}" in keys["lan"]  # who calls, or asks another
    assert f"gap {gap.pk}" in keys["viettel"]
    assert "gaps unanswered" in keys["minh"]  # the levels above in one line
    assert "gaps unanswered" in keys["ha"]
    assert f"gap {gap.pk}" not in keys["minh"] + keys["dung"]


def test_late_answers_are_counted_and_opened_where_connection_is_looked_at(
    help_, pledged, report, page_client
):
    pledged(kind="connectivity", amount=1)
    report()
    Gap.objects.update(due_on=TODAY - DAY)
    minh = page_client.as_(help_.minh)
    page = minh.get("/partners/connectivity/").content.decode()
    assert "state=asked&amp;late=yes" in page
    page = minh.get("/partners/connectivity/gaps/?state=asked&late=yes").content.decode()
    assert "Cuối kênh Ba" in page


def test_a_noting_and_a_dead_spot_are_taken_out_and_brought_back(help_, report, page_client):
    operator = Operator.objects.get(code="viettel")
    noting = actions.note_hamlet(place=help_.my_phuoc, noted_on=TODAY, source="seen",
                                 signals={operator: "good"}, by=help_.tu)  # fmt: skip
    lan, hamlet = page_client.as_(help_.lan), noting.get_absolute_url()
    address = f"/partners/connectivity/notings/{noting.pk}/"
    assert address in lan.get(hamlet).content.decode()
    assert lan.get(address).status_code == 200
    lan.post(address, {"reason": "Nhầm ấp"})
    assert connectivity_of([help_.my_phuoc], TODAY)[help_.my_phuoc.pk].good == 0
    assert "Nhầm ấp" in lan.get(hamlet).content.decode()
    lan.post(f"{address}restore/")
    assert connectivity_of([help_.my_phuoc], TODAY)[help_.my_phuoc.pk].good == 1
    assert page_client.as_(help_.dung).get(address).status_code == 404
    gap = report()
    lan = page_client.as_(help_.lan)
    page = gap.get_absolute_url()
    lan.post(f"{page}withdraw/", {"reason": "Ghi nhầm", "version": gap.version})
    assert not Gap.objects.standing().exists()
    assert f"{page}restore/" in lan.get(page).content.decode()
    again = report()
    lan.post(f"{page}restore/")  # it was reported anew meanwhile
    assert Gap.objects.standing().get() == again
    actions.withdraw_gap(gap=again, reason="Trùng", by=help_.lan, version=again.version)
    lan.post(f"{page}restore/")
    assert Gap.objects.standing().get() == gap


def test_a_whole_hamlet_without_a_signal_goes_to_the_enterprise_too(help_, pledged, page_client):
    pledged(kind="connectivity", amount=1)
    page_client.force_login(help_.tu)
    about, phone = {"team": 1}, Phone(page_client)
    noted = {"place": help_.my_phuoc.pk, "noted_on": "20/11/2026", "source": "seen", "fibre": "no",
             "signal_viettel": "none", "signal_mobifone": "none"}  # fmt: skip
    assert phone.send("connectivity.note", about, noted)["state"] == "recorded"
    found = set(Gap.objects.values_list("where", "missing", "state", "agency"))
    asked = ("asked", help_.firm.pk)
    assert found == {("Cả ấp, khóm", "signal", *asked), ("Cả ấp, khóm", "fibre", *asked)}
    noted |= {"noted_on": "21/11/2026"}
    assert phone.send("connectivity.note", about, noted)["state"] == "recorded"
    assert Gap.objects.count() == 2  # it is in the list already
    noted |= {"signal_viettel": "weak", "noted_on": "22/11/2026"}
    assert phone.send("connectivity.note", about, noted)["state"] == "recorded"
    assert dict(Gap.objects.values_list("missing", "state")) == {
        "signal": "covered", "fibre": "asked",
    }  # fmt: skip


def test_what_is_known_holds_by_date_and_adds_up(help_):
    viettel, mobi = (Operator.objects.get(code=code) for code in ("viettel", "mobifone"))
    about = {"place": help_.my_phuoc, "source": "seen", "by": help_.tu}
    early = TODAY - 20 * DAY
    actions.note_hamlet(**about, noted_on=early, signals={viettel: "none", mobi: "weak"})
    actions.note_hamlet(**about, noted_on=TODAY, signals={viettel: "good"}, fibre="yes")
    before = connectivity_of([help_.my_phuoc, help_.ke_sach], TODAY - DAY)
    assert (before[help_.my_phuoc.pk].weak, before[help_.my_phuoc.pk].fibre) == (1, 0)
    now = connectivity_of([help_.my_phuoc, help_.ke_sach], TODAY)
    assert (now[help_.my_phuoc.pk].good, now[help_.my_phuoc.pk].fibre) == (1, 1)
    district = now[help_.ke_sach.pk]
    assert (district.noted, district.good, district.noted_on) == (1, 1, TODAY)
    assert district.hamlets > 1
    noting = Noting.objects.get(noted_on=TODAY)
    actions.withdraw_noting(noting=noting, reason="Nhầm ấp", by=help_.tu)
    assert connectivity_of([help_.my_phuoc], TODAY)[help_.my_phuoc.pk].weak == 1


def test_only_who_looks_after_the_hamlet_notes_it(help_, report):
    with pytest.raises(PermissionDenied):
        report(by=help_.dung)
    with pytest.raises(PermissionDenied):
        report(place=help_.hoa_loc)
    with pytest.raises(GapRefused):
        report(place=help_.nhon_my, by=help_.lan)
    report()
    with pytest.raises(GapRefused):
        report(where="cuối  kênh ba")


def test_the_phone_notes_days_later_without_a_network_once(help_, page_client):
    page_client.force_login(help_.tu)
    page = page_client.get("/m/connectivity/").content.decode()
    assert 'data-outbox="connectivity.gap"' in page
    fields = {
        "place": help_.my_phuoc.pk, "where": "Cuối kênh Ba", "missing": "signal",
        "households": "12", "found_on": "20/11/2026",
    }  # fmt: skip
    about = {"team": 1}, fields
    options = {"id": uuid.uuid4(), "ago": 2 * DAY}
    answers = [Phone(page_client).send("connectivity.gap", *about, **options) for _twice in "12"]
    assert [each["state"] for each in answers] == ["recorded", "recorded"], answers
    gap = Gap.objects.get()
    assert gap.found_on == dt.date(2026, 11, 20)
    noted = {"place": help_.my_phuoc.pk, "noted_on": "20/11/2026", "source": "seen",
             "signal_viettel": "weak"}  # fmt: skip
    said = Phone(page_client).send("connectivity.note", {"team": 1}, noted, ago=DAY)
    assert said["state"] == "recorded", said
    said = Phone(page_client).send("connectivity.check", {"gap": str(gap.pk)}, {"covered": "yes"})
    assert said["state"] == "recorded", said
    gap.refresh_from_db()
    assert gap.state == "covered"
    refused = Phone(page_client).send("connectivity.gap", {"team": 1}, fields | {"where": ""})
    assert refused["state"] == "refused"
    assert "Cuối kênh Ba" in page_client.get("/m/connectivity/").content.decode()


def test_the_desk_sees_hamlets_gaps_and_the_enterprise_only_its_own(
    help_, pledged, report, page_client, django_assert_max_num_queries
):
    pledged(kind="connectivity", amount=1)
    gap = report()
    other = report(place=help_.hoa_loc, by=help_.dung, where="Chợ")
    minh = page_client.as_(help_.minh)
    with django_assert_max_num_queries(40):
        assert "Mỹ Phước" in minh.get("/partners/connectivity/").content.decode()
    with django_assert_max_num_queries(34):
        page = minh.get("/partners/connectivity/gaps/").content.decode()
    assert "Cuối kênh Ba" in page
    assert "Chợ" in page
    assert minh.get(f"/partners/connectivity/hamlets/{help_.my_phuoc.pk}/").status_code == 200
    assert minh.get(gap.get_absolute_url()).status_code == 200
    firm = page_client.as_(help_.viettel)
    page = firm.get("/partners/asks/").content.decode()
    assert "Cuối kênh Ba" in page
    assert "Chợ" not in page
    assert firm.get(f"/partners/asks/{gap.pk}/").status_code == 200
    assert firm.get(f"/partners/asks/{other.pk}/").status_code == 404
    answer = {"will_do": "no", "answer": "Chưa có vốn năm nay", "version": "1"}
    assert firm.get(f"/partners/asks/{gap.pk}/answer/").status_code == 200
    firm.post(f"/partners/asks/{gap.pk}/answer/", answer)
    gap.refresh_from_db()
    assert gap.state == "cannot"
    lan = page_client.as_(help_.lan)
    said = {"agency": help_.other_firm.pk, "version": "2", "due_on": ""}
    assert lan.get(f"{gap.get_absolute_url()}ask/").status_code == 200
    lan.post(f"{gap.get_absolute_url()}ask/", said)
    gap.refresh_from_db()
    assert (gap.agency, gap.state) == (help_.other_firm, "asked")
    form = {"place": help_.my_phuoc.pk, "where": "Vườn dừa", "missing": "fibre",
            "found_on": "22/11/2026"}  # fmt: skip
    assert lan.get("/partners/connectivity/gaps/new/").status_code == 200
    lan.post("/partners/connectivity/gaps/new/", form)
    noted = {"place": help_.my_phuoc.pk, "noted_on": "22/11/2026", "source": "seen", "fibre": "no"}
    assert lan.get("/partners/connectivity/note/").status_code == 200
    lan.post("/partners/connectivity/note/", noted)
    assert (Gap.objects.count(), Noting.objects.count()) == (3, 1)
    made = Gap.objects.get(where="Vườn dừa")
    lan.post(f"{made.get_absolute_url()}check/", {"covered": "yes"})
    made.refresh_from_db()
    assert made.state == "covered"
