"""`cncd serve` on an empty data directory: pages, static files, jobs, and a clean end."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from tests.installation import installation, run

LIMIT = 60.0  # seconds; far more than needed
CNCD = (sys.executable, "-m", "cncd.config.cli")


@pytest.fixture
def machine(tmp_path):
    with installation(tmp_path) as environment:
        yield environment


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(port: int, path: str):
    return urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=10)


def wait_until(ask, server: subprocess.Popen):
    """What `ask` gives once it gives something; a refused connection is nothing yet."""
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended"
        with suppress(urllib.error.URLError, ConnectionError):
            if found := ask():
                return found
        time.sleep(0.1)
    raise AssertionError("the server did not answer")


def test_an_empty_directory_becomes_a_running_server(machine):
    port = free_port()
    server = subprocess.Popen([*CNCD, "serve", "--port", str(port), "--jobs"], env=machine)
    try:
        page = wait_until(lambda: fetch(port, "/account/login/"), server)
        assert page.headers["Content-Security-Policy"].startswith("default-src 'self'")
        assert page.headers["Content-Language"] == "vi"
        manifest = Path(machine["CNCD_DATA"], "static", "staticfiles.json")
        name = json.loads(manifest.read_text())["paths"]["vendor/bootstrap.min.css"]
        assert "immutable" in fetch(port, f"/static/{name}").headers["Cache-Control"]

        taken = subprocess.run(
            [*CNCD, "serve", "--port", str(port)], env=machine, capture_output=True, text=True
        )
        assert taken.returncode == 1
        assert f"Cổng {port}" in taken.stderr

        count = "from cncd.foundation.kit.models import Worker; print(Worker.objects.count())"
        deadline = time.monotonic() + LIMIT
        while run(machine, *CNCD[1:], "manage", "shell", "-v0", "-c", count).strip() != "1":
            assert time.monotonic() < deadline, "no job worker came up"
    finally:
        server.terminate()
        assert server.wait(LIMIT) == 0
