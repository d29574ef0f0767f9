"""What may be stored is told by content; photos are stored without where they were taken."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image

from cncd.foundation.files.forms import PhotosField
from cncd.foundation.files.rules import FileRefused, prepare, safe_name

from .pictures import GPS, pdf, photo


@pytest.fixture(autouse=True)
def in_vietnamese():
    with override("vi"):
        yield


def refusal(upload, allow=("pdf", "image", "excel", "word")) -> str:
    with pytest.raises(FileRefused) as caught:
        prepare(upload, allow)
    return caught.value.messages[0]


def opened(ready) -> Image.Image:
    return Image.open(io.BytesIO(ready.content))


def test_a_photo_is_stored_without_place_and_camera():
    upload = photo()
    assert Image.open(upload).getexif().get_ifd(GPS)  # the test photo does carry a place
    ready = prepare(upload)
    assert not opened(ready).getexif()
    assert b"Samsung" not in ready.content
    assert b"Exif" not in ready.content


def test_a_photo_is_made_at_most_1600_pixels_and_300_kilobytes():
    ready = prepare(photo(4000, 3000))
    assert max(opened(ready).size) <= 1600
    assert ready.size <= 300_000
    assert (ready.name, ready.media_type) == ("IMG_0001.jpg", "image/jpeg")


def test_a_small_photo_is_not_made_larger():
    assert opened(prepare(photo(320, 240))).size == (320, 240)


def test_a_photo_taken_sideways_is_turned_upright():
    ready = prepare(photo(800, 600, orientation=6))  # 6: turn a quarter to the right
    picture = opened(ready)
    assert picture.size == (600, 800)
    red, green, _blue = picture.getpixel((picture.width - 8, 8))  # the mark went to the right
    assert red > 200 > 80 > green


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_pictures_become_jpeg(kind):
    ready = prepare(photo(640, 480, kind=kind, name="man-hinh"))
    assert opened(ready).format == "JPEG"
    assert ready.name == "man-hinh.jpg"


def test_what_is_transparent_becomes_white():
    file = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(file, "PNG")
    ready = prepare(SimpleUploadedFile("a.png", file.getvalue()))
    assert opened(ready).getpixel((25, 25)) == (255, 255, 255)


def test_a_picture_that_would_unfold_to_billions_of_pixels_is_refused():
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(999)))
    assert "điểm ảnh" in refusal(SimpleUploadedFile("bom.png", bomb + chunk(b"IEND", b"")))


def test_a_cut_off_photo_is_refused():
    content = photo().read()
    assert "hỏng" in refusal(SimpleUploadedFile("a.jpg", content[: len(content) // 2]))


def test_the_name_of_a_file_says_nothing_of_what_it_is():
    page = SimpleUploadedFile("anh.jpg", b"<html><script>alert(1)</script></html>")
    assert "chỉ nhận" in refusal(page)
    assert prepare(pdf("Quyết định.jpg")).name == "Quyết định.pdf"


def test_only_the_kinds_asked_for_are_taken():
    assert "PDF" in refusal(photo(), allow=("pdf",))
    assert prepare(pdf(), allow=("pdf",)).media_type == "application/pdf"


def test_excel_is_taken_and_what_is_behind_a_password_is_not():
    file = io.BytesIO()
    Workbook().save(file)
    assert prepare(SimpleUploadedFile("a.bin", file.getvalue())).name == "a.xlsx"
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert "mật khẩu" in refusal(SimpleUploadedFile("a.xlsx", locked))


def test_empty_and_enormous_files_are_refused():
    assert "trống" in refusal(SimpleUploadedFile("a.pdf", b""))
    assert "20 MB" in refusal(SimpleUploadedFile("a.pdf", b"%PDF-" + bytes(20_000_001)))
    assert "10 MB" in refusal(SimpleUploadedFile("a.xlsx", bytes(10_000_001)), allow=("excel",))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("..\\..\\etc\\passwd", "passwd.pdf"),
        ("C:\\fakepath\\Quyết định số 12.pdf", "Quyết định số 12.pdf"),
        ("Quye\u0302\u0301t đi\u0323nh.PDF", "Quyết định.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("<script>.pdf", "script.pdf"),
        ("", "tep.pdf"),
        (".pdf", "pdf.pdf"),
        ("a" * 500, "a" * 120 + ".pdf"),
    ],
)
def test_names_lose_folders_and_control_signs(given, kept):
    assert safe_name(given, "pdf") == kept


def test_too_many_photos_and_a_wrong_one_among_them_are_named():
    field = PhotosField(most=2, required=False)
    assert field.clean([]) == []
    assert [ready.media_type for ready in field.clean([photo(64, 64)])] == ["image/jpeg"]
    with pytest.raises(Exception, match="3"):
        field.clean([photo(64, 64)] * 3)
    with pytest.raises(Exception, match=r"QD\.pdf"):
        field.clean([photo(64, 64), pdf("QD.pdf")])


@given(st.binary(max_size=400), st.sampled_from([b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"]))
@settings(max_examples=150)
def test_any_bytes_are_stored_or_refused(tail, head):
    try:
        ready = prepare(SimpleUploadedFile("a", head + tail))
    except FileRefused:
        return
    assert ready.media_type in ("application/pdf", "image/jpeg")
