"""Photos as they are stored: upright, at most 1,600 px, about 300 kB, saying nothing of where."""

import io

from PIL import Image, ImageOps

LONGEST_SIDE = 1_600  # pixels
SMALL_ENOUGH = 300_000  # bytes
MAX_PIXELS = 60_000_000  # a 50-megapixel phone passes, a decompression bomb does not
ATTEMPTS = ((1_600, 82), (1_600, 72), (1_600, 60), (1_280, 60), (1_024, 55))  # side, quality


class UnreadablePhoto(Exception):
    pass


class TooManyPixels(Exception):
    pass


def ready_photo(content: bytes) -> bytes:
    """A fresh JPEG of the picture; nothing of the old file remains but its pixels.

    Camera data (place, time, owner, device), thumbnails, comments and whatever hid behind the
    picture are left behind. Raises TooManyPixels, UnreadablePhoto.
    """
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as source:
            if source.width * source.height > MAX_PIXELS:
                raise TooManyPixels
            # A JPEG can be decoded at a fraction of its size; the pixels dropped are not needed.
            source.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            picture = _on_white(ImageOps.exif_transpose(source))
    except (TooManyPixels, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooManyPixels from None
    except Exception as error:  # every format has its own ways to be broken
        raise UnreadablePhoto from error
    return _small_jpeg(picture)


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture in plain colours; what was transparent becomes white."""
    if picture.mode == "RGB":
        return picture
    picture = picture.convert("RGBA")
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _small_jpeg(picture: Image.Image) -> bytes:
    for side, quality in ATTEMPTS:
        smaller = picture.copy()
        smaller.thumbnail((side, side), Image.Resampling.LANCZOS)
        # A new image: `info` of the old one may hold comments and colour profiles.
        clean = Image.new("RGB", smaller.size)
        clean.paste(smaller)
        file = io.BytesIO()
        clean.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
        if file.tell() <= SMALL_ENOUGH:
            break
    return file.getvalue()
