"""Today, this week, any days, as text to paste: at every level, on the phone and on the desk."""

import datetime as dt
import re

import pytest

from cncd.team.programme.models import Platform
from cncd.work.activities.actions import log_activity
from cncd.work.activities.rules import Done
from cncd.work.registers import actions as registers
from tests.pages import Page

ZALO = 2_000  # characters, well within one message
NEW = "- Sản phẩm mới lên sàn: 1 (Bánh pía sầu riêng)"
SHOPS = "- Gian hàng mới mở: 1"


def text_of(page) -> str:
    [area] = [e for e in Page(page.content.decode()).all("textarea") if "group-text" in str(e)]
    return "".join(area.words)


@pytest.fixture
def busy(counted, cast):
    """A day's work in Mỹ Phước, a product put on a floor there and one in another district."""
    log_activity(
        team=cast.team, by=cast.tu, confirmed=True,
        done=Done(kind="huong-dan", happened_on=dt.date(2026, 11, 22), people=12,
                  contents={"vneid": 12}),
    )  # fmt: skip
    floor = Platform.objects.get(code="voso")
    for name, hamlet, day in (
        ("Bánh pía sầu riêng", cast.my_phuoc, 22), ("Tôm khô", cast.dau_giong, 19)
    ):  # fmt: skip
        owner = registers.add_owner(kind="household", name=f"Hộ {name}", place=hamlet, by=None)
        product = registers.add_product(kind="farm", name=name, owner=owner, by=None)
        on = dt.date(2026, 11, day)
        address = f"https://voso.vn/hang-p{day}"
        registers.list_product(product=product, floor=floor, address=address, on=on, by=None)
        registers.open_shop(owner=owner, floor=floor, opened_on=on, by=None)
    return cast


@pytest.mark.parametrize(
    ("who", "unit", "head"),
    [
        ("lan", "nhon_my", "Xã Nhơn Mỹ"),
        ("minh", "ke_sach", "Huyện Kế Sách"),
        ("ha", "soc_trang", "Tỉnh Sóc Trăng"),
        ("ha", "nhon_my", "Xã Nhơn Mỹ"),
    ],
)
def test_each_level_has_the_days_work_and_what_is_new_with_one_link(
    busy, page_client, who, unit, head
):
    place = getattr(busy, unit)
    desk = page_client.as_(getattr(busy, who))
    text = text_of(desk.get(f"/activities/text/?u={place.pk}"))
    lines = text.splitlines()
    assert lines[:2] == ["KẾT QUẢ NGÀY 22/11/2026", head]
    assert NEW in lines
    assert SHOPS in lines
    assert "Tôm khô" not in text  # another day
    assert len(re.findall(r"https?://", text)) == 1
    assert (len(lines) <= 20, len(text) <= ZALO) == (True, True)
    # The one link opens, for whoever may, the entries that the text adds up.
    link = re.search(r"http://testserver(\S+)", text)[1]
    assert desk.get(link).status_code == 200


def test_any_days_and_the_whole_province_name_all_that_is_new(busy, page_client):
    address = f"/activities/text/?u={busy.soc_trang.pk}&since=2026-11-16&until=2026-11-22"
    text = text_of(page_client.as_(busy.ha).get(address))
    assert "KẾT QUẢ TỪ 16/11 ĐẾN 22/11/2026" in text
    assert "- Sản phẩm mới lên sàn: 2 (Bánh pía sầu riêng, Tôm khô)" in text
    assert "- Gian hàng mới mở: 2" in text


def test_the_team_leader_has_it_on_the_phone_of_the_own_hamlet_only(busy, page_client):
    text = text_of(page_client.as_(busy.tu).get("/m/book/text/?since=2026-11-16&until=2026-11-22"))
    assert "Tổ CNCĐ ấp Mỹ Phước" in text
    assert (NEW in text, SHOPS in text, "Tôm khô" in text) == (True, True, False)
    assert len(re.findall(r"https?://", text)) == 1


def test_days_without_anything_new_say_nothing_of_it(busy, page_client):
    address = f"/activities/text/?u={busy.xuan_hoa.pk}"
    text = text_of(page_client.as_(busy.dung).get(address))
    assert "lên sàn" not in text
    assert "Gian hàng" not in text
