"""Electronic signatures in PDFs (PAdES): signing with a certificate, and checking a signed file.

pyHanko does both; it is loaded only where somebody signs or checks. Nothing is fetched from the
network: trusted are the authorities an administrator named, no others.
"""

import datetime as dt
import io
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from cncd.results.paperwork.seals import Seen, field_of, style_of

MOST_SIGNATURES = 20


class WrongKey(Exception):
    """The .p12 file cannot be opened with that passphrase, or holds no key."""


class Expired(Exception):
    """The certificate is not valid at this moment."""


class NotAPdf(Exception):
    """The file is no PDF that can be read."""


class Encrypted(NotAPdf):
    """The PDF is locked with a password, so nothing in it can be checked."""


class BrokenSignature(NotAPdf):
    """The PDF can be read, but what stands in place of a signature cannot."""


@dataclass(frozen=True)
class Signature:
    """What one signature of a file says, and what is true of it."""

    signer: str
    organisation: str
    issuer: str  # who vouches for the signer
    signed_at: dt.datetime | None  # by the signer's own clock, unless stamped
    stamped: bool  # the time comes from a time-stamping authority
    intact: bool  # not one byte of what was signed has changed
    whole: bool  # it covers the file as far as its own revision goes, nothing left out
    trusted: bool  # its chain leads to an authority trusted here
    valid_then: bool  # the certificate was in force at that time
    ended_on: dt.datetime | None  # when the certificate ended, if that is past
    changes: str  # after signing: none, allowed (further signatures, form fields), forbidden

    @property
    def good(self) -> bool:
        sound = self.intact and self.whole and self.changes != "forbidden"
        known = self.trusted and self.valid_then and (self.stamped or not self.ended_on)
        return sound and known


def signed(
    pdf: bytes, pkcs12: bytes, passphrase: str, *, field: str, reason: str = "",
    seen: Seen | None = None,
) -> bytes:  # fmt: skip
    """The PDF with one more signature, added behind what is there; shown where `seen` says how.

    Raises WrongKey, Expired, NotAPdf, seals.NoPlace. The key lives in this call only.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import fields, signers

    signer = _signer(pkcs12, passphrase)
    now, certificate = dt.datetime.now(dt.UTC), signer.signing_cert
    if not certificate.not_valid_before <= now <= certificate.not_valid_after:
        raise Expired
    meta = signers.PdfSignatureMetadata(
        field_name=field, reason=reason or None, md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
    )  # fmt: skip
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
        shown = {}
        if seen:
            shown = {"stamp_style": style_of(seen), "new_field_spec": field_of(writer, field, seen)}
        maker = signers.PdfSigner(meta, signer=signer, **shown)
        return _apart(lambda: maker.sign_pdf(writer).getvalue())
    except PdfError as broken:
        raise NotAPdf from broken


def _apart(run: Callable):
    """Runs it in a thread of its own: pyHanko begins an event loop, of which a thread has one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def _signer(pkcs12: bytes, passphrase: str):
    from pyhanko.sign.signers import SimpleSigner

    try:
        signer = SimpleSigner.load_pkcs12_data(
            pkcs12, other_certs=(), passphrase=passphrase.encode()
        )
    except Exception:
        signer = None
    if signer is None or signer.signing_cert is None:
        raise WrongKey
    return signer


def signatures_of(pdf: bytes, roots: Iterable[str]) -> list[Signature]:
    """Every signature of the file, oldest first, judged by these roots (PEM).

    Raises NotAPdf, Encrypted, BrokenSignature.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    trusted = [_certificate(pem) for pem in roots]
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        locked = reader.encrypted
        pages = 0 if locked else int(reader.root["/Pages"]["/Count"])
    except Exception as broken:
        raise NotAPdf from broken
    if locked:
        raise Encrypted
    if not pages:
        raise NotAPdf
    try:
        embedded = list(reader.embedded_regular_signatures)[:MOST_SIGNATURES]
        return _apart(lambda: [_judged(each, trusted) for each in embedded])
    except Exception as broken:
        raise BrokenSignature from broken


def _judged(embedded, trusted: list) -> Signature:
    """Trust is asked for today; of a certificate that has ended, for the time it says it signed."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    certificate, told = embedded.signer_cert, embedded.self_reported_timestamp
    now, until = dt.datetime.now(dt.UTC), certificate.not_valid_after
    moment = told if until < now and told and told <= now else None
    context = ValidationContext(trust_roots=trusted, allow_fetching=False, moment=moment)
    status = validate_pdf_signature(embedded, signer_validation_context=context)
    level = status.modification_level
    changed = "none" if level == ModificationLevel.NONE else "allowed"
    if level in (None, ModificationLevel.OTHER):
        changed = "forbidden" if status.coverage != SignatureCoverageLevel.ENTIRE_FILE else "none"
    stamp = status.timestamp_validity
    at = stamp.timestamp if stamp and stamp.valid else told
    subject = certificate.subject.native
    return Signature(
        signer=_one(subject.get("common_name")) or certificate.subject.human_friendly,
        organisation=_one(subject.get("organization_name")),
        issuer=_one(certificate.issuer.native.get("common_name")),
        signed_at=at,
        stamped=bool(stamp and stamp.valid),
        intact=status.intact and status.valid,
        whole=status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION,
        trusted=status.trusted,
        valid_then=not at or certificate.not_valid_before <= at <= certificate.not_valid_after,
        ended_on=until if until < now else None,
        changes=changed,
    )


def _one(value) -> str:
    """Names may come several times in one certificate."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _certificate(pem: str):
    from asn1crypto import pem as armour
    from asn1crypto.x509 import Certificate

    _kind, _headers, content = armour.unarmor(pem.encode())
    return Certificate.load(content)


@dataclass(frozen=True)
class Authority:
    """A certificate of an authority, ready to be kept."""

    name: str
    pem: str
    fingerprint: str
    valid_until: dt.datetime


def authority_of(content: bytes) -> Authority | None:
    """The authority's certificate in a .pem, .crt or .cer file; None when there is none."""
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        armoured = b"-----BEGIN" in content
        read = x509.load_pem_x509_certificate if armoured else x509.load_der_x509_certificate
        found = read(content)
        basic = found.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (ValueError, x509.ExtensionNotFound):
        return None
    if not basic.ca:
        return None
    return Authority(
        found.subject.rfc4514_string()[:300],
        found.public_bytes(Encoding.PEM).decode(),
        found.fingerprint(SHA256()).hex(),
        found.not_valid_after_utc,
    )
