"""A document of the database as a file: its words, its template, its stamp."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cncd.foundation.kit.text import fold
from cncd.foundation.places.queries import ancestors
from cncd.results.paperwork import wording
from cncd.results.paperwork.drawing import Drawn, Figure
from cncd.results.paperwork.layout.rendering import Stamp, packaged_template, rendered
from cncd.results.paperwork.models import Paper, PaperFile, PaperTemplate
from cncd.results.paperwork.registry import kind_of

CERTIFICATE = "giay-chung-nhan"  # no document of the decree: it does not end with ./.


def figures_of(paper: Paper) -> list[Figure]:
    """The figures by number, as they are printed."""
    return [
        Figure(row.text, row.room, row.record_id, row.version, row.address, row.label)
        for row in paper.figures.all()
    ]


def drawn_of(paper: Paper) -> Drawn:
    """The document as it stands, edited words included."""
    return wording.read(paper.words, figures_of(paper))


def public_address(paper: Paper) -> str:
    """The page that confirms the document, as printed and in its square."""
    origin = settings.ORIGINS[0] if settings.ORIGINS else settings.LOCAL_ORIGIN
    return f"{origin}{reverse('paperwork:confirm', args=[paper.code])}"


def stamp_of(paper: Paper) -> Stamp:
    year = paper.issued_year or timezone.localdate().year
    return Stamp(
        paper.code, public_address(paper), paper.issuer, paper.number, paper.issued_on, year
    )


def template_of(paper: Paper) -> bytes:
    """The office's own template of this kind, else that of a unit above, else the packaged one."""
    kind = kind_of(paper.kind)
    ids = [paper.place_id, *(each.pk for each in reversed(ancestors(paper.place, paper.day)))]
    own = PaperTemplate.objects.in_force().filter(kind=paper.kind, place__in=ids)
    found = {row.place_id: row for row in own.select_related("file")}
    nearest = next((found[pk] for pk in ids if pk in found), None)
    if nearest:
        with nearest.file.content.open("rb") as content:
            return content.read()
    return packaged_template(kind.template if kind else "van-ban")


def docx_of(paper: Paper) -> bytes:
    """The Word file: with its number once it has one, the number left open before."""
    kind = kind_of(paper.kind)
    closing = not kind or kind.template != CERTIFICATE
    return rendered(template_of(paper), drawn_of(paper), stamp_of(paper), closing=closing)


def word_of(paper: Paper) -> bytes:
    """The Word file that bears the number, byte for byte; of a draft the one of this moment."""
    kept = paper.files.filter(kind=PaperFile.Kind.DOCX, issued=True).select_related("file").first()
    if not kept:
        return docx_of(paper)
    with kept.file.content.open("rb") as content:
        return content.read()


def file_name(paper: Paper, ending: str) -> str:
    """12-qd-ubnd-ve-viec-kien-toan.docx: plain letters, so that every system keeps it."""
    words = fold(f"{paper.full_number or 'du-thao'} {paper.about}").replace("/", " ").split()
    plain = "-".join("".join(sign for sign in word if sign.isascii() and sign.isalnum())
                     for word in words)  # fmt: skip
    return f"{plain[:80].strip('-') or 'van-ban'}.{ending}"
