"""Lines of many teams pasted from Excel: looked at, confirmed, written once."""

import pytest
from django.urls import reverse

from cncd.foundation.journal.models import Entry
from cncd.team.programme.queries import period_coded
from cncd.work.activities.models import Activity

HEADS = "Tổ\tNgày\tNội dung\tSố người\tTừ 60 tuổi\tGhi chú\n"


@pytest.fixture
def paste(page_client, cast, months):
    """Pastes as the commune's officer; the page that follows."""
    client = page_client.as_(cast.lan)
    address = reverse("logsheets:lines")
    client.get(address)

    def send(text: str, confirm: bool = False):
        sent = {"pasted": text, "month": period_coded("2026-11").pk}
        answer = client.post(address, sent)
        if answer.status_code != 302:
            return answer
        preview = client.get(answer["Location"])
        if confirm:
            digest = preview.content.decode().split('name="digest" value="')[1].split('"')[0]
            client.post(answer["Location"], {"confirm": "1", "digest": digest})
        return preview

    send.client = client
    return send


def people() -> list[int]:
    return sorted(Activity.objects.values_list("people", flat=True))


def test_teams_are_known_by_code_name_or_hamlet_with_headings_in_any_order(paste, cast):
    text = (
        "Nội dung\tTổ\tNgày\tSố người\n"
        f"VNeID\t{cast.team.code}\t2\t3\n"
        f"zalo 4\t{cast.team.name.upper()}\t03/11/2026\t4\n"
        "1=2; 4=3\tap my phuoc\t12/11\t5\n"
    )
    paste(text, confirm=True)
    assert people() == [3, 4, 5]
    assert Entry.objects.filter(event="activities.logged").count() == 1
    assert Activity.objects.filter(on_behalf=True, team=cast.team).count() == 3


def test_without_headings_the_columns_stand_in_the_order_of_the_page(paste):
    paste("Mỹ Phước\t2\tVNeID\t3\nMỹ Phước\t5\tZalo\t6\t2\n", confirm=True)
    assert people() == [3, 6]
    assert Activity.objects.get(people=6).elderly == 2


def test_every_wrong_row_says_why_and_nothing_is_written(paste):
    text = HEADS + "Hòa Lộc\t2\tVNeID\t3\nMỹ Phước\t31\tVNeID\t3\nMỹ Phước\t2\tkhông rõ\tba\n"
    preview = paste(text + "Mỹ Phước\t2\tVNeID\t3\t9\n", confirm=False)
    for words in ("Không có Tổ nào", "không có ngày này", "Không có nội dung", "số nguyên"):
        assert words in preview.content.decode()
    assert "Từ 60 tuổi: " in preview.content.decode()
    assert "Sửa ngay tại đây" in preview.content.decode()
    assert people() == []


def test_what_the_log_has_already_is_not_written_twice(paste):
    text = HEADS + "Mỹ Phước\t2\tVNeID\t3\nMỹ Phước\t2\tVNeID\t3\n"
    paste(text, confirm=True)
    assert people() == [3, 3]  # two alike in one paste are two
    preview = paste(text + "Mỹ Phước\t4\tVNeID\t8\n", confirm=True)
    assert "giống hệt" in preview.content.decode()
    assert people() == [3, 3, 8]


def test_what_was_pasted_is_opened_again_to_be_put_right(paste):
    preview = paste(HEADS + "Mỹ Phước\t31\tVNeID\t3\n")
    again = preview.content.decode().split('href="')
    address = next(part.split('"')[0] for part in again if "?again=" in part.split('"')[0])
    assert "Mỹ Phước\t31\tVNeID\t3" in paste.client.get(address).content.decode()


def test_a_thousand_rows_take_a_fixed_number_of_queries(paste, django_assert_max_num_queries):
    rows = "".join(f"Mỹ Phước\t{n % 22 + 1}\tVNeID\t{n + 1}\n" for n in range(1000))
    with django_assert_max_num_queries(160):  # four pages: form, check, preview, confirm
        paste(HEADS + rows, confirm=True)
    assert len(people()) == 1000
