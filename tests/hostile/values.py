"""What nobody should send: in the fields of a form, in the query of an address, in its path."""

import io
import uuid
import zipfile
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile

SCRIPT = '<script>alert("cncd")</script>'
LONG = "Ấp Mỹ Phước " * 900  # about 10 kB
TEXTS = [
    "",
    "   ",
    SCRIPT,
    f'"><img src=x onerror=alert(1)>{SCRIPT}',
    "'; DROP TABLE people_person; --",
    "{{ ''.__class__ }} {% debug %}",
    "\x00nul\x00",
    "\ud800 lone surrogate",
    "\u202eabc\u202c مرحبا 🧑🏽‍🌾" + "e\u0301\u0323" * 40,
    LONG,
    "../../etc/passwd",
    "-1",
    "0",
    "1e9",
    "NaN",
    "1,5",
    "²",
    "١٢",
    str(10**30),
    "9" * 5000,
    "31/02/2026",
    "01/01/0001",
    "31/12/9999",
    "9999-12-31",
    "2026-11-22T25:61",
    "25:61",
    "null",
    "[]",
    "true",
    str(uuid.UUID(int=0)),
    str(2**31),
    str(2**63),
]
QUERIES = [
    *({"page": value} for value in ("-1", "0", "abc", str(10**30), "\x00")),
    *({"size": value} for value in (str(10**9), "-5", "x")),
    *({"sort": value} for value in ("zzz", "-", "--name", "name'", "-\x00", LONG)),
    *({"k": value} for value in ("9999-99", "0000-00", "2026", "\x00", "2026-11' OR 1=1")),
    *({"u": value} for value in ("abc", "-1", str(10**30), "\x00", "1' OR '1'='1")),
    *({"cols": value} for value in ("password,zzz", ",,,", SCRIPT)),
    *({"q": value} for value in TEXTS if len(value) < 200),
    {"q": LONG},
    {"export": "xlsx", "cols": "zzz", "q": "\x00"},
    {"export": "zzz"},
    {"next": "https://example.org/"},
]


def wild(rng: Random, options: list[str]) -> str:
    """A text, or one of the values the page itself offers for this or for another field."""
    if options and rng.random() < 0.4:
        return rng.choice(options)
    return rng.choice(TEXTS)


def wild_file(rng: Random) -> SimpleUploadedFile:
    """A file that is not what its name and kind say, or is more than it seems."""
    name = rng.choice(["a.pdf", "a.xlsx", "a.docx", "a.jpg", "a.p12", "a.xls", f"{SCRIPT}.xlsx"])
    return SimpleUploadedFile(name, rng.choice(FILES)(), rng.choice(["", "application/pdf"]))


def _zip(**entries) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return held.getvalue()


FILES = [
    lambda: b"",
    lambda: b"\x00" * 10,
    lambda: b"%PDF-1.7\n%%EOF",
    lambda: b"%PDF-1.7\n1 0 obj <</Encrypt 2 0 R>> endobj\ntrailer <</Root 9 0 R>>\n%%EOF",
    lambda: b"MZ\x90\x00 program",
    lambda: b"PK\x03\x04 broken",
    lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,  # an old .xls
    lambda: b"\xff\xd8\xff\xe0 not a photo",
    lambda: _zip(xl__workbook="<x/>"),
    lambda: _zip(word__document="<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"),
    lambda: _zip(xl__workbook="0" * 20_000_000),  # a small bomb
    lambda: "Mã,Tên\n1,<script>".encode("utf-16"),
]
