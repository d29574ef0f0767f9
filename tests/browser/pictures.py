"""Pictures for the README, taken by the walk when CNCD_PICTURES=1 (`make pictures`)."""

import io
import os
from pathlib import Path

from PIL import Image

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
LARGEST = 200_000  # bytes


def wanted() -> bool:
    return os.environ.get("CNCD_PICTURES") == "1"


def take(page, name: str) -> None:
    """What stands on the screen now, as docs/pictures/<name>.png of at most 200 kB."""
    if not wanted():
        return
    page.evaluate("document.fonts.ready.then(() => true)")
    shot = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.png"
    for colours in (256, 128, 64, 32):
        few = shot.quantize(colours, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
        if path.stat().st_size <= LARGEST:
            return
    raise AssertionError(f"{path.name} is larger than {LARGEST} bytes")
