"""Pictures and documents for tests, made on the spot."""

import io
import random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def photo(width=2400, height=1800, *, name="IMG_0001.JPG", orientation=1, kind="JPEG"):
    """A noisy photo as a phone makes it, with the place where it was taken."""
    rng = random.Random(7)
    small = Image.frombytes("RGB", (240, 180), rng.randbytes(240 * 180 * 3))
    picture = small.resize((width, height), Image.Resampling.BICUBIC)
    picture.paste((255, 0, 0), (0, 0, width // 10, height // 10))  # marks the upper left corner
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = orientation, "Samsung"
    exif.get_ifd(GPS).update({1: "N", 2: (9.0, 36.0, 10.5), 3: "E", 4: (105.0, 58.0, 20.0)})
    file = io.BytesIO()
    picture.save(file, kind, exif=exif, quality=95)
    return SimpleUploadedFile(name, file.getvalue())


def pdf(name="Quyết định 12.pdf"):
    """The smallest PDF with one page."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 4\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    return SimpleUploadedFile(name, out)
