"""Drawing up: from live data to a draft, anew from the data, or only its figures anew."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import fold, tidy
from cncd.foundation.people import authority
from cncd.results.paperwork import wording
from cncd.results.paperwork.actions.errors import ChangedMeanwhile, NotADraft, NotOffered
from cncd.results.paperwork.drawing import Drawn, Figure, Subject
from cncd.results.paperwork.models import Paper, PaperFigure
from cncd.results.paperwork.registry import NothingToDraw, PaperKind, kind_of
from cncd.results.paperwork.rules.codes import new_code
from cncd.results.paperwork.rules.signing import problems

LONGEST_SUBJECT, LONGEST_FIGURE = 500, 1000  # a figure may be a sentence that was worked out


@transaction.atomic
def draw_paper(
    *,
    kind: str,
    subject_id,
    by,
    day: dt.date | None = None,
    replaces: Paper | None = None,
    now=None,
) -> Paper:
    """Draws up a document about a record, with the figures of that day, as a draft.

    `replaces` is a numbered document that the new one will take the place of once it is numbered.
    Raises NotOffered (with the reason where the kind knows one), PermissionDenied, WrongState.
    """
    found, now = kind_of(kind), now or timezone.now()
    subject = found and found.about(subject_id, by)
    if not subject:
        raise NotOffered
    authority.require(by, found.permission, place=subject.place, team=subject.team)
    if replaces and (replaces.state != Paper.State.ISSUED or replaces.kind != kind):
        raise NotOffered(_("Only a numbered document of the same kind can be replaced."))
    day = day or subject.day or timezone.localdate()
    paper = Paper(
        code=_free_code(), kind=found.code, subject_kind=found.subject, subject_id=str(subject_id),
        place=subject.place, team=subject.team, issuer=tidy(subject.issuer)[:200],
        issuer_key=f"{subject.place.pk} {fold(subject.issuer)}"[:220],
        drawn_by=by, drawn_at=now, replaces=replaces,
    )  # fmt: skip
    figures = _take(paper, found, subject, day, by)
    paper.save(force_insert=True)
    _keep(paper, figures)
    after = {"kind": str(found.label), "about": paper.about, "day": day.isoformat()}
    record(event="paper.drawn", subject=paper, by=by, place=paper.place, team=paper.team,
           after=after, now=now)  # fmt: skip
    return paper


@transaction.atomic
def redraw_paper(*, paper: Paper, revision: int, by, day: dt.date | None = None, now=None) -> Paper:
    """Draws the draft up anew; words changed by hand are lost.

    Raises NotADraft, ChangedMeanwhile, NotOffered, PermissionDenied.
    """
    paper = locked_draft(paper, revision, by)
    kind, subject = subject_of(paper, by)
    before = {"day": paper.day.isoformat(), "about": paper.about}
    figures = _take(paper, kind, subject, day or timezone.localdate(), by)
    paper.edited, paper.revision = False, paper.revision + 1
    paper.save()
    paper.figures.all().delete()
    _keep(paper, figures)
    after = {"day": paper.day.isoformat(), "about": paper.about}
    record(event="paper.redrawn", subject=paper, by=by, place=paper.place, team=paper.team,
           before=before, after=after, now=now)  # fmt: skip
    return paper


@transaction.atomic
def refresh_figures(*, paper: Paper, revision: int, by, now=None) -> int:
    """Sets the figures that have changed in the data; the words stay. Returns how many changed.

    Figures whose record is no longer there stay. Raises like `redraw_paper`.
    """
    paper = locked_draft(paper, revision, by)
    changes = [(row, figure) for row, figure in changed_figures(paper, by) if figure is not None]
    for row, figure in changes:
        row.text, row.version, row.address = figure.text, figure.version, figure.address
        row.save(update_fields=["text", "version", "address"])
    if changes:
        paper.day, paper.revision = timezone.localdate(), paper.revision + 1
        paper.save(update_fields=["day", "revision"])
        record(event="paper.refreshed", subject=paper, by=by, place=paper.place, team=paper.team,
               after={"count": len(changes)}, now=now)  # fmt: skip
    return len(changes)


def changed_figures(paper: Paper, user) -> list[tuple[PaperFigure, Figure | None]]:
    """The figures that the data now give otherwise, each with what it would be; None: gone.

    It reads as if the document were drawn up today. Raises NotOffered when it no longer can be.
    """
    kind, subject = subject_of(paper, user)
    _words, figures = wording.written(_drawn(kind, subject, timezone.localdate(), user))
    now_there: dict[tuple, list[Figure]] = {}
    for figure in figures:
        now_there.setdefault((figure.room, str(figure.id), figure.label), []).append(figure)
    found = []
    for row in paper.figures.all():
        same = now_there.get(row.key)
        if not same:
            found.append((row, None))
        elif row.text not in {each.text for each in same}:
            found.append((row, same[0]))
    return found


def subject_of(paper: Paper, user) -> tuple[PaperKind, Subject]:
    """What the document is about, as it stands now. Raises NotOffered."""
    kind = kind_of(paper.kind)
    subject = kind and kind.about(paper.subject_id, user)
    if not subject:
        raise NotOffered
    return kind, subject


def locked_draft(paper: Paper, revision: int, by) -> Paper:
    """The draft as it stands, held until the transaction ends, if the person may write it."""
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    kind = kind_of(paper.kind)
    permission = kind.permission if kind else "papers.draw"
    authority.require(by, permission, place=paper.place, team=paper.team)
    if not paper.is_draft:
        raise NotADraft
    if paper.revision != revision:
        raise ChangedMeanwhile
    return paper


def search_key(paper: Paper) -> str:
    """What a search looks through: kind, subject, record, number, agency, code."""
    texts = [str(paper.label), paper.about, paper.subject_label, paper.full_number]
    return fold(" ".join([*texts, paper.issuer, paper.code]))[:1000]


def _take(paper: Paper, kind: PaperKind, subject: Subject, day: dt.date, by) -> list[Figure]:
    drawn = _drawn(kind, subject, day, by)
    paper.words, figures = wording.written(drawn)
    paper.about = tidy(drawn.about)[:LONGEST_SUBJECT]
    paper.symbol, paper.day = drawn.symbol[:30], day
    paper.subject_label = tidy(subject.label)[:200]
    paper.search_key = search_key(paper)
    return figures


def _drawn(kind: PaperKind, subject: Subject, day: dt.date, user) -> Drawn:
    try:
        with translation.override(settings.LANGUAGE_CODE):  # the paper's, whoever reads the page
            drawn = kind.drawn(subject, day, user)
    except NothingToDraw as missing:
        raise NotOffered(str(missing)) from None
    assert not problems(drawn.signing), (kind.code, drawn.signing)
    return drawn


def _keep(paper: Paper, figures: list[Figure]) -> None:
    PaperFigure.objects.bulk_create(
        PaperFigure(
            paper=paper, position=position, text=figure.text[:LONGEST_FIGURE], room=figure.room,
            record_id=str(figure.id)[:60], version=figure.version, address=figure.address[:300],
            label=figure.label[:300],
        )
        for position, figure in enumerate(figures)
    )  # fmt: skip


def _free_code() -> str:
    while Paper.objects.filter(code=(code := new_code())).exists():
        pass
    return code
