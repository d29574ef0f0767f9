"""The pages of a team's report, opened as people open them."""

import json
import uuid

import pytest
from django.urls import reverse

from cncd.results.reports.actions import accept_reports, return_figures, save_draft
from cncd.results.reports.models import Report


@pytest.fixture
def address(season, c):
    return reverse("reports:write", args=[c.team.pk, "2026-11"])


def posted(season, page, values=None, **more) -> dict:
    """What a browser would send of the page: its hidden fields, all that is asked, and `values`."""
    form = page.context["form"]
    sent = {
        "envelope": str(uuid.uuid4()),
        "edition_seen": form["edition_seen"].value(),
        "seen": form["seen"].value(),
    }
    for name in form.fields:
        if name.startswith("v.") and form.fields[name].line.required:
            sent[name] = "" if form.fields[name].line.counted else "không phát sinh"
    return sent | {f"v.{code}": text for code, text in (values or {}).items()} | more


def test_the_page_of_a_month_in_one_scroll(page_client, season, c, address):
    season.log(18)
    page = page_client.as_(c.tu).get(address)
    text = page.content.decode()
    assert "Báo cáo tháng 11/2026" in text
    assert "Số này từ đâu?" in text
    assert "10 lượt" in text
    assert "Còn 7 số cần điền" in text
    assert "Hạn gửi: 23:59 30/11/2026" in text


def test_sending_ends_with_a_receipt_in_words_and_a_text_for_the_group(
    page_client, season, c, address
):
    season.log(18)
    client = page_client.as_(c.tu)
    page = client.get(address)
    answer = client.post(address, posted(season, page, {"KT01": "3"}, send="1"), follow=True)
    text = answer.content.decode()
    assert "Xã đã nhận lúc 12:00" in text
    assert "BÁO CÁO THÁNG 11/2026" in text
    assert "- Lượt người được giúp: 10 lượt" in text
    assert Report.objects.get().sent.figures["KT01"] == {"value": 3}


def test_the_same_form_sent_twice_is_one_report(page_client, season, c, address):
    client = page_client.as_(c.tu)
    sent = posted(season, client.get(address), send="1")
    answers = [client.post(address, sent) for _twice in range(2)]
    assert answers[0].url == answers[1].url
    assert Report.objects.get().versions.count() == 1


def test_what_is_missing_is_named_at_the_figure_and_nothing_typed_is_lost(
    page_client, season, c, address
):
    client = page_client.as_(c.tu)
    sent = posted(season, client.get(address), {"KT01": "3", "KT06": ""}, send="1")
    page = client.post(address, sent | {"narrative": "Đã đến từng nhà"})
    assert page.status_code == 200
    assert page.context["form"].errors.keys() >= {"v.KT06"}
    assert "Đã đến từng nhà" in page.content.decode()
    assert not Report.objects.counting().exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-3", "không được âm"),
        ("ba", "Hãy ghi một số"),
        ("9" * 30, "quá lớn"),
        ("99.999.999.999", "nhiều nhất là 1.000.000"),
        ("1.000.001", "nhiều nhất là 1.000.000"),
        ("1.234", None),
        ("kps", None),
    ],
)
def test_figures_are_read_as_people_write_them(page_client, season, c, address, typed, said):
    client = page_client.as_(c.tu)
    sent = posted(season, client.get(address), {"KT06": typed}, save="1")
    page = client.post(address, sent)
    if said is None:
        assert page.status_code == 302
    else:
        assert any(said in text for text in page.context["form"].errors["v.KT06"])


def test_a_count_corrected_by_hand_has_a_largest_number_too(page_client, season, c, address):
    season.log(18)
    client = page_client.as_(c.tu)
    reason = {"r.TC08": "đếm lại sổ", "r.TC05.num": "đủ thành phần"}
    wrong = {"TC08": "99.999.999.999", "TC05.num": "7"}
    sent = posted(season, client.get(address), wrong, **reason, send="1")
    errors = client.post(address, sent).context["form"].errors
    assert "nhiều nhất là 1.000.000" in errors["v.TC08"][0]
    assert "Ghi 1 nếu có" in errors["v.TC05.num"][0]
    assert not Report.objects.counting().exists()


