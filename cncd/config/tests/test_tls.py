"""`cncd serve --tls`: a certificate that browsers may trust, and a server that speaks by it."""

import datetime as dt
import http.client
import ssl
import stat
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from http.cookiejar import CookieJar
from pathlib import Path

import click
import pytest
import time_machine

from cncd.config import tls
from cncd.config.securing import secured
from cncd.config.tests.test_really_serving import CNCD, free_port, machine, wait_until

__all__ = ["machine"]
NAMES, ADDRESSES = ["may-xa.local", "may-xa", "localhost"], ["127.0.0.1", "192.168.1.20"]


def test_it_is_made_once_and_its_keys_are_nobody_else_s(tmp_path):
    folder = tmp_path / "tls"
    pair, is_new = tls.make_ready(folder, NAMES, ADDRESSES)
    assert is_new
    assert tls.names_in(pair.certificate) == (NAMES, ADDRESSES)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for key in folder.glob("*.key"):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert tls.make_ready(folder, NAMES, ADDRESSES[:1]) == (pair, False)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_another_address_gives_another_certificate_by_the_same_authority(tmp_path):
    tls.make_ready(tmp_path, NAMES, ADDRESSES)
    authority = tls.fingerprint(tmp_path / "ca.crt")
    pair, is_new = tls.make_ready(tmp_path, NAMES, ["127.0.0.1", "10.0.0.9"])
    assert not is_new
    assert tls.names_in(pair.certificate)[1] == ["127.0.0.1", "10.0.0.9"]
    assert tls.fingerprint(tmp_path / "ca.crt") == authority
    _pair, is_new = tls.make_ready(tmp_path, [*NAMES, "cncd.example.vn"], ADDRESSES)
    assert is_new, "the authority may not sign for a name it does not know"


def test_it_is_renewed_before_it_ends(tmp_path):
    pair, _is_new = tls.make_ready(tmp_path, NAMES, ADDRESSES)
    first, authority = tls.fingerprint(pair.certificate), tls.fingerprint(tmp_path / "ca.crt")
    look = [sys.executable, "-m", "cncd.config.tls", str(tmp_path)]
    assert subprocess.run(look).returncode == 0
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=340)):
        assert tls.renew(tmp_path)
        assert not tls.renew(tmp_path)
    assert tls.fingerprint(pair.certificate) != first
    assert tls.fingerprint(tmp_path / "ca.crt") == authority


def greeted(pair: tls.Pair, authority: Path, name: str) -> None:
    """What a browser that trusts the authority does with a server that shows this certificate."""
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(pair.certificate, pair.key)
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = serving.wrap_bio(there, back, server_side=True)
    trust = ssl.create_default_context(cafile=authority)
    browser = trust.wrap_bio(back, there, server_hostname=name)
    for side in (browser, server, browser):
        with suppress(ssl.SSLWantReadError):
            side.do_handshake()


def test_even_with_the_key_of_the_authority_nobody_poses_as_another_site(tmp_path):
    good, _is_new = tls.make_ready(tmp_path, NAMES, ADDRESSES)
    authority, stray = tls.pair(tmp_path, "ca"), tls.pair(tmp_path, "stray")
    for name in (*NAMES, *ADDRESSES):
        greeted(good, authority.certificate, name)
    tls._make_server(stray, authority, ["example.vn"], [])
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        greeted(stray, authority.certificate, "example.vn")


def test_a_certificate_of_one_s_own_says_the_addresses(tmp_path, monkeypatch):
    monkeypatch.delenv("CNCD_ORIGINS", raising=False)
    given, _is_new = tls.make_ready(tmp_path / "given", ["cncd.example.vn"], [])
    found = secured(tmp_path, "0.0.0.0", 8443, (given.certificate, given.key))
    assert found.addresses == ["https://cncd.example.vn:8443"]
    assert not found.authority
    monkeypatch.setenv("CNCD_ORIGINS", "https://cncd.example.vn,http://cncd.example.vn")
    found = secured(tmp_path, "0.0.0.0", 443, (given.certificate, given.key))
    assert found.addresses == ["https://cncd.example.vn"], "http would let cookies out"
    for wrong in [(given.certificate, None), (given.key, given.key)]:
        with pytest.raises(click.ClickException):
            secured(tmp_path, "0.0.0.0", 8443, wrong)


class Office:
    """A browser of the office that knows the certificate."""

    def __init__(self, port: int, authority: Path):
        self.address, self.jar = f"https://127.0.0.1:{port}", CookieJar()
        trust = urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=authority))
        keep = urllib.request.HTTPCookieProcessor(self.jar)
        self.browser = urllib.request.build_opener(trust, keep)

    def open(self, path: str, **fields):
        body = urllib.parse.urlencode(fields).encode() if fields else None
        headers = {"Referer": f"{self.address}{path}", "Origin": self.address}
        asked = urllib.request.Request(f"{self.address}{path}", body, headers)
        return self.browser.open(asked, timeout=10)


def test_phones_of_the_office_are_served_over_https(machine):
    port = free_port()
    command = [*CNCD, "serve", "--tls", "--host", "127.0.0.1", "--port", str(port), "--no-jobs"]
    quick = machine | {"CNCD_DEBUG": "1"}  # no need to compress files here
    server = subprocess.Popen(command, env=quick, stdout=subprocess.PIPE, text=True)
    authority = Path(machine["CNCD_DATA"], "tls", "ca.crt")
    try:
        wait_until(lambda: authority.is_file(), server)
        office = Office(port, authority)
        page = wait_until(lambda: office.open("/account/login/"), server)
        assert "Strict-Transport-Security" not in page.headers
        assert all(cookie.secure for cookie in office.jar)
        word = next(cookie.value for cookie in office.jar if cookie.name == "csrftoken")
        typed = {"login": "x", "password": "y", "csrfmiddlewaretoken": word}
        assert "chưa đúng" in office.open("/account/login/", **typed).read().decode()

        found = office.open("/install-certificate/cncd-ca.crt")
        assert found.read() == authority.read_bytes()
        assert tls.fingerprint(authority) in office.open("/install-certificate/").read().decode()
        with pytest.raises(urllib.error.URLError, match="unable to get local issuer"):
            urllib.request.urlopen(f"https://127.0.0.1:{port}/", timeout=10)
        with pytest.raises((http.client.HTTPException, OSError)):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10)
    finally:
        server.terminate()
        said = server.communicate(timeout=60)[0]
    assert f"https://127.0.0.1:{port}" in said
    assert tls.fingerprint(authority) in said
