"""A file opens for those who reach what it belongs to, and for nobody else."""

import datetime as dt

import pytest

from cncd.foundation.documents.models import Document
from cncd.foundation.files.actions import store_file

from .pictures import pdf, photo


def fetched(client, address: str):
    """The response, read to its end as a browser does."""
    response = client.get(address)
    if response.streaming:
        response.body = b"".join(response.streaming_content)
    return response


@pytest.fixture
def decision_file(cast):
    """The file of a decision of Nhơn Mỹ, uploaded by its officer."""
    stored = store_file(upload=pdf("Quyết định 12.pdf"), by=cast.lan)
    Document.objects.create(
        number="12/QĐ-UBND",
        issued_on=dt.date(2026, 5, 1),
        issuer="UBND xã Nhơn Mỹ",
        place=cast.nhon_my,
        file=stored,
    )
    return f"/files/{stored.pk}/"


@pytest.mark.parametrize("who", ["lan", "hung", "minh", "ha", "quan_tri"])
def test_it_opens_for_those_above_the_place_of_the_document(client, cast, decision_file, who):
    client.force_login(getattr(cast, who))
    response = fetched(client, decision_file)
    assert response.status_code == 200
    assert response.body.startswith(b"%PDF-")


@pytest.mark.parametrize("who", ["outsider", "son", "dung"])
def test_it_is_not_found_outside_their_reach(client, cast, decision_file, who):
    client.force_login(getattr(cast, who))
    assert fetched(client, decision_file).status_code == 404


def test_strangers_are_sent_to_the_sign_in_page(client, decision_file):
    assert fetched(client, decision_file).status_code == 302


def test_a_file_without_an_owner_opens_for_its_uploader_only(client, cast):
    stored = store_file(upload=photo(64, 64), by=cast.tu)
    client.force_login(cast.tu)
    assert fetched(client, f"/files/{stored.pk}/").status_code == 200
    client.force_login(cast.nhan)
    assert fetched(client, f"/files/{stored.pk}/").status_code == 404


def test_the_browser_is_told_to_trust_nothing_in_it(client, cast, decision_file):
    client.force_login(cast.lan)
    response = fetched(client, decision_file)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Content-Disposition"].startswith("inline;")
    assert "Quy%E1%BA%BFt" in response["Content-Disposition"]
    assert "attachment" in fetched(client, decision_file + "?download")["Content-Disposition"]
    assert response["Cache-Control"].startswith("private")


def test_a_file_lost_from_the_disk_is_not_found(client, cast, decision_file):
    stored = Document.objects.get(number="12/QĐ-UBND").file
    stored.content.storage.delete(stored.content.name)
    client.force_login(cast.lan)
    assert fetched(client, decision_file).status_code == 404
