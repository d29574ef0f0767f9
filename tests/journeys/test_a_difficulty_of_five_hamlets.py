"""Two hamlets raise one difficulty, it climbs, is answered once, and one says it did not help."""

import datetime as dt

from cncd.work.difficulties.jobs import climb
from cncd.work.difficulties.models import Case
from tests.forms import fields


def text(page) -> str:
    return page.content.decode()


def test_raised_on_phones_joined_climbed_answered_and_opened_again(november, page_client):
    c, clock = november.cast, november.clock
    for user, said in ((c.tu, "Cuối ấp sóng yếu"), (c.liem, "Ấp Mỹ Hòa mất sóng từ chiều")):
        phone = page_client.as_(user)
        form = fields(phone.get("/m/difficulties/new/"), "log")
        phone.post("/m/difficulties/new/", form | {"text": said})
    desk = page_client.as_(c.lan)
    assert "Các khó khăn này có thể là một" in text(desk.get("/difficulties/"))
    chosen = [str(case.pk) for case in Case.objects.order_by("opened_at")]
    desk.post("/difficulties/join/", {"case": chosen})
    clock.shift(dt.timedelta(days=6))
    climb.func()
    above = page_client.as_(c.minh)
    assert "Cuối ấp sóng yếu" in text(above.get("/difficulties/?whose=mine"))
    case = Case.objects.open().get()
    page = above.get(case.get_absolute_url())
    assert "Ấp Mỹ Hòa mất sóng từ chiều" in text(page)
    answer = {"answer": "Nhà mạng nâng trạm trước 20/12.", "version": case.version}
    above.post(f"/difficulties/{case.pk}/answer/", answer)
    for user in (c.tu, c.liem):
        assert "Nhà mạng nâng trạm trước 20/12." in text(
            page_client.as_(user).get("/m/difficulties/")
        )
    own = case.raisings.get(team=c.team_my_hoa)
    said = {"helped": "no", "note": "Mỹ Hòa vẫn chưa gọi được"}
    page_client.as_(c.liem).post(f"/difficulties/raised/{own.pk}/helped/", said)
    again = Case.objects.open().get()
    assert (again.owner, again.team) == (c.ke_sach, c.team_my_hoa)
    assert "chưa gọi được" in text(page_client.as_(c.minh).get(again.get_absolute_url()))
