"""An authority, an office's certificate and its .p12, made on the spot for tests."""

import datetime as dt
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID

PASSPHRASE = "mật khẩu của cơ quan"
KEY_USAGES = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
              "key_agreement", "key_cert_sign", "crl_sign", "encipher_only",
              "decipher_only")  # fmt: skip


@cache
def _key(_name: str):
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _name(common: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


AUTHORITY = _name("Tổ chức chứng thực thử", "Cơ yếu thử")
OFFICE = _name("UBND xã Nhơn Mỹ", "Ủy ban nhân dân xã Nhơn Mỹ")


def _certificate(subject, issuer, key, signed_by, *, days, authority: bool):
    now = dt.datetime.now(dt.UTC)
    used = dict.fromkeys(KEY_USAGES, False)
    used |= {"key_cert_sign": True} if authority else {"content_commitment": True}
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=400))
        .not_valid_after(now + dt.timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**used), critical=True)
    )
    return builder.sign(signed_by, SHA256())


def authority(days: int = 3650) -> bytes:
    """The authority's certificate, PEM."""
    key = _key("authority")
    made = _certificate(AUTHORITY, AUTHORITY, key, key, days=days, authority=True)
    return made.public_bytes(Encoding.PEM)


def office(days: int = 365) -> bytes:
    """The office's key and certificate as .p12 behind PASSPHRASE."""
    key = _key("office")
    made = _certificate(OFFICE, AUTHORITY, key, _key("authority"), days=days, authority=False)
    locked = BestAvailableEncryption(PASSPHRASE.encode())
    return pkcs12.serialize_key_and_certificates(b"ubnd", key, made, None, locked)


def office_certificate() -> bytes:
    """The office's own certificate, PEM: it is no authority."""
    held = pkcs12.load_pkcs12(office(), PASSPHRASE.encode())
    return held.cert.certificate.public_bytes(Encoding.PEM)
