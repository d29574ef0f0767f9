"""Electronic signatures: made with a certificate used once, checked byte by byte."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from cncd.foundation.files.tests.pictures import pdf
from cncd.foundation.journal.models import Entry
from cncd.results.paperwork import actions
from cncd.results.paperwork.models import PaperFile, TrustedRoot
from cncd.results.paperwork.signatures import (
    BrokenSignature,
    Encrypted,
    NotAPdf,
    WrongKey,
    signatures_of,
    signed,
)

from . import keys


@pytest.fixture(scope="module")
def p12() -> bytes:
    return keys.office()


@pytest.fixture(scope="module")
def made(p12) -> bytes:
    """A PDF signed once."""
    return signed(pdf().read(), p12, keys.PASSPHRASE, field="CNCD1", reason="05/QĐ-UBND")


def roots() -> list[str]:
    return [keys.authority().decode()]


def test_a_signature_says_who_when_and_that_all_is_as_it_was(made):
    (found,) = signatures_of(made, roots())
    assert (found.signer, found.organisation) == ("UBND xã Nhơn Mỹ", "Ủy ban nhân dân xã Nhơn Mỹ")
    assert found.issuer == "Tổ chức chứng thực thử"
    assert abs(found.signed_at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)
    assert (found.intact, found.whole, found.trusted, found.changes) == (True, True, True, "none")
    assert found.valid_then
    assert found.good


def test_without_the_authority_the_signer_is_not_trusted(made):
    (found,) = signatures_of(made, [])
    assert (found.intact, found.trusted, found.good) == (True, False, False)


def test_one_changed_byte_is_found(made):
    place = made.index(b"/MediaBox[0 0 595 842]") + 16
    changed = made[:place] + b"6" + made[place + 1 :]
    assert len(changed) == len(made)
    (found,) = signatures_of(changed, roots())
    assert (found.intact, found.good) == (False, False)


def test_a_second_signature_leaves_the_first_good(made, p12):
    twice = signed(made, p12, keys.PASSPHRASE, field="CNCD2")
    first, second = signatures_of(twice, roots())
    assert (first.changes, second.changes) == ("allowed", "none")
    assert first.good
    assert second.good


def test_content_changed_after_signing_is_told(made):
    from pyhanko.pdf_utils.generic import ArrayObject, NameObject, NumberObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(made))
    page = writer.root["/Pages"]["/Kids"][0]
    page[NameObject("/MediaBox")] = ArrayObject(NumberObject(n) for n in (0, 0, 100, 100))
    writer.mark_update(page.container_ref)
    out = io.BytesIO()
    writer.write(out)
    (found,) = signatures_of(out.getvalue(), roots())
    assert (found.intact, found.changes, found.good) == (True, "forbidden", False)


def locked() -> bytes:
    """A PDF that asks for a password."""
    writer = copy_into_new_writer(PdfFileReader(pdf()))
    writer.encrypt(owner_pass="bí mật", user_pass="bí mật")
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def garbled(made: bytes) -> bytes:
    """The signed PDF with other letters where the signature stands."""
    begin = made.index(b"/Contents <") + len(b"/Contents <")
    return made[:begin] + b"ff" * 40 + made[begin + 80 :]


def test_a_file_unsigned_damaged_locked_or_badly_signed_is_told_apart(made):
    assert signatures_of(pdf().read(), roots()) == []
    for content, fault in (
        (b"%PDF-1.7 nothing else", NotAPdf),
        (made[: len(made) // 3], NotAPdf),
        (locked(), Encrypted),
        (garbled(made), BrokenSignature),
    ):
        with pytest.raises(NotAPdf) as found:
            signatures_of(content, roots())
        assert found.type is fault


def test_a_certificate_that_has_ended_since_is_told_with_the_day(made):
    (found,) = signatures_of(made, roots())
    assert found.ended_on is None
    years_later = dt.datetime.now(dt.UTC) + dt.timedelta(days=3650)
    with time_machine.travel(years_later, tick=False):
        (found,) = signatures_of(made, roots())
    assert (found.intact, found.trusted, found.valid_then) == (True, True, True)
    assert found.ended_on < years_later
    assert not found.good  # that it was in force then rests on the signer's own clock


def test_a_wrong_passphrase_opens_nothing(p12):
    for key, passphrase in ((p12, "sai"), (b"no key", keys.PASSPHRASE)):
        with pytest.raises(WrongKey):
            signed(pdf().read(), key, passphrase, field="CNCD1")


@pytest.fixture
def numbered(cast, paper):
    number = {"revision": 1, "number": 5, "issued_on": dt.date(2026, 11, 20)}
    return actions.number_paper(paper=paper, by=cast.lan, **number)


@pytest.mark.django_db
def test_a_numbered_document_is_signed_and_the_key_kept_nowhere(cast, numbered, p12, caplog):
    said = {"paper": numbered, "pkcs12": p12, "passphrase": keys.PASSPHRASE, "by": cast.lan}
    with pytest.raises(actions.NothingToSign):
        actions.sign_paper(**said)
    actions.attach_signed(paper=numbered, upload=pdf(), by=cast.lan)
    kept = actions.sign_paper(**said)
    assert kept.kind == PaperFile.Kind.SIGNED
    with kept.file.content.open("rb") as content:
        (found,) = signatures_of(content.read(), roots())
    assert found.good
    numbered.document.refresh_from_db()
    assert numbered.document.file == kept.file
    told = str(list(Entry.objects.values())) + caplog.text
    assert keys.PASSPHRASE not in told
    assert "BEGIN" not in told


@pytest.mark.django_db
def test_what_cannot_sign_is_refused_at_its_field(cast, numbered, p12):
    actions.attach_signed(paper=numbered, upload=pdf(), by=cast.lan)
    for key, passphrase, field in (
        (p12, "sai", "passphrase"),
        (keys.office(days=-1), keys.PASSPHRASE, "key"),
    ):
        with pytest.raises(actions.KeyRefused) as refusal:
            actions.sign_paper(paper=numbered, pkcs12=key, passphrase=passphrase, by=cast.lan)
        assert list(refusal.value.error_dict) == [field]
    with pytest.raises(PermissionDenied):
        actions.sign_paper(paper=numbered, pkcs12=p12, passphrase=keys.PASSPHRASE, by=cast.tu)


@pytest.mark.django_db
def test_an_uploaded_signed_pdf_is_kept_as_such(cast, numbered, made):
    upload = SimpleUploadedFile("da-ky.pdf", made)
    kept = actions.attach_signed(paper=numbered, upload=upload, by=cast.lan)
    assert kept.kind == PaperFile.Kind.SIGNED


@pytest.mark.django_db
def test_only_an_administrator_names_whom_to_trust(cast):
    with pytest.raises(PermissionDenied):
        actions.trust_root(content=keys.authority(), by=cast.ha)
    own = keys.authority()
    root = actions.trust_root(content=own, by=cast.quan_tri)
    assert "Cơ yếu thử" in root.name
    for content in (own, keys.office_certificate(), b"x", keys.authority(days=-1)):
        with pytest.raises(actions.RootRefused):
            actions.trust_root(content=content, by=cast.quan_tri)
    actions.distrust_root(root=root, by=cast.quan_tri)
    assert not TrustedRoot.objects.exists()
