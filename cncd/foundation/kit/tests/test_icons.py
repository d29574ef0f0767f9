"""Every icon a template or a room names is one we ship."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
NAMED = re.compile(r"""{%\s*icon\s+["']([\w-]+)["']""")


def test_every_icon_named_in_a_template_is_listed():
    listed = set((ROOT / "scripts" / "icons.txt").read_text().split())
    missing = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "cncd").rglob("templates/**/*.html")
        for name in NAMED.findall(path.read_text("utf-8"))
        if name not in listed
    }
    assert not missing
