"""The certificate of `cncd serve --tls`: a small authority of this machine, and what it signs.

The authority vouches only for this machine's names, names in .local and addresses of private
networks, so that its key, were it stolen, is of no use against other sites.
"""

import datetime as dt
import ipaddress
import os
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_LIFE = dt.timedelta(days=3650)
LIFE = dt.timedelta(days=397)  # browsers refuse longer ones of well-known authorities
RENEW_BEFORE = dt.timedelta(days=60)
RENEWED = 3  # exit code of `python -m cncd.config.tls FOLDER`
PRIVATE = [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "::1/128",
]


@dataclass(frozen=True)
class Pair:
    """A certificate and its key, as files."""

    certificate: Path
    key: Path

    @property
    def is_there(self) -> bool:
        return self.certificate.is_file() and self.key.is_file()


def pair(folder: Path, name: str) -> Pair:
    return Pair(folder / f"{name}.crt", folder / f"{name}.key")


def machine_names() -> list[str]:
    """What this machine is called on the office's network, and by itself."""
    own = socket.gethostname().lower().rstrip(".")
    short = own.partition(".")[0]
    return list(dict.fromkeys([f"{short}.local", own, short, "localhost"]))


def machine_addresses() -> list[str]:
    """The addresses of this machine in private networks, the one others reach first."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # nothing is sent; the system chooses the way
        found.append(probe.getsockname()[0])
    with suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return list(dict.fromkeys(each for each in [*found, "127.0.0.1"] if is_private(each)))


def is_private(address: str) -> bool:
    found = ipaddress.ip_address(address)
    networks = map(ipaddress.ip_network, PRIVATE)
    return any(found in network for network in networks if network.version == found.version)


def make_ready(folder: Path, names: list[str], addresses: list[str]) -> tuple[Pair, bool]:
    """The pair to serve with, made or renewed when needed; whether the authority is new.

    A new authority means that phones must install it: the first time, every ten years, and when
    the machine gets another name outside .local.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority, server = pair(folder, "ca"), pair(folder, "server")
    is_new = not (authority.is_there and _vouches(read(authority.certificate), names))
    if is_new:
        _make_authority(authority, names)
    if is_new or not server.is_there or not _serves(server, authority, names, addresses):
        _make_server(server, authority, names, addresses)
    return server, is_new


def renew(folder: Path) -> bool:
    """Makes the certificate anew, for the same names, when it ends soon; says whether it did."""
    authority, server = pair(folder, "ca"), pair(folder, "server")
    if not (authority.is_there and server.is_there) or _lasts(read(server.certificate)):
        return False
    _make_server(server, authority, *names_in(server.certificate))
    return True


def read(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def names_in(path: Path) -> tuple[list[str], list[str]]:
    """The names and the addresses a certificate is for."""
    found = read(path).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = [str(each) for each in found.get_values_for_type(x509.IPAddress)]
    return found.get_values_for_type(x509.DNSName), addresses


def fingerprint(path: Path) -> str:
    """SHA-256 of the certificate, in pairs, for people to compare."""
    return read(path).fingerprint(hashes.SHA256()).hex(" ").upper()


def _lasts(certificate: x509.Certificate, more=RENEW_BEFORE) -> bool:
    return certificate.not_valid_after_utc - dt.datetime.now(dt.UTC) > more


def _vouches(authority: x509.Certificate, names: list[str]) -> bool:
    """Whether the authority lasts longer than what it is to sign, and may sign for these names."""
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    allowed = [each.value for each in limits.permitted_subtrees if isinstance(each, x509.DNSName)]
    known = all(any(n == a or n.endswith(f".{a}") for a in allowed) for n in names)
    return known and _lasts(authority, LIFE)


def _serves(server: Pair, authority: Pair, names: list[str], addresses: list[str]) -> bool:
    certificate = read(server.certificate)
    try:
        certificate.verify_directly_issued_by(read(authority.certificate))
    except Exception:  # whatever is wrong with it, it is made anew
        return False
    there = names_in(server.certificate)
    wanted = set(names) <= set(there[0]) and set(addresses) <= set(there[1])
    return wanted and _lasts(certificate)


def _make_authority(to: Pair, names: list[str]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"CNCĐ {names[0]}")
    limits = [x509.DNSName(each) for each in dict.fromkeys(["local", *names])]
    limits += [x509.IPAddress(ipaddress.ip_network(each)) for each in PRIVATE]
    draft = _draft(name, name, key.public_key(), AUTHORITY_LIFE)
    draft = draft.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    draft = draft.add_extension(x509.NameConstraints(limits, None), critical=True)
    draft = draft.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
    _write(to, draft.sign(key, hashes.SHA256()), key)


def _make_server(to: Pair, authority: Pair, names: list[str], addresses: list[str]) -> None:
    signer = read(authority.certificate)
    with_key = serialization.load_pem_private_key(authority.key.read_bytes(), None)
    key = ec.generate_private_key(ec.SECP256R1())
    held = [x509.DNSName(each) for each in names]
    held += [x509.IPAddress(ipaddress.ip_address(each)) for each in addresses]
    signed_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(with_key.public_key())
    draft = _draft(_name(names[0]), signer.subject, key.public_key(), LIFE)
    draft = draft.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    draft = draft.add_extension(x509.SubjectAlternativeName(held), critical=False)
    draft = draft.add_extension(_usage(digital_signature=True), critical=True)
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    draft = draft.add_extension(purpose, critical=False).add_extension(signed_by, critical=False)
    _write(to, draft.sign(with_key, hashes.SHA256()), key)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _draft(subject, issuer, public_key, life: dt.timedelta) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    draft = x509.CertificateBuilder(issuer, subject, public_key, x509.random_serial_number())
    # The clock of a phone may be a little behind.
    draft = draft.not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + life)
    return draft.add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), False)


def _usage(**given) -> x509.KeyUsage:
    names = """digital_signature content_commitment key_encipherment data_encipherment
    key_agreement key_cert_sign crl_sign encipher_only decipher_only"""
    return x509.KeyUsage(**{name: given.get(name, False) for name in names.split()})


def _write(to: Pair, certificate: x509.Certificate, key) -> None:
    text = serialization.Encoding.PEM
    plain, no_lock = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    _replace(to.key, key.private_bytes(text, plain, no_lock), 0o600)
    _replace(to.certificate, certificate.public_bytes(text), 0o644)


def _replace(path: Path, content: bytes, mode: int) -> None:
    """Writes the whole file or nothing; a key is never readable by others, not for a moment."""
    draft = path.with_suffix(f".{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    draft.replace(path)


if __name__ == "__main__":
    sys.exit(RENEWED if renew(Path(sys.argv[1])) else 0)
