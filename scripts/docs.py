"""What the program knows about itself, as pages; and whether every page still tells the truth.

python scripts/docs.py            write docs/reference/ anew
python scripts/docs.py --check    fail when it is stale, a link leads nowhere, a named file is gone,
                                  or a label quoted in [brackets] stands on no page of the program
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
NOTE = "<!-- Written by scripts/docs.py; change the code, then run it again. -->\n"
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
NAMED = re.compile(r"`((?:cncd|docs|tests|scripts|deploy|bench)/[\w./-]*)`")
LABEL = re.compile(r"\[([^\[\]]+)\](?!\()")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def main() -> int:
    begin()
    if "--check" in sys.argv[1:]:
        found = [*stale(), *dead_ends(), *strange_labels()]
        print(*found, sep="\n") if found else print("docs: true")
        return 1 if found else 0
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, "utf-8")
    return 0


def begin() -> None:
    """The program set up in Vietnamese, on a database of its own that nobody opens."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("CNCD_DATA", tempfile.mkdtemp(prefix="cncd-docs-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cncd.config.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate("vi")


def pages() -> dict[str, str]:
    """File name → text, for all of docs/reference/."""
    texts = {
        "permissions.md": permissions(),
        "reactions.md": reactions(),
        "settings.md": settings(),
        "commands.md": commands(),
    }
    return {name: NOTE + text.rstrip() + "\n" for name, text in texts.items()}


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def permissions() -> str:
    """Permission, what it lets one do, and who holds it."""
    from cncd.foundation.people.permission_words import WORDS
    from cncd.foundation.people.permissions import PERMISSIONS

    rows = [
        [f"`{code}`", str(WORDS[code]), ", ".join(f"`{role}`" for role in roles)]
        for code, roles in PERMISSIONS.items()
    ]
    head = "# Permissions: who may do what\n\nWhere a role may act is the place or team of the "
    head += "posting or membership that gives it, and everything below.\n\n"
    return head + table(["Permission", "Việc được làm", "Roles"], rows)


def reactions() -> str:
    """Event, the sentence people read about it, and what follows."""
    from cncd.config.reactions import NOW, later
    from cncd.foundation.journal import words

    rows = []
    for room in words.rooms():
        for event, sentence in room.sentences.items():
            follows = [f"`{path}`" for path in NOW.get(event, ())]
            follows += [f"`{path}` (later)" for path in later(event)]
            rows.append([f"`{event}`", str(sentence), "<br>".join(follows)])
    head = "# Events: what the journal says, and what follows\n\n"
    return head + table(["Event", "Câu trong nhật ký", "Reaction"], sorted(rows))


ENVIRONMENT = {
    "CNCD_DATA": "folder of the database, uploads, key and static files; by default `var/` of a "
    "checkout, else `~/.local/share/cncd`",
    "DATABASE_URL": "`postgres://user:password@host:5432/name`; SQLite in `CNCD_DATA` when unset",
    "CNCD_DB_POOL": "`0` keeps no pool of PostgreSQL connections",
    "CNCD_ORIGINS": "public addresses, comma-separated; loopback only when unset",
    "CNCD_SMTP": "`smtp://user:password@host:587?from=cncd@example.vn`; no e-mail when unset",
    "CNCD_SERVICES": "what addresses of Apprise may begin with, comma-separated; `zalo`, `tgram`"
    " and other services with hosts of their own when unset",
    "CNCD_DEBUG": "`1` for work on the program itself, never on a served one",
    "CNCD_LANG": "`vi` or `en`: the language of the commands",
    "CNCD_PORT": "set by `cncd serve` for its own processes: the port it serves",
    "CNCD_TLS": "set by `cncd serve --tls` for its own processes: `made` or `given`",
}
READ = re.compile(r"""environ(?:\.get\(|\[)["'](CNCD_\w+|DATABASE_URL)["']""")


def settings() -> str:
    """The environment the program reads, what an officer may set, and what runs by the clock."""
    from cncd.config.schedule import SCHEDULE

    text = "# Settings\n\n## Environment\n\n"
    text += table(["Variable", "Meaning"], [[f"`{k}`", v] for k, v in ENVIRONMENT.items()])
    jobs = [[f"`{each.job}`", when(each)] for each in SCHEDULE]
    text += "\n## By the clock (Asia/Ho_Chi_Minh)\n\n"
    return text + table(["Job", "At, or every"], jobs)


def when(job) -> str:
    return f"{job.at:%H:%M}" if job.at else f"every {job.every.total_seconds() / 60:.0f} min"


def commands() -> str:
    """The help of `cncd` and every word below it, in English."""
    from django.utils import translation

    with translation.override("en"):
        from cncd.config import cli

        command = cli.build()
        parts = ["# Commands\n", *helps(command, "cncd")]
    return "\n".join(parts)


def helps(command, path: str) -> Iterator[str]:
    import click

    context = click.Context(command, info_name=path, max_content_width=96, terminal_width=96)
    yield f"## `{path}`\n\n```text\n{command.get_help(context)}\n```\n"
    for name, child in sorted(getattr(command, "commands", {}).items()):
        yield from helps(child, f"{path} {name}")


def stale() -> Iterator[str]:
    """Pages of docs/reference/ that say something else than the code; settings nobody explains."""
    for name, text in pages().items():
        path = REFERENCE / name
        if not path.is_file() or path.read_text("utf-8") != text:
            yield f"docs/reference/{name} is stale: run python scripts/docs.py"
    read = {
        name
        for path in (ROOT / "cncd").rglob("*.py")
        if "tests" not in path.parts
        for name in READ.findall(path.read_text("utf-8"))
    }
    yield from (f"{name} is read but not explained" for name in sorted(read - set(ENVIRONMENT)))


def documents() -> list[Path]:
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def dead_ends() -> Iterator[str]:
    """Relative links and paths in backquotes that lead nowhere."""
    for path in documents():
        text, where = path.read_text("utf-8"), path.relative_to(ROOT)
        for target in LINK.findall(text):
            if re.match(r"[a-z]+:|#", target):
                continue
            if not (path.parent / target.partition("#")[0]).exists():
                yield f"{where}: no {target}"
        for named in NAMED.findall(text):
            if not (ROOT / named).exists():
                yield f"{where}: no {named}"


def strange_labels() -> Iterator[str]:
    """Words quoted in [brackets] in the guides that no button, link or heading says."""
    from scripts import messages

    known = {
        said.strip()
        for room in messages.rooms()
        for message in messages.read_catalogue(room)
        for said in ([message.string] if isinstance(message.string, str) else message.string)
    }
    for folder in ("huong-dan", "howto"):
        for path in sorted((ROOT / "docs" / folder).glob("*.md")):
            text = FENCE.sub("", path.read_text("utf-8"))
            for label in LABEL.findall(text):
                if label not in known:
                    yield f"{path.relative_to(ROOT)}: no page says “{label}”"


if __name__ == "__main__":
    raise SystemExit(main())
