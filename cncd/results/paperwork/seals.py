"""A signature that is seen: its picture, and the place between the post and the name of the signer.

Decree 30/2020, Phụ lục I, ô 7 and 8: a person's signature is a blue picture between post and name,
an agency's is its red seal over the left third of that; both PNG with a transparent background.
"""

import io
from dataclasses import dataclass

MARK = "nguoiky"  # the bookmark around the signer's name, which LibreOffice keeps in the PDF
MOST_BYTES, MOST_SIDE = 1_000_000, 3000
ROOM = 72.0  # points above the name, as the style of the name has it
WIDE, SEAL = 142.0, 102.0  # a signature of 5 cm, a seal of 36 mm
GAP = 4.0


class NotAPicture(Exception):
    """No PNG with a transparent background, or far too large."""


class NoPlace(Exception):
    """The PDF does not say where its signature stands: it was not made here."""


@dataclass(frozen=True)
class Seen:
    """How a signature shows: a picture, as the seal of an agency or the signature of a person."""

    picture: bytes
    is_seal: bool
    half_name: float  # points: half the width of the signer's name


def checked(content: bytes) -> bytes:
    """The picture as it came. Raises NotAPicture."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as image:
            clear = "A" in image.getbands() or "transparency" in image.info
            if not clear or max(image.size) > MOST_SIDE or len(content) > MOST_BYTES:
                raise NotAPicture
            image.verify()
    except (OSError, SyntaxError, Image.DecompressionBombError) as broken:
        raise NotAPicture from broken
    return content


def field_of(writer, name: str, seen: Seen):
    """The field of a visible signature on the page of the signer's name. Raises NoPlace."""
    from pyhanko.sign.fields import SigFieldSpec

    page, left, top = _mark(writer)
    middle, low = left + seen.half_name, top + GAP
    begin, wide = middle - WIDE / 2, WIDE
    if seen.is_seal:
        begin, wide = begin + WIDE / 3 - SEAL, SEAL
        low -= (SEAL - ROOM) / 2
    high = low + (SEAL if seen.is_seal else ROOM - 2 * GAP)
    box = tuple(map(round, (begin, low, begin + wide, high)))
    return SigFieldSpec(name, on_page=page, box=box)


def style_of(seen: Seen):
    """The picture alone, as large as its field lets it be: no frame, no words."""
    from PIL import Image
    from pyhanko.pdf_utils.images import PdfImage
    from pyhanko.stamp import StaticStampStyle

    image = Image.open(io.BytesIO(seen.picture)).convert("RGBA")
    return StaticStampStyle(background=PdfImage(image), background_opacity=1.0, border_width=0)


def _mark(writer) -> tuple[int, float, float]:
    """Page, left and top of the signer's name, in points from the lower left corner."""
    root, name = writer.root, f"/{MARK}"
    if "/Dests" not in root or name not in root["/Dests"]:
        raise NoPlace
    place = root["/Dests"][name]
    wanted, (left, top) = place.raw_get(0).reference, (float(place[2]), float(place[3]))
    for number in range(int(writer.root["/Pages"]["/Count"])):
        if writer.find_page_for_modification(number)[0].reference == wanted:
            return number, left, top
    raise NoPlace
