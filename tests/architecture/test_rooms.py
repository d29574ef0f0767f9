"""A room's files are guessable; only actions write; a callee needs no request."""

import ast
import re
import subprocess

import pytest

from tests.architecture.trees import PROGRAM, ROOT, functions, name, ours, tree

WINGS = ("foundation", "team", "work", "results", "faces")
ROOMS = sorted(path.parent for wing in WINGS for path in (PROGRAM / wing).glob("*/apps.py"))
FORBIDDEN = {"utils", "util", "helpers", "helper", "manager", "managers", "service", "services"}
FORBIDDEN |= {"base", "common", "misc", "core", "signals"}
# Who may write besides actions: the stores that actions are built on, and the demo's builder.
GUESSABLE = {
    "__init__", "apps", "models", "actions", "queries", "rules", "forms", "views", "urls", "jobs",
    "sentences", "cli", "imports", "lists", "fields",
}  # fmt: skip


def actions() -> list[tuple]:
    """Every public function of actions.py and of the modules in actions/."""
    paths = [p for room in ROOMS for p in (room / "actions.py", *(room / "actions").glob("*.py"))]
    return [
        (path, node)
        for path in sorted(paths)
        if path.is_file()
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def changes(node: ast.FunctionDef) -> bool:
    """Whether the function is a verb of the house: one transaction of its own."""
    marks = [ast.unparse(each) for each in node.decorator_list]
    return any(mark.startswith("transaction.atomic") for mark in marks)


def test_rooms_have_guessable_files():
    for room in ROOMS:
        names = {path.stem for path in room.glob("*.py")}
        assert not names & FORBIDDEN, room
        assert names & GUESSABLE, room
    everywhere = {path.stem for path in ours("*.py")} | {p.name for p in PROGRAM.rglob("*/")}
    assert not everywhere & FORBIDDEN


def test_every_action_takes_keywords_only():
    loose = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path, node in actions()
        if changes(node) and (node.args.args or node.args.posonlyargs or node.args.vararg)
    ]
    assert sum(changes(node) for _path, node in actions()) > 50
    assert loose == []


def test_every_action_says_what_it_does_in_the_present_tense():
    silent = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path, node in actions()
        if changes(node) and not re.match(r"[A-Z“]\w+", ast.get_docstring(node) or "")
    ]
    assert silent == []


def test_no_action_query_or_rule_takes_a_request():
    paths = [
        path
        for room in ROOMS
        for kind in ("actions", "queries", "rules")
        for path in (room / f"{kind}.py", *(room / kind).glob("*.py"))
        if path.is_file()
    ]
    asking = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in paths
        for node in functions(path)
        if "request" in {each.arg for each in (*node.args.args, *node.args.kwonlyargs)}
    ]
    assert asking == []


def test_rules_need_no_database_and_no_clock():
    for room in ROOMS:
        for path in (room / "rules.py", *(room / "rules").glob("*.py")):
            if not path.is_file():
                continue
            text = path.read_text("utf-8")
            assert ".objects" not in text, name(path)
            assert "timezone.now" not in text, name(path)
            assert "localdate()" not in text, name(path)


ASKING = ("views", "queries", "rules")


def test_views_queries_and_rules_never_write():
    writing = [
        f"{name(path)}:{number} {line.strip()}"
        for room in ROOMS
        for kind in ASKING
        for path in (room / f"{kind}.py", *(room / kind).glob("*.py"))
        if path.is_file()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"objects\.(?:bulk_create|create|update_or_create|get_or_create)\(", line)
    ]
    assert writing == []


def test_there_are_no_django_signals():
    for path in ours("*.py"):
        text = path.read_text("utf-8")
        assert "django.dispatch" not in text, name(path)
        assert "django.db.models.signals" not in text, name(path)


def test_imports_go_downstairs_only():
    command = [ROOT / ".venv" / "bin" / "lint-imports", "--no-cache"]
    if not command[0].exists():
        command = ["lint-imports", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


ADDRESS = re.compile(r"https?://[\w.-]*(?:pypi|pythonhosted|npmjs|registry)[\w./-]*")


@pytest.mark.parametrize("folder", ["cncd", "scripts", "tests", "bench", "docs", "deploy", ".ci"])
def test_no_file_names_a_registry(folder):
    skipped = {"vendor", "__pycache__", "static"}
    for path in (ROOT / folder).rglob("*"):
        if path.is_file() and not skipped & set(path.parts) and path.suffix != ".mo":
            found = ADDRESS.search(path.read_text("utf-8", errors="ignore"))
            assert not found, (name(path), found)


def test_no_file_at_the_top_names_a_registry():
    for path in ROOT.iterdir():
        if path.is_file() and path.name != "uv.lock":
            assert not ADDRESS.search(path.read_text("utf-8", errors="ignore")), path.name
