"""Small things: functions, views, files, templates, scripts."""

import ast

from tests.architecture.trees import functions, length, name, ours

PYTHON = ours("*.py", "cncd", "scripts", "tests", "bench")
TEMPLATES = ours("*.html")
SCRIPTS = ours("*.js")
LONG_FILE, TOO_LONG_FILE = 300, 500


def lines(path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_no_function_is_longer_than_40_lines():
    long = [
        f"{name(path)}:{node.lineno} {node.name}: {length(node)}"
        for path in PYTHON
        for node in functions(path)
        if length(node) > 40
    ]
    assert long == []


def is_view(node: ast.FunctionDef) -> bool:
    marks = [each.func if isinstance(each, ast.Call) else each for each in node.decorator_list]
    return any(isinstance(mark, ast.Name) and mark.id in ("allow", "public") for mark in marks)


def test_no_view_is_longer_than_25_lines():
    views = [(path, node) for path in PYTHON for node in functions(path) if is_view(node)]
    assert len(views) > 100
    long = [
        f"{name(path)}:{node.lineno} {node.name}: {length(node)}"
        for path, node in views
        if length(node) > 25
    ]
    assert long == []


def test_no_file_is_longer_than_500_lines():
    assert [f"{name(p)}: {lines(p)}" for p in PYTHON if lines(p) > TOO_LONG_FILE] == []


def test_hardly_any_file_is_longer_than_300_lines():
    """A file past 300 lines asks to become a package; a handful of tests may wait for it."""
    long = [f"{name(p)}: {lines(p)}" for p in PYTHON if lines(p) > LONG_FILE]
    program = [each for each in long if "/tests/" not in each and not each.startswith("tests/")]
    assert program == []
    assert len(long) <= 12, long


def test_no_template_is_longer_than_120_lines():
    assert [f"{name(p)}: {lines(p)}" for p in TEMPLATES if lines(p) > 120] == []


def test_our_own_javascript_stays_small():
    assert [f"{name(p)}: {lines(p)}" for p in SCRIPTS if lines(p) > 150] == []
    assert sum(lines(p) for p in SCRIPTS) <= 3000
