"""The program's own files, read once for the tests of this folder."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "cncd"
LEFT_OUT = {"migrations", "tests", "vendor", "__pycache__"}


def ours(pattern: str, *folders: str) -> list[Path]:
    """Files of these folders (cncd by default), without migrations, tests and vendored files."""
    found = [path for folder in folders or ("cncd",) for path in (ROOT / folder).rglob(pattern)]
    return sorted(path for path in found if not LEFT_OUT & set(path.relative_to(ROOT).parts[1:]))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Every function of the module, nested ones and methods included."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef) -> int:
    """Lines of a function, its decorators left out."""
    return node.end_lineno - node.lineno + 1


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))
