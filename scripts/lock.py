"""Write the lock files anew from pyproject.toml and package.json: names and hashes, no addresses.

python scripts/lock.py              keep versions where they fit
python scripts/lock.py --upgrade    take the newest that fit
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXPORTS = {
    "requirements.lock": ["--all-extras", "--group", "build"],
    "requirements-dev.lock": ["--all-extras", "--group", "dev"],
    "requirements-node.lock": ["--only-group", "node"],
    "requirements-uv.lock": ["--only-group", "uv"],
}


def run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


def lock_python(upgrade: list[str]) -> None:
    uv = str(Path(sys.executable).with_name("uv"))
    run(uv, "lock", "--quiet", "--system-certs", *upgrade)
    common = ["--frozen", "--quiet", "--no-emit-project", "--no-header", "--no-annotate"]
    for name, groups in EXPORTS.items():
        run(uv, "export", *common, "--format", "requirements-txt", *groups, "-o", name)


def lock_npm(upgrade: list[str]) -> None:
    action = "update" if upgrade else "install"
    flags = ["--package-lock-only", "--omit-lockfile-registry-resolved", "--ignore-scripts"]
    run(shutil.which("npm") or "npm", action, *flags)
    path = ROOT / "package-lock.json"
    lock = json.loads(path.read_text("utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    lock_python(sys.argv[1:2])
    lock_npm(sys.argv[1:2])
