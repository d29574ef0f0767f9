"""The log: what went where, when, and why not, for the person and for who looks after it."""

from cncd.faces.notices.delivering import deliver_waiting
from cncd.faces.notices.tests.conftest import allow, reach, tell


def test_a_person_reads_where_the_own_notices_went(
    cast, clock, mailroom, push_service, page_client
):
    allow(cast.tu, push_service.device("phone"))
    reach(cast.tu, "email", "tu@gmail.test")
    push_service.answers["phone"] = 503
    tell(cast.tu)
    deliver_waiting()
    page = page_client.as_(cast.tu).get("/notices/log/").content.decode()
    assert "t…@gmail.test" in page
    assert "Đã gửi" in page
    assert "503" in page
    assert (
        "Có 2 số cần xem lại"
        not in page_client.as_(cast.nhan).get("/notices/log/").content.decode()
    )


def test_an_officer_sees_who_was_reached_but_not_what_was_said(cast, clock, mailroom, page_client):
    reach(cast.tu, "email", "tu@gmail.test")
    mailroom.refuses["tu@gmail.test"] = "451 later"
    tell(cast.tu)
    deliver_waiting()
    client = page_client.as_(cast.lan)
    page = client.get("/notices/deliveries/").content.decode()
    assert "Sơn Văn Tư" in page
    assert "451 later" in page
    assert "Có 2 số" not in page
    assert "Sơn Văn Tư" in client.get("/notices/deliveries/?state=waiting").content.decode()
    assert "Sơn Văn Tư" not in client.get("/notices/deliveries/?state=sent").content.decode()
    outside = page_client.as_(cast.dung).get("/notices/deliveries/").content.decode()
    assert "Sơn Văn Tư" not in outside
    assert page_client.as_(cast.tu).get("/notices/deliveries/").status_code == 403


def test_an_officer_reads_ones_own_log_on_the_desk(cast, clock, mailroom, page_client):
    reach(cast.lan, "email", "lan@gmail.test")
    tell(cast.lan)
    deliver_waiting()
    page = page_client.as_(cast.lan).get("/notices/log/").content.decode()
    assert "Có 2 số cần xem lại" in page
    assert "l…n@gmail.test" in page