def test_an_unusual_figure_asks_for_its_reason_on_the_same_page(page_client, season, c, address):
    client = page_client.as_(c.tu)
    sent = posted(season, client.get(address), {"KT01": "1", "KT02": "2"}, send="1")
    page = client.post(address, sent)
    field = "w.ocop-len-san.KT02"
    assert field in page.context["form"].fields
    answer = client.post(address, sent | {field: "một sản phẩm vừa hết hạn"})
    assert answer.status_code == 302
    assert Report.objects.get().sent.warnings[0]["reason"] == "một sản phẩm vừa hết hạn"


def test_two_taps_fill_what_is_blank_without_any_script(page_client, season, c, address):
    season.send({"KT01": 3, "KT07": 6, "TC12.num": 2, "TC13.num": 1, "KT02": 0}, month=10)
    client = page_client.as_(c.tu)
    for how in ("last", "none"):
        page = client.get(address)
        sent = posted(season, page, save="1", fill=how)
        sent |= {name: "" for name in sent if name.startswith("v.")}
        if how == "none":
            form = page.context["form"]
            sent |= {n: form[n].value() or "" for n in form.fields if n.startswith("v.")}
        answer = client.post(address, sent)
        assert answer.url.endswith("#asked")
    page = client.get(address)
    assert page.context["table"].missing == []
    draft = Report.objects.get(period=season.period).versions.get()
    assert draft.figures["KT01"] == {"value": 3}
    assert draft.figures["KT06"] == {"value": "none"}


def test_nothing_arose_keeps_what_stands_at_the_months_end(page_client, season, c, address):
    season.send({"KT01": 3}, month=10)
    client = page_client.as_(c.tu)
    sent = {k: v for k, v in posted(season, client.get(address), send="1").items() if "v." not in k}
    client.post(address, sent | {"nothing_happened": "on"})
    figures = Report.objects.get(period=season.period).sent.figures
    assert figures["KT01"] == {"value": 3}
    assert figures["KT06"] == {"value": "none"}


def test_typing_is_kept_and_the_next_save_is_not_stale(page_client, season, c, address):
    client = page_client.as_(c.tu)
    sent = posted(season, client.get(address), {"KT01": "3"})
    keep = reverse("reports:keep", args=[c.team.pk, "2026-11"])
    for _keystroke in range(2):
        answer = json.loads(client.post(keep, sent).content)
        assert answer["said"] == "Đã lưu 12:00"
        sent["edition_seen"] = answer["edition"]
    assert "Đã đủ. Có thể gửi." in answer["parts"]["still-missing"]
    assert client.post(address, sent | {"send": "1"}).status_code == 302


def test_whom_somebody_else_has_overtaken_sees_both_numbers(page_client, season, c, address):
    mine = page_client.as_(c.tu)
    sent = posted(season, mine.get(address), {"KT01": "3"}, save="1")
    save_draft(team=c.team, period=season.period, content=season.content({"KT01": 4}), by=c.nhan)
    page = mine.post(address, sent)
    form = page.context["form"]
    assert "Người kia ghi: 4." in form.errors["v.KT01"]
    assert form["v.KT01"].value() == "3"
    again = posted(season, page, {"KT01": "3"}, save="1")
    assert mine.post(address, again).status_code == 302


def test_ones_own_draft_that_arrived_unseen_is_no_other_person(page_client, season, c, address):
    client = page_client.as_(c.tu)
    sent = posted(season, client.get(address), {"KT01": "3"})
    keep = reverse("reports:keep", args=[c.team.pk, "2026-11"])
    for value in ("3", "4"):  # the page never heard of the first answer
        assert client.post(keep, sent | {"v.KT01": value}).status_code == 200
    assert client.post(address, sent | {"v.KT01": "5", "send": "1"}).status_code == 302
    assert Report.objects.get().sent.figures["KT01"] == {"value": 5}


def test_counts_that_moved_meanwhile_are_shown_before_sending(page_client, season, c, address):
    season.log(18)
    client = page_client.as_(c.tu)
    sent = posted(season, client.get(address), send="1")
    season.log(19, people=5)
    page = client.post(address, sent)
    assert "Lúc nãy là 10, bây giờ là 15 lượt." in page.context["form"].errors["v.TC08"]
    assert client.post(address, posted(season, page, send="1")).status_code == 302


