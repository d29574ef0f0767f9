"""What `cncd serve --tls` makes ready: a certificate, the addresses it is for, and what to say."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click
from django.utils.translation import gettext as _

from cncd.config import tls


@dataclass(frozen=True)
class Secured:
    """How the server speaks https: with which files, at which addresses."""

    pair: tls.Pair
    addresses: list[str]  # https://name:port, the one to give to others first
    look: list[str] | None = None  # the command that renews the certificate in time
    authority: Path | None = None  # what phones are to install
    is_new: bool = False

    def take_effect(self) -> None:
        """Says it to the settings of the processes that are started next."""
        own = [each for each in _public() if each not in self.addresses]
        os.environ["CNCD_ORIGINS"] = ",".join([*own, *self.addresses])
        os.environ["CNCD_TLS"] = "made" if self.authority else "given"

    def said(self) -> Iterator[str]:
        """What the window shows."""
        first, *others = self.addresses
        yield _("Serving at %(address)s (Ctrl+C to stop)") % {"address": first}
        if others:
            yield _("The same, by other names: %(addresses)s") % {"addresses": "  ".join(others)}
        if not self.authority:
            return
        address = f"{first}/install-certificate/"
        yield _("Each phone installs the certificate once: %(address)s") % {"address": address}
        yield _("Compare there: %(letters)s") % {"letters": tls.fingerprint(self.authority)}
        if self.is_new:
            yield _("The certificate is new: phones that had an earlier one need this one.")


def _public() -> list[str]:
    """The https addresses that CNCD_ORIGINS names; others would let cookies travel in the open."""
    named = os.environ.get("CNCD_ORIGINS", "").split(",")
    return [each.strip().rstrip("/") for each in named if each.strip().startswith("https://")]


def with_own_certificate(folder: Path, host: str, port: int) -> Secured:
    """A certificate made here, for this machine's names and addresses."""
    named = [urlsplit(each).hostname for each in _public()]
    names = list(dict.fromkeys([*tls.machine_names(), *(n for n in named if not n[-1].isdigit())]))
    addresses = tls.machine_addresses()
    if host not in ("0.0.0.0", "localhost") and tls.is_private(host):  # noqa: S104
        addresses = list(dict.fromkeys([host, *addresses]))
    pair, is_new = tls.make_ready(folder, names, addresses)
    # A number works at once on every phone; a name only where the network knows it.
    reached = [each for each in addresses if not each.startswith("127.")] + names
    shown = [f"https://{each}:{port}" for each in dict.fromkeys([*reached, *addresses])]
    look = [sys.executable, "-m", "cncd.config.tls", str(folder)]
    return Secured(pair, shown, look, tls.pair(folder, "ca").certificate, is_new)


def with_given_certificate(certificate: Path, key: Path, port: int) -> Secured:
    """Somebody's own certificate; the addresses follow from CNCD_ORIGINS, else from its names."""
    names, addresses = tls.names_in(certificate)
    plain = [each for each in [*names, *addresses] if "*" not in each]
    shown = _public() or [f"https://{each}:{port}" for each in plain]
    if not shown:
        raise click.ClickException(
            _("The certificate names no single address: say it in CNCD_ORIGINS.")
        )
    return Secured(tls.Pair(certificate, key), shown)


def secured(folder: Path, host: str, port: int, given: tuple[Path | None, Path | None]) -> Secured:
    """The certificate that was asked for; refuses half a pair and what is none."""
    if not any(given):
        return with_own_certificate(folder, host, port)
    if not all(given):
        raise click.ClickException(_("Give both --tls-cert and --tls-key."))
    try:
        return with_given_certificate(*given, port)
    except ValueError:
        message = _("%(file)s is no certificate in PEM form.") % {"file": given[0]}
        raise click.ClickException(message) from None
