"""What a file is, told by its content; its name and what the browser says are not asked."""

import io
import zipfile

MAX_ENTRIES = 2_000  # files inside a zip
MAX_UNPACKED = 150_000_000  # bytes
MAX_RATIO = 200  # unpacked to packed; office files stay well below
RATIO_FROM = 10_000_000  # a small file may shrink as much as it likes

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_STREAMS = {  # names of parts inside an old office file, in the order to look for them
    "EncryptedPackage": "locked",
    "Workbook": "xls",
    "Book": "xls",
    "WordDocument": "doc",
}
ZIP_PARTS = {
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
    "word/document.xml": "docx",
    "ppt/presentation.xml": "pptx",
    "content.xml": "odf",
}


class ZipBomb(Exception):
    """A zip that would unpack to far more than such a file ever holds."""


def kind_of(content: bytes) -> str:
    """xlsx xls docx doc odf pptx xlsb zip locked macro pdf jpeg png webp heic text, or unknown.

    `locked` is an office file behind a password, `macro` one that carries programs.
    """
    if content.startswith(b"PK"):
        return _kind_of_zip(content)
    if content.startswith(OLD_OFFICE):
        return _kind_of_old_office(content)
    return _kind_by_signature(content) or ("text" if _is_text(content) else "unknown")


def _kind_by_signature(content: bytes) -> str:
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif"):
        return "heic"
    return ""


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return bool(content.strip()) and not any(byte < 9 or 13 < byte < 27 for byte in content[:4096])


def _kind_of_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "unknown"
    if any(name.endswith("vbaProject.bin") for name in names):
        return "macro"
    return next((kind for part, kind in ZIP_PARTS.items() if part in names), "zip")


def _kind_of_old_office(content: bytes) -> str:
    found = (kind for name, kind in OLD_STREAMS.items() if name.encode("utf-16-le") in content)
    return next(found, "unknown")


def check_zip(content: bytes) -> None:
    """Raises ZipBomb when the zip says it holds too much, too many or too tightly packed files."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES:
        raise ZipBomb(f"{len(entries)} entries")
    if unpacked > MAX_UNPACKED:
        raise ZipBomb(f"{unpacked} bytes")
    if unpacked > RATIO_FROM and unpacked > MAX_RATIO * len(content):
        raise ZipBomb(f"{unpacked // len(content)} times its size")
