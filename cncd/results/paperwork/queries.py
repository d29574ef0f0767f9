"""Questions about documents: what may be drawn up, what was, what a page and the public see."""

from dataclasses import dataclass

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from cncd.foundation.documents.papers import Made, Offer, Papers
from cncd.foundation.documents.queries import Use
from cncd.foundation.files.models import StoredFile
from cncd.results.paperwork.actions import NotOffered, changed_figures
from cncd.results.paperwork.drawing import Signing
from cncd.results.paperwork.models import Paper, PaperFigure, PaperFile, PaperTemplate
from cncd.results.paperwork.registry import PaperKind, kind_of, kinds, kinds_of
from cncd.results.paperwork.rules.signing import title_of
from cncd.results.paperwork.wording_of_states import STATES


def papers_of(kind: str, pk, user) -> Papers:
    """The documents about a record, and those the person may draw up; the hook `PAPERS_OF`."""
    made = ()
    if user.can("papers.view"):
        rows = Paper.objects.visible_to(user).about(kind, pk).standing()
        made = tuple(
            Made(_title(row), row.get_absolute_url(), STATES[row.state], row.drawn_at)
            for row in rows[:20]
        )
    return Papers(offers=tuple(_offers(kind, pk, user)), made=made)


def _offers(kind: str, pk, user):
    for each in kinds_of(kind):
        if may_draw(each, pk, user):
            yield Offer(each.label, reverse("paperwork:draw", args=[each.code, pk]))


def may_draw(kind: PaperKind, pk, user) -> bool:
    """Whether the person may draw up such a document about the record now."""
    if not user.can(kind.permission):
        return False
    subject = kind.about(pk, user)
    return bool(subject) and user.can(kind.permission, place=subject.place, team=subject.team)


def _title(paper: Paper) -> str:
    return f"{paper.label} {paper.full_number}".strip()


@dataclass(frozen=True)
class Standing:
    """A figure of a document beside what the data give now."""

    row: PaperFigure
    now: str = ""  # what it would be, where that is something else
    gone: bool = False


@dataclass(frozen=True)
class Figures:
    rows: list[Standing]
    compared: bool = True  # False where the record cannot be drawn up any more

    @property
    def changed(self) -> list[Standing]:
        return [each for each in self.rows if each.now or each.gone]


def figures_of(paper: Paper, user) -> Figures:
    """Every figure of the document, and which the data now give otherwise."""
    rows = list(paper.figures.all())
    try:
        changed = {row.pk: figure for row, figure in changed_figures(paper, user)}
    except NotOffered:
        return Figures([Standing(row) for row in rows], compared=False)
    return Figures(
        [
            Standing(
                row, changed[row.pk].text if changed.get(row.pk) else "",
                row.pk in changed and changed[row.pk] is None,
            )
            for row in rows
        ]
    )  # fmt: skip


def next_number(paper: Paper) -> int:
    """One more than the last number given here to such a document this year: a hint, no more."""
    same = Paper.objects.filter(
        issuer_key=paper.issuer_key, issued_year=timezone.localdate().year, symbol=paper.symbol
    )
    return (same.aggregate(last=Max("number"))["last"] or 0) + 1


def files_in_reach(user):
    """Ids of the files of documents, and of templates, that the person sees; `FILE_OWNERS`."""
    papers = PaperFile.objects.filter(paper__in=Paper.objects.visible_to(user))
    templates = PaperTemplate.objects.visible_to(user)
    found = Q(pk__in=papers.values("file")) | Q(pk__in=templates.values("file"))
    return StoredFile.objects.filter(found).values("pk")


def uses_of_document(document, user) -> list[Use]:
    """The document drawn up here that the cited one is; `DOCUMENT_USES`."""
    rows = Paper.objects.visible_to(user).filter(document=document)
    return [Use(f"{row.label}: {row.about}", row.get_absolute_url()) for row in rows]


@dataclass(frozen=True)
class Confirmation:
    """What the public page says of a document: no more than stands on the head of its paper."""

    paper: Paper
    about: str  # empty where it may name people
    signer_title: str
    replacement: Paper | None


def confirmation_of(code: str) -> Confirmation | None:
    """The document of a code, as anybody may see it."""
    paper = Paper.objects.filter(code=code).first()
    if paper is None:
        return None
    kind = kind_of(paper.kind)
    shown = bool(paper.number) and kind is not None and not kind.names_people
    title = title_of(Signing(**paper.words["signing"])) if paper.number else ""
    return Confirmation(paper, paper.about if shown else "", title, paper.replacement)


def issued_digests(paper: Paper) -> dict[str, PaperFile]:
    """SHA-256 → the file that was issued with the number."""
    rows = paper.files.filter(issued=True).select_related("file")
    return {row.file.sha256: row for row in rows}


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.code, kind.label) for kind in kinds().values()]
