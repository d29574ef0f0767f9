"""Signing the PDF of a numbered document with an organisation's certificate."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from cncd.foundation.files.actions import store_file
from cncd.results.paperwork import seals, signatures
from cncd.results.paperwork.actions.errors import NothingToSign, WrongState
from cncd.results.paperwork.actions.numbering import _locked, keep_signed
from cncd.results.paperwork.documents import file_name
from cncd.results.paperwork.models import Paper, PaperFile
from cncd.results.paperwork.rules.lines import MM_PER_POINT, width_mm
from cncd.results.paperwork.rules.measures import BODY

SEAL, PERSON = "seal", "person"


class KeyRefused(ValidationError):
    """The certificate file or its passphrase cannot be used; nothing of them was kept."""


@sensitive_variables("pkcs12", "passphrase")
@transaction.atomic
def sign_paper(
    *, paper: Paper, pkcs12: bytes, passphrase: str, by, picture: bytes = b"", shape: str = SEAL,
    now=None,
) -> PaperFile:  # fmt: skip
    """Signs the newest PDF of the numbered document (PAdES) and keeps it beside the others.

    A picture, of the agency's seal or of the person's signature, shows at the place of the
    signature. The .p12, its passphrase and the picture are used in this call and kept nowhere else.
    Raises KeyRefused at the field, NothingToSign, WrongState, PermissionDenied.
    """
    paper = _locked(paper, by)
    if paper.state != Paper.State.ISSUED:
        raise WrongState(_("Enter the number first, then sign."))
    source = to_sign(paper)
    if source is None:
        raise NothingToSign(_("There is no PDF of this document yet. Make it first."))
    seen = seen_as(paper, picture, shape) if picture else None
    made = _signed(paper, source, pkcs12, passphrase, seen)
    upload = SimpleUploadedFile(file_name(paper, "pdf"), made)
    stored = store_file(upload=upload, by=by, allow=("pdf",), now=now)
    return keep_signed(paper, PaperFile.Kind.SIGNED, stored, by, now)


@sensitive_variables("pkcs12", "passphrase")
def _signed(paper: Paper, source: PaperFile, pkcs12: bytes, passphrase: str, seen) -> bytes:
    """The PDF with one signature more; what hinders it is said at its field."""
    field = f"CNCD{paper.files.filter(kind=PaperFile.Kind.SIGNED).count() + 1}"
    with source.file.content.open("rb") as content:
        pdf = content.read()
    try:
        return signatures.signed(
            pdf, pkcs12, passphrase, field=field, reason=paper.full_number, seen=seen
        )
    except seals.NoPlace:
        raise KeyRefused(
            {
                "picture": _("This PDF does not say where its signature stands: it was not made"
                             " here, or before an upgrade. Sign without a picture.")
            }
        ) from None  # fmt: skip
    except signatures.WrongKey:
        raise KeyRefused(
            {"passphrase": _("The file does not open with this passphrase.")}
        ) from None
    except signatures.Expired:
        raise KeyRefused({"key": _("The certificate is not in force today.")}) from None
    except signatures.NotAPdf:
        raise NothingToSign(
            _("The PDF cannot be read. Make it again, or attach another.")
        ) from None


def seen_as(paper: Paper, picture: bytes, shape: str) -> seals.Seen:
    """The picture at its place beside the signer's name. Raises KeyRefused."""
    try:
        picture = seals.checked(picture)
    except seals.NotAPicture:
        raise KeyRefused(
            {"picture": _("This is not a PNG picture with a transparent background.")}
        ) from None
    name = paper.words["signing"]["name"]
    half = width_mm(name, BODY, bold=True) / MM_PER_POINT / 2
    return seals.Seen(picture, shape == SEAL, half)


def to_sign(paper: Paper) -> PaperFile | None:
    """The newest PDF that bears the number: a signed one gets a further signature."""
    files = paper.files.filter(issued=True, file__media_type="application/pdf")
    return files.select_related("file").first()
