"""Signing the PDF of a numbered document with an organisation's certificate."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from cncd.foundation.files.actions import store_file
from cncd.results.paperwork import signatures
from cncd.results.paperwork.actions.errors import NothingToSign, WrongState
from cncd.results.paperwork.actions.numbering import _locked, keep_signed
from cncd.results.paperwork.documents import file_name
from cncd.results.paperwork.models import Paper, PaperFile


class KeyRefused(ValidationError):
    """The certificate file or its passphrase cannot be used; nothing of them was kept."""


@sensitive_variables("pkcs12", "passphrase")
@transaction.atomic
def sign_paper(*, paper: Paper, pkcs12: bytes, passphrase: str, by, now=None) -> PaperFile:
    """Signs the newest PDF of the numbered document (PAdES) and keeps it beside the others.

    The .p12 and its passphrase are used in this call and kept nowhere. Raises KeyRefused at the
    field, NothingToSign, WrongState, PermissionDenied.
    """
    paper = _locked(paper, by)
    if paper.state != Paper.State.ISSUED:
        raise WrongState(_("Enter the number first, then sign."))
    source = to_sign(paper)
    if source is None:
        raise NothingToSign(_("There is no PDF of this document yet. Make it first."))
    with source.file.content.open("rb") as content:
        pdf = content.read()
    field = f"CNCD{paper.files.filter(kind=PaperFile.Kind.SIGNED).count() + 1}"
    try:
        made = signatures.signed(pdf, pkcs12, passphrase, field=field, reason=paper.full_number)
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
    upload = SimpleUploadedFile(file_name(paper, "pdf"), made)
    stored = store_file(upload=upload, by=by, allow=("pdf",), now=now)
    return keep_signed(paper, PaperFile.Kind.SIGNED, stored, by, now)


def to_sign(paper: Paper) -> PaperFile | None:
    """The newest PDF that bears the number: a signed one gets a further signature."""
    files = paper.files.filter(issued=True, file__media_type="application/pdf")
    return files.select_related("file").first()
