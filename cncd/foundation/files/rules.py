"""Which files may be stored, told by what is in them, and what is done to them first."""

import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.kit.filetypes import ZipBomb, check_zip, kind_of

MEGABYTE = 1_000_000
MAX_BYTES = {"pdf": 20 * MEGABYTE, "image": 20 * MEGABYTE, "excel": 10 * MEGABYTE}
MAX_BYTES["word"] = 10 * MEGABYTE
GROUPS = {
    "pdf": "pdf",
    "jpeg": "image",
    "png": "image",
    "webp": "image",
    "xlsx": "excel",
    "docx": "word",
}
NAMES = {
    "pdf": gettext_lazy("PDF"),
    "image": gettext_lazy("picture (JPEG, PNG, WebP)"),
    "excel": gettext_lazy("Excel (.xlsx)"),
    "word": gettext_lazy("Word (.docx)"),
}
OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES = {
    "pdf": ("application/pdf", "pdf"),
    "image": ("image/jpeg", "jpg"),
    "excel": (f"{OFFICE}spreadsheetml.sheet", "xlsx"),
    "word": (f"{OFFICE}wordprocessingml.document", "docx"),
}
ACCEPTED = {  # for the browser's file chooser
    "pdf": ".pdf",
    "image": "image/jpeg,image/png,image/webp",
    "excel": ".xlsx",
    "word": ".docx",
}
LONGEST_NAME = 120


class FileRefused(ValidationError):
    """The file may not be stored; the message says why and what to do."""


@dataclass(frozen=True)
class Prepared:
    """A file that has been checked, as it will be stored."""

    name: str
    media_type: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)


def prepare(upload, allow=("pdf", "image", "excel")) -> Prepared:
    """The upload as it will be stored: photos upright, small and without where they were taken.

    `allow` names groups: pdf, image, excel, word. Raises FileRefused.
    """
    content = _content(upload, max(MAX_BYTES[group] for group in allow))
    group = _group(kind_of(content), allow)
    if len(content) > MAX_BYTES[group]:
        raise FileRefused(_too_large(MAX_BYTES[group]))
    if group == "image":
        content = _photo(content)
    elif group in ("excel", "word"):
        _check_office(content)
    media_type, ending = MEDIA_TYPES[group]
    return Prepared(safe_name(upload.name, ending), media_type, content)


def safe_name(name: str, ending: str) -> str:
    """The name without folders and control signs, ending as the content demands."""
    plain = unicodedata.normalize("NFC", str(name)).replace("\\", "/")
    stem = PurePosixPath(plain).stem if PurePosixPath(plain).suffix else PurePosixPath(plain).name
    stem = "".join(sign for sign in stem if sign.isprintable() and sign not in '/:*?"<>|')
    return f"{stem.strip(' .')[:LONGEST_NAME] or 'tep'}.{ending}"


def _content(upload, most: int) -> bytes:
    upload.seek(0)
    content = upload.read(most + 1)
    if len(content) > most:
        raise FileRefused(_too_large(most))
    if not content:
        raise FileRefused(_("The file is empty."))
    return content


def _too_large(most: int) -> str:
    return _("The file is larger than %(most)s MB.") % {"most": most // MEGABYTE}


def _group(kind: str, allow) -> str:
    group = GROUPS.get(kind, "")
    if group in allow:
        return group
    told = {
        "heic": _("Pictures of the HEIC kind are not accepted. Save the picture as JPEG."),
        "locked": _("The file is protected by a password. Remove the password and try again."),
        "macro": _("The file contains macros. Save it without macros and try again."),
        "xls": _("This is an old kind of Excel file. Save it as .xlsx and try again."),
        "doc": _("This is an old kind of Word file. Save it as .docx or PDF and try again."),
    }
    names = ", ".join(str(NAMES[group]) for group in allow)
    otherwise = _("This kind of file is not accepted here, only: %(kinds)s.") % {"kinds": names}
    raise FileRefused(told.get(kind, otherwise))


def _photo(content: bytes) -> bytes:
    # Pillow takes 9 MB of memory: only processes that meet a photo load it.
    from cncd.foundation.files import photos

    try:
        return photos.ready_photo(content)
    except photos.TooManyPixels:
        raise FileRefused(
            _("The picture has too many pixels. Make it smaller and try again.")
        ) from None
    except photos.UnreadablePhoto:
        raise FileRefused(_("The picture is damaged. Choose another one.")) from None


def _check_office(content: bytes) -> None:
    try:
        check_zip(content)
    except (ZipBomb, zipfile.BadZipFile):
        raise FileRefused(_("The file is damaged. Save it again and try again.")) from None
