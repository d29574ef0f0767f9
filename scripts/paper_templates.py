"""Writes the packaged templates of official documents from their source (layout/packaged.py)."""

from pathlib import Path

from cncd.results.paperwork.layout.packaged import NAMES, docx_of

FOLDER = Path(__file__).parent.parent / "cncd" / "results" / "paperwork" / "packaged"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in NAMES:
        (FOLDER / f"{name}.docx").write_bytes(docx_of(name))
        print(f"{name}.docx")


if __name__ == "__main__":
    main()