def test_a_correction_shows_only_what_was_returned_with_the_note_on_top(
    page_client, season, c, address
):
    report = season.send({"KT01": 3})
    return_figures(report=report, notes={"KT01": "Xem lại giấy chứng nhận"}, by=c.lan)
    client = page_client.as_(c.tu)
    page = client.get(address)
    assert "Xem lại giấy chứng nhận" in page.content.decode()
    assert [n for n in page.context["form"].fields if n.startswith("v.")] == ["v.KT01"]
    client.post(address, posted(season, page, {"KT01": "2"}, send="1"))
    report.refresh_from_db()
    assert report.sent.changed == {"KT01": [3, 2]}


def test_a_correction_sent_twice_is_one_version(page_client, season, c, address):
    reasons = {"ocop-len-san.KT02": "vừa hết hạn"}
    report = season.send({"KT01": 1, "KT02": 3}, explanations=reasons)
    return_figures(report=report, notes={"KT02": "Xem lại"}, by=c.lan)
    client = page_client.as_(c.tu)
    sent = posted(season, client.get(address), {"KT02": "1"}, send="1")
    answers = [client.post(address, sent) for _twice in range(2)]
    assert answers[0].url == answers[1].url
    assert report.versions.count() == 2


@pytest.mark.parametrize("who", ["dung", "outsider", "sa"])
def test_outside_the_reach_there_is_nothing(page_client, season, c, address, who):
    report = season.send()
    client = page_client.as_(getattr(c, who))
    for path in (address, reverse("reports:report", args=[report.pk])):
        assert client.get(path).status_code in (403, 404)


def test_a_plain_member_reads_but_does_not_write(page_client, season, c, address):
    report = season.send()
    client = page_client.as_(c.cuong)
    assert client.get(address).status_code == 403
    assert client.get(reverse("reports:report", args=[report.pk])).status_code == 200


def test_a_month_before_the_team_existed_is_refused_in_words(page_client, season, c):
    c.team.since_on = season.months[10].first_day
    c.team.save()
    address = reverse("reports:write", args=[c.team.pk, "2026-09"])
    season.months[9]  # opened
    client = page_client.as_(c.tu)
    page = client.post(address, posted(season, client.get(address), save="1"))
    assert "được thành lập ngày 01/10/2026" in page.content.decode()


def test_one_tap_sends_what_was_written_down_after_sending(page_client, season, c):
    season.log(18)
    report = season.send({"KT01": 3}, narrative="Đã đến từng nhà")
    season.log(19, people=5)
    client = page_client.as_(c.tu)
    page = client.get(reverse("reports:report", args=[report.pk]))
    assert "Ghi thêm sau khi gửi" in page.content.decode()
    client.post(reverse("reports:supplement", args=[report.pk]))
    report.refresh_from_db()
    assert report.sent.figures["TC08"]["value"] == 15
    assert (report.sent.narrative, report.sent.figures["KT01"]) == ("Đã đến từng nhà", {"value": 3})


def test_the_teams_own_list_and_quick_texts(page_client, season, c):
    report = season.send()
    client = page_client.as_(c.tu)
    page = client.get(reverse("reports:of_team", args=[c.team.pk]))
    assert "chờ duyệt" in page.content.decode()
    assert client.get(reverse("reports:quick")).status_code == 200
    text = client.get(reverse("reports:text", args=[report.pk])).context["text"]
    assert len(text.splitlines()) <= 20


def test_the_door_leads_to_the_oldest_month_still_owed(page_client, season, c):
    season.send(month=9)
    season.months[10]
    answer = page_client.as_(c.tu).get(reverse("reports:current"))
    assert answer.url == reverse("reports:write", args=[c.team.pk, "2026-10"])


def test_choosing_another_month_in_the_bar_opens_that_month(page_client, season, c, address):
    october, november = season.send(month=10), season.send()
    client = page_client.as_(c.lan)
    answer = client.get(reverse("reports:report", args=[november.pk]) + "?k=2026-10")
    assert answer.url == reverse("reports:report", args=[october.pk])
    answer = client.get(address + "?k=2026-10")
    assert answer.url == reverse("reports:write", args=[c.team.pk, "2026-10"])


def test_an_accepted_report_says_so_to_the_team(page_client, season, c):
    report = season.send()
    accept_reports(reports=[report], by=c.lan)
    page = page_client.as_(c.tu).get(reverse("reports:report", args=[report.pk]))
    assert "Xã đã duyệt lúc" in page.content.decode()
