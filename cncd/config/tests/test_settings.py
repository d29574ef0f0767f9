"""What changes when the program stands behind a public https address."""

import json
import os
import subprocess
import sys

import pytest

SHOWN = """
import json
from cncd.config import settings
names = ["ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
         "SECURE_HSTS_SECONDS", "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", "DEBUG"]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


@pytest.fixture
def settings_with(tmp_path):
    def ask(**environment):
        kept = {"PATH": os.environ["PATH"], "CNCD_DATA": str(tmp_path)}
        said = subprocess.check_output([sys.executable, "-c", SHOWN], env={**kept, **environment})
        return json.loads(said)

    return ask


def test_without_an_address_only_loopback_is_answered(settings_with):
    shown = settings_with()
    assert shown["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert not shown["SESSION_COOKIE_SECURE"]
    assert not shown["DEBUG"]


def test_behind_https_cookies_travel_encrypted_only(settings_with):
    shown = settings_with(CNCD_ORIGINS="https://cncd.example.vn")
    assert "cncd.example.vn" in shown["ALLOWED_HOSTS"]
    assert shown["CSRF_TRUSTED_ORIGINS"] == ["https://cncd.example.vn"]
    assert shown["SESSION_COOKIE_SECURE"]
    assert shown["CSRF_COOKIE_SECURE"]
    assert shown["SECURE_HSTS_SECONDS"] > 0
    assert not shown["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"]
