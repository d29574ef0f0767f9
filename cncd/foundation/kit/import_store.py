"""What was read from an upload, until it is confirmed: bound to one session, gone after a day."""

import contextlib
import json
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from .excel_headings import Table

KEPT = 5  # files per session; the oldest goes when one more comes
DAY = 24 * 3600  # seconds


class Taken(Exception):
    """Somebody else is writing this file right now, or has done so."""


def folder() -> Path:
    path = Path(settings.MEDIA_ROOT) / "imports"
    path.mkdir(parents=True, exist_ok=True, mode=0o750)
    return path


@dataclass
class Kept:
    """One kept file and what the session knows about it."""

    request: object
    token: str
    facts: dict

    @classmethod
    def keep(cls, request, name: str, filename: str, tables: list[Table]) -> str:
        """Keeps what stood in the file and the rest of the form; returns the token.

        The file is opened once, which takes a process of its own, and looked at twice.
        """
        token = uuid.uuid4().hex
        rows = [list(table.rows.items()) for table in tables]
        (folder() / token).write_text(json.dumps(rows), "utf-8")
        sent = request.POST.copy()
        sent.pop("csrfmiddlewaretoken", None)
        sent.pop("pasted", None)  # kept as the file
        facts = {"name": name, "user": request.user.pk, "file": filename[:200]}
        all_kept = request.session.get("imports", {})
        for old in list(all_kept)[: max(0, len(all_kept) - KEPT + 1)]:
            (folder() / old).unlink(missing_ok=True)
            del all_kept[old]
        request.session["imports"] = {**all_kept, token: {**facts, "form": sent.urlencode()}}
        return token

    @classmethod
    def of(cls, request, name: str, token: str) -> "Kept | None":
        """The file this session kept for this import under the token."""
        facts = request.session.get("imports", {}).get(token)
        if not facts or (facts["name"], facts["user"]) != (name, request.user.pk):
            return None
        kept = cls(request, token, facts)
        return (
            kept if facts.get("outcome") or kept.path.exists() or kept.taken_path.exists() else None
        )

    @property
    def path(self) -> Path:
        return folder() / self.token

    @property
    def taken_path(self) -> Path:
        return folder() / f"{self.token}.taken"

    @property
    def form(self) -> str:
        return self.facts["form"]

    @property
    def filename(self) -> str:
        return self.facts["file"]

    @property
    def outcome(self) -> str:
        """What was told when the file was written; empty until then."""
        return self.facts.get("outcome", "")

    @outcome.setter
    def outcome(self, told: str) -> None:
        self.facts["outcome"] = str(told)
        self.request.session.modified = True

    def open(self) -> list[Table]:
        """What stood in the file; raises Taken when it has been taken away to be written."""
        for path in (self.path, self.taken_path) if self.is_mine else (self.path,):
            with contextlib.suppress(FileNotFoundError):
                return [Table(dict(rows)) for rows in json.loads(path.read_text("utf-8"))]
        raise Taken

    is_mine = False  # this request has taken it

    @contextlib.contextmanager
    def taken(self):
        """Takes the file for writing: of two at once only one gets it. It is gone afterwards."""
        try:
            self.path.rename(self.taken_path)
        except FileNotFoundError:
            raise Taken from None
        self.is_mine = True
        try:
            yield self
        except BaseException:
            self.give_back()
            raise
        self.taken_path.unlink(missing_ok=True)

    def give_back(self) -> None:
        """Puts the file back, to be looked at again."""
        self.taken_path.rename(self.path)
        self.is_mine = False

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)
        self.request.session["imports"].pop(self.token, None)
        self.request.session.modified = True


def forget_old_uploads(now: float | None = None) -> int:
    """Deletes files that nobody confirmed within a day; returns how many."""
    limit = (now or time.time()) - DAY
    old = [path for path in folder().iterdir() if path.stat().st_mtime < limit]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
