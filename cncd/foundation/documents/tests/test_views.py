"""Documents are found by those they concern, entered and corrected by officers."""

import datetime as dt

import pytest

from cncd.foundation.documents.actions import add_document
from cncd.foundation.documents.models import Document
from cncd.foundation.documents.queries import Use
from cncd.foundation.files.tests.pictures import pdf, photo


@pytest.fixture
def client(page_client):
    """Every page opened here is examined as well."""
    return page_client


@pytest.fixture
def decision(cast):
    return add_document(
        kind="decision",
        number="12/QĐ-UBND",
        issued_on=dt.date(2026, 5, 4),
        issuer="UBND xã Nhơn Mỹ",
        place=cast.nhon_my,
        subject="Thành lập Tổ công nghệ số cộng đồng ấp Mỹ Phước",
        file=pdf(),
        by=cast.lan,
    )


def typed(**changes) -> dict:
    fields = {
        "kind": "plan",
        "number": "45/KH-UBND",
        "issued_on": "03/05/2026",
        "issuer": "UBND xã Nhơn Mỹ",
        "signer": "",
        "signer_title": "",
        "subject": "",
    }
    return fields | changes


def test_the_list_is_searched_without_marks(client, cast, decision):
    client.force_login(cast.lan)
    for words in ("thanh lap to", "12/qd", "CÔNG NGHỆ SỐ"):
        assert "12/QĐ-UBND" in client.get("/documents/", {"q": words}).content.decode(), words
    assert "12/QĐ-UBND" not in client.get("/documents/", {"q": "kiện toàn"}).content.decode()


def test_filters_narrow_by_kind_and_year(client, cast, decision):
    client.force_login(cast.lan)
    assert "12/QĐ-UBND" in client.get("/documents/?kind=decision&year=2026").content.decode()
    assert "12/QĐ-UBND" not in client.get("/documents/?kind=plan").content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [("lan", 200), ("minh", 200), ("ha", 200), ("dung", 404), ("son", 404), ("outsider", 404)],
)
def test_a_document_is_seen_from_its_place_and_above(client, cast, decision, who, status):
    client.force_login(getattr(cast, who))
    assert client.get(f"/documents/{decision.pk}/").status_code == status


def test_what_the_province_issues_is_seen_below(client, cast):
    plan = add_document(
        kind="plan",
        number="113/KH-UBND",
        issued_on=dt.date(2026, 1, 5),
        issuer="UBND tỉnh",
        place=cast.soc_trang,
        by=cast.ha,
    )
    client.force_login(cast.lan)
    assert client.get(f"/documents/{plan.pk}/").status_code == 200
    client.force_login(cast.outsider)
    assert client.get(f"/documents/{plan.pk}/").status_code == 404


def citers(user):
    return Document.objects.filter(number="12/QĐ-UBND").values("pk")


def uses(document, user):
    return [Use("Thành lập Tổ CNCĐ ấp Mỹ Phước", "/teams/1/")]


def test_rooms_above_add_readers_and_what_rests_on_it(client, cast, decision, settings):
    client.force_login(cast.tu)
    address = f"/documents/{decision.pk}/"
    settings.DOCUMENT_CITERS = settings.DOCUMENT_USES = []
    assert client.get(address).status_code == 404
    settings.DOCUMENT_CITERS = [f"{__name__}.citers"]
    settings.DOCUMENT_USES = [f"{__name__}.uses"]
    page = client.get(address).content.decode()
    assert '<a href="/teams/1/">Thành lập Tổ CNCĐ ấp Mỹ Phước</a>' in page


