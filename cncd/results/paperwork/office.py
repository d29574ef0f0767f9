"""LibreOffice, where it is installed: PDFs of our Word files, one run at a time."""

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

NAMES = ("soffice", "libreoffice")
SECONDS = 120
WRITER = "libmswordlo.so"  # the part that opens Word files
# A bookmark stays in the PDF as a place one can ask for: where the signature belongs.
PDF = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'


class NoOffice(Exception):
    """LibreOffice Writer is not installed on the server."""


class NotConverted(Exception):
    """LibreOffice made no PDF, or took too long."""


def program() -> str | None:
    """The program, when LibreOffice with its Writer is there."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found and (Path(found).resolve().parent / WRITER).is_file():
        return found
    return None


def pdfs_of(files: Iterable[bytes], *, seconds: float = SECONDS) -> list[bytes]:
    """The Word files as PDFs, in one run with settings of its own, forgotten afterwards.

    Waits while another run goes on. Raises NoOffice, NotConverted.
    """
    office = program()
    if not office:
        raise NoOffice
    with tempfile.TemporaryDirectory(prefix="cncd-pdf-") as folder, _alone():
        held = Path(folder)
        sources = []
        for number, content in enumerate(files):
            sources.append(held / f"{number}.docx")
            sources[-1].write_bytes(content)
        _run([office, f"-env:UserInstallation={(held / 'profile').as_uri()}", "--headless",
              "--norestore", "--convert-to", PDF, "--outdir", str(held),
              *map(str, sources)], seconds)  # fmt: skip
        made = [source.with_suffix(".pdf") for source in sources]
        if not all(path.is_file() for path in made):
            raise NotConverted("no PDF")
        return [path.read_bytes() for path in made]


def _run(command: list[str], seconds: float) -> None:
    """Its whole group ends when it takes too long: LibreOffice starts a process of its own."""
    with subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise NotConverted("too slow") from None


@contextmanager
def _alone():
    """One run at a time on this machine, whichever worker it is."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "libreoffice.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
