"""Pages of the money book: recording, plan against actual, the rows behind a sum, Excel."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from cncd.work.money.models import Budget, Spending

pytestmark = pytest.mark.django_db
PLAN, LINES, NEW = "/money/", "/money/spending/", "/money/spending/new/"


def fields(c, **said):
    return {
        "what": "2 loa cầm tay", "amount": "1,25 triệu", "on": "02/11/2026",
        "purpose": c.equipment.pk, "source": c.commune_budget.pk, **said,
    }  # fmt: skip


def test_an_officer_records_with_the_paper_and_is_warned_when_it_exceeds(c, page_client):
    lan = page_client.as_(c.lan)
    assert lan.get(NEW).status_code == 200
    paper = {
        "paper-number": "12/QĐ-UBND", "paper-issued_on": "01/11/2026",
        "paper-subject": "Mua thiết bị", "paper-signer": "Nguyễn Văn An",
        "paper-issuer": "UBND xã Nhơn Mỹ",
    }  # fmt: skip
    answer = lan.post(NEW, fields(c) | paper, follow=True)
    found = Spending.objects.get()
    assert (found.amount, found.place, str(found.document.number)) == (
        1_250_000, c.nhon_my, "12/QĐ-UBND",
    )  # fmt: skip
    assert "vượt dự toán 1.250.000\xa0đồng" in answer.content.decode()
    page = lan.get(found.get_absolute_url()).content.decode()
    assert "1.250.000\xa0đồng" in page
    assert "12/QĐ-UBND" in page
    assert "1.250.000" in lan.get(PLAN).content.decode()


def test_errors_stand_at_their_fields(c, page_client):
    lan = page_client.as_(c.lan)
    page = lan.post(NEW, fields(c, amount="mười đồng", on="31/12/2026"))
    assert set(page.context["form"].errors) == {"amount", "on"}
    page = lan.post(NEW, fields(c, what="Chuyển vào số 123456789012"))
    assert set(page.context["form"].errors) == {"what"}
    assert not Spending.objects.exists()


def test_own_money_and_that_of_the_units_below_stand_apart_and_each_sum_opens_its_rows(
    c, put, page_client
):
    put(2026, 5_000_000)
    put(what="Của xã")
    put(what="Của huyện", place=c.ke_sach, by=c.minh, amount=2_000_000)
    minh = page_client.as_(c.minh)
    page = minh.get(PLAN)
    found = page.context["overview"]
    assert (found.own.spent, found.all.spent) == (2_000_000, 3_250_000)
    text = page.content.decode()
    for words, level in ((("Của huyện",), "own"), (("Của huyện", "Của xã"), "all")):
        address = f"{LINES}?u={c.ke_sach.pk}&amp;year=2026&amp;level={level}&amp;purpose=tap-huan"
        assert address in text
        rows = minh.get(address.replace("&amp;", "&")).content.decode()
        assert [each for each in ("Của huyện", "Của xã") if each in rows] == list(words)
    units = minh.get(PLAN, {"by": "unit"}).context["list"]
    assert [(line.own.spent, line.all.spent) for line in units.source.source if line.all.spent] == [
        (2_000_000, 2_000_000), (1_250_000, 1_250_000),
    ]  # fmt: skip


def test_the_pages_ask_as_few_questions_for_many_lines_as_for_few(
    c, put, page_client, django_assert_max_num_queries
):
    for number in range(12):
        put(what=f"Khoản {number}", purpose=c.equipment if number % 2 else c.training)
    minh = page_client.as_(c.minh)
    with django_assert_max_num_queries(30):
        minh.get(PLAN, {"by": "unit"})
    with django_assert_max_num_queries(26):
        minh.get(LINES, {"level": "all"})


def test_outside_reach_there_is_nothing(c, put, page_client):
    one = put()
    assert page_client.as_(c.dung).get(one.get_absolute_url()).status_code == 404
    assert page_client.as_(c.tu).get(PLAN).status_code == 403
    edit = reverse("money:edit_spending", args=[one.pk])
    assert page_client.as_(c.dung).get(edit).status_code == 404


def test_a_line_is_put_right_taken_out_and_brought_back(c, put, page_client):
    one = put()
    lan = page_client.as_(c.lan)
    edit = reverse("money:edit_spending", args=[one.pk])
    assert 'value="1.250.000"' in lan.get(edit).content.decode()
    page = lan.post(edit, fields(c, version=1))
    assert set(page.context["form"].errors) == {"reason"}
    lan.post(edit, fields(c, version=1, amount="2 triệu", reason="Thiếu hóa đơn"))
    one.refresh_from_db()
    assert (one.amount, one.version) == (2_000_000, 2)
    assert "Thiếu hóa đơn" in lan.get(one.get_absolute_url()).content.decode()
    lan.post(reverse("money:withdraw_spending", args=[one.pk]), {"reason": "Nhầm", "version": 2})
    assert not Spending.objects.standing().exists()
    lan.post(reverse("money:restore_spending", args=[one.pk]))
    assert Spending.objects.standing().exists()


@pytest.mark.parametrize(
    ("kind", "model", "when"), [("budget", Budget, "2026"), ("spending", Spending, "03/11/2026")]
)
def test_a_list_comes_from_excel_a_second_time_adds_nothing_and_goes_out_again(
    c, page_client, kind, model, when
):
    book = Workbook()
    book.active.append(["Ngày chi" if kind == "spending" else "Năm", "Nội dung", "Số tiền",
                        "Mục đích", "Nguồn"])  # fmt: skip
    book.active.append([when, "Loa cầm tay", "1,25 triệu", "Thiết bị", "Xã hội hóa"])
    book.active.append([when, "Tập huấn", 3_000_000, "tap huan", "Ngân sách xã"])
    file = io.BytesIO()
    book.save(file)
    lan = page_client.as_(c.lan)
    for _time in range(2):
        file.seek(0)
        file.name = "kinh-phi.xlsx"
        address = lan.post(f"/money/{kind}{'s' * (kind == 'budget')}/import/", {"file": file}).url
        page = lan.get(address).content.decode()
        digest = page.split('name="digest" value="')[1].split('"')[0]
        lan.post(address, {"digest": digest, "confirm": "1"})
        assert sorted(model.objects.values_list("amount", flat=True)) == [1_250_000, 3_000_000]
    listed = reverse(f"money:{kind}s")
    sheet = load_workbook(io.BytesIO(lan.get(listed, {"export": "xlsx"}).content)).active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert 1_250_000 in cells


def test_a_budget_of_another_year_is_found_under_its_year(c, put, page_client):
    put(2027, 9_000_000)
    lan = page_client.as_(c.lan)
    assert lan.get(PLAN).context["overview"].is_empty
    assert lan.get(PLAN, {"year": "2027"}).context["overview"].own.budget == 9_000_000


def test_a_year_is_closed_on_its_page_and_opened_again_with_a_reason(c, put, page_client):
    old = put(dt.date(2025, 12, 30))
    lan = page_client.as_(c.lan)
    page, close = "/money/?year=2025", "/money/years/2025/close/"
    assert close in lan.get(page).content.decode()
    assert close.replace("2025", "2026") not in lan.get("/money/?year=2026").content.decode()
    assert "1.250.000" in lan.get(close).content.decode()
    lan.post(close)
    told = lan.get(page).content.decode()
    assert "/money/years/2025/reopen/" in told
    assert "/money/spending/new/" not in told
    assert "/edit/" not in lan.get(old.get_absolute_url()).content.decode()
    late = {"on": "30/12/2025", "amount": "2 triệu", "purpose": c.training.pk, "what": "Loa",
            "source": c.commune_budget.pk}  # fmt: skip
    assert "đã khóa" in lan.post("/money/spending/new/", late).content.decode()
    lan.post("/money/years/2025/reopen/", {"reason": ""})
    assert "/money/spending/new/" not in lan.get(page).content.decode()
    lan.post("/money/years/2025/reopen/", {"reason": "Thiếu một hóa đơn"})
    assert "/money/spending/new/" in lan.get(page).content.decode()
    assert page_client.as_(c.tu).get(close).status_code == 403