def test_an_officer_adds_a_document_of_the_unit_in_sight(client, cast):
    client.force_login(cast.lan)
    assert "UBND xã Nhơn Mỹ" in client.get("/documents/new/").content.decode()
    response = client.post("/documents/new/", typed(file=photo(200, 200)))
    kept = Document.objects.get(number="45/KH-UBND")
    assert response.url == f"/documents/{kept.pk}/"
    assert (kept.place, kept.file.media_type) == (cast.nhon_my, "image/jpeg")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("number", "QĐ-UBND", "Hãy ghi cả số"),
        ("number", "12/QĐ-UBND", "Đã có văn bản số 12/QĐ-UBND ngày 04/05/2026"),
        ("issued_on", "31/02/2026", "ngày"),
        ("issued_on", "01/01/2090", "01/01/2090"),
        ("issuer", "", ""),
    ],
)
def test_what_is_wrong_is_told_at_its_field(client, cast, decision, field, value, words):
    client.force_login(cast.lan)
    response = client.post("/documents/new/", typed(**{field: value}))
    assert response.status_code == 200
    assert words in response.context["form"].errors[field][0]
    assert Document.objects.filter(number__startswith="45").count() == 0


def test_a_file_of_the_wrong_kind_is_told_at_its_field(client, cast):
    client.force_login(cast.lan)
    page = pdf("ke-hoach.pdf")
    page.file.write(b"<html>")
    page.seek(0)
    response = client.post("/documents/new/", typed(file=page))
    assert response.context["form"].errors["file"]


def test_an_officer_corrects_a_document_and_keeps_its_file(client, cast, decision):
    client.force_login(cast.lan)
    address = f"/documents/{decision.pk}/change/"
    assert client.get(address).context["form"].initial["number"] == "12/QĐ-UBND"
    changed = typed(kind="decision", number="12/QĐ-UBND", issued_on="04/05/2026", signer="Hùng")
    assert client.post(address, changed).status_code == 302
    decision.refresh_from_db()
    assert (decision.signer, bool(decision.file_id)) == ("Hùng", True)


def test_those_who_may_only_read_are_not_offered_more(client, cast, decision):
    client.force_login(cast.xem)
    page = client.get(f"/documents/{decision.pk}/").content.decode()
    assert "/change/" not in page
    assert client.get(f"/documents/{decision.pk}/change/").status_code == 403
    assert "/documents/new/" not in client.get("/documents/").content.decode()


def test_a_commune_may_not_correct_what_the_province_issued(client, cast):
    plan = add_document(
        kind="plan",
        number="113/KH-UBND",
        issued_on=dt.date(2026, 1, 5),
        issuer="UBND tỉnh",
        place=cast.soc_trang,
        by=cast.ha,
    )
    client.force_login(cast.lan)
    assert client.get(f"/documents/{plan.pk}/change/").status_code == 403


def test_places_and_posts_that_rest_on_it_are_named(client, cast, decision):
    version = cast.my_phuoc.versions.get()
    version.document = decision
    version.save()
    posting = cast.lan.person.postings.get()
    posting.document = decision
    posting.save()
    client.force_login(cast.hung)
    page = client.get(f"/documents/{decision.pk}/").content.decode()
    assert "Ấp Mỹ Phước, từ ngày 01/01/2022" in page
    assert f"Nguyễn Thị Lan giữ vai trò {posting.role}, từ ngày" in page


def test_the_fields_of_decree_30_are_entered_shown_and_corrected(client, cast):
    client.force_login(cast.lan)
    more = {"recipients": "Các ấp", "priority": "most_urgent", "due_on": "30/11/2026",
            "arrival_number": "125"}  # fmt: skip
    client.post("/documents/new/", typed(**more))
    found = Document.objects.get(number="45/KH-UBND")
    page = client.get(found.get_absolute_url()).content.decode()
    for shown in ("Các ấp", "Hỏa tốc", "30/11/2026", "125"):
        assert shown in page, shown
    client.post(f"/documents/{found.pk}/change/", typed(**more | {"arrival_number": "126"}))
    found.refresh_from_db()
    assert (found.arrival_number, found.priority) == (126, "most_urgent")


def test_a_wrong_detail_is_told_at_its_field(client, cast):
    client.force_login(cast.lan)
    page = client.post("/documents/new/", typed(pages="nhiều"))
    assert page.context["details"].errors.keys() == {"pages"}
    assert not Document.objects.filter(number="45/KH-UBND").exists()
