"""Vietnamese catalogues, room by room, with Babel (no gettext needed).

python scripts/messages.py                  compile what is stale: django.po → django.mo
python scripts/messages.py update people    bring that room's django.po in line with its code
python scripts/messages.py update all       … every room's
python scripts/messages.py list             print what is not translated yet
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
LOCALE = "vi"
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: vi\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
)
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (1,)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
# What `templatize` leaves of a template: calls like these among rows of X.
CALL = re.compile(
    r"""(?<![\w.])(?:_|gettext|ngettext|pgettext|npgettext)
    \((?:[^()'"]|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")*\)""",
    re.VERBOSE | re.DOTALL,
)


def rooms() -> list[Path]:
    """The folders that keep a catalogue: config and every room, in a stable order."""
    found = {path.parent for path in (ROOT / "cncd").glob("*/*/apps.py")}
    return [ROOT / "cncd" / "config", *sorted(found)]


def catalogue_path(room: Path) -> Path:
    return room / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def read_catalogue(room: Path) -> Catalog:
    path = catalogue_path(room)
    if not path.exists():
        return Catalog(locale=LOCALE)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE, abort_invalid=True)


def sources(room: Path) -> Iterator[tuple[Path, str]]:
    """Each file of the room that may hold messages, as Python source."""
    for path in sorted(room.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.relative_to(room).parts):
            yield path, path.read_text("utf-8")
    for path in sorted((room / "templates").rglob("*.*")):
        calls = CALL.findall(templatize(path.read_text("utf-8"), origin=str(path)))
        yield path, "\n".join(" ".join(call.splitlines()) for call in calls)


def extract_messages(room: Path) -> Catalog:
    """The messages in the room's code and templates."""
    catalogue = Catalog(locale=LOCALE)
    for _path, text in sources(room):
        file = io.BytesIO(text.encode("utf-8"))
        options = {"encoding": "utf-8"}
        found = extract("python", file, keywords=KEYWORDS, options=options)
        for _line, msgid, _comments, context in found:
            catalogue.add(msgid, None, context=context)
    return catalogue


def is_translated(message: Message | None) -> bool:
    if message is None:
        return False
    texts = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(texts) and not message.fuzzy


def identity(message: Message) -> tuple[str, str | None]:
    """Singular and context: what gettext looks a message up by."""
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def translations() -> dict[tuple[str, str | None], dict[str, Message]]:
    """Every translated message: identity → room → message."""
    known: dict[tuple[str, str | None], dict[str, Message]] = {}
    for room in rooms():
        for message in read_catalogue(room):
            if message.id and is_translated(message):
                known.setdefault(identity(message), {})[room.name] = message
    return known


def untranslated() -> dict[str, list[str]]:
    """Room → messages of its code that no room translates (all catalogues are merged)."""
    known = translations()
    missing = {}
    for room in rooms():
        wanted = [identity(message) for message in extract_messages(room) if message.id]
        if lacking := sorted(msgid for msgid, ctx in wanted if (msgid, ctx) not in known):
            missing[room.name] = lacking
    return missing


def contradictions() -> list[str]:
    """Messages that two rooms translate differently: only one of them would ever be shown."""
    lines = []
    for (msgid, _context), by_room in sorted(translations().items(), key=lambda row: row[0][0]):
        wordings = {str(message.string): room for room, message in by_room.items()}
        if len(wordings) > 1:
            lines.append(f"{msgid!r}: " + "; ".join(f"{r}: {w}" for w, r in wordings.items()))
    return lines


def faults() -> list[str]:
    """Translations that would break at run time, e.g. a placeholder lost or misspelt."""
    lines = []
    for room in rooms():
        for message, errors in read_catalogue(room).check():
            lines += [f"{room.name}: {message.id!r}: {error}" for error in errors]
    return lines


def update(names: set[str]) -> None:
    """Write these rooms' catalogues anew: new messages come in empty, dead ones go."""
    known = translations()
    for room in rooms():
        if not names & {room.name, "all"}:
            continue
        fresh = extract_messages(room)
        old = {identity(message): message for message in read_catalogue(room) if message.id}
        for message in fresh:
            elsewhere = next(iter(known.get(identity(message), {}).values()), None)
            source = old.get(identity(message))
            source = source if is_translated(source) else elsewhere
            if source and isinstance(source.id, str) == isinstance(message.id, str):
                message.string = source.string
        if len(fresh) or old:
            write_catalogue(room, fresh)


def write_catalogue(room: Path, catalogue: Catalog) -> None:
    """No dates and no line numbers, so that a diff shows only what changed."""
    body = io.BytesIO()
    write_po(body, catalogue, width=96, no_location=True, omit_header=True, sort_output=True)
    path = catalogue_path(room)
    text = HEADER + body.getvalue().decode("utf-8").strip() + "\n"
    if not path.exists() or path.read_text("utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def compile_stale() -> int:
    """Compile each catalogue that is newer than its .mo; returns how many."""
    done = 0
    for room in rooms():
        po = catalogue_path(room)
        mo = po.with_suffix(".mo")
        if not po.exists() or (mo.exists() and mo.stat().st_mtime > po.stat().st_mtime):
            continue
        draft = mo.with_suffix(".mo.new")
        with draft.open("wb") as file:
            write_mo(file, read_catalogue(room))
        draft.replace(mo)
        done += 1
    return done


def main(mode: str = "compile", *names: str) -> int:
    if mode not in ("compile", "update", "list") or (mode == "update") != bool(names):
        print(__doc__)
        return 2
    if mode == "update":
        update(set(names))
    if mode == "list":
        for room, lacking in untranslated().items():
            print(room, *(f"    {msgid!r}" for msgid in lacking), sep="\n")
    else:
        compile_stale()
    problems = faults()
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
