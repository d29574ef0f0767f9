"""What a page is about, if the person may see it, and what they may do with it."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from cncd.results.paperwork.models import Paper
from cncd.results.paperwork.registry import PaperKind, kind_of


def seen(request, pk) -> Paper:
    """The document in sight; 404 for another."""
    rows = Paper.objects.visible_to(request.user)
    rows = rows.select_related("place", "team", "document", "drawn_by__person", "replaces")
    return get_object_or_404(rows, pk=pk)


def kind_or_404(code: str) -> PaperKind:
    if kind := kind_of(code):
        return kind
    raise Http404(code)


def may_write(user, paper: Paper) -> bool:
    """Whether the person may change this draft."""
    kind = kind_of(paper.kind)
    permission = kind.permission if kind else "papers.draw"
    return paper.is_draft and user.can(permission, place=paper.place, team=paper.team)


def may_number(user, paper: Paper) -> bool:
    """Whether the clerk may number it: a form of a team has no number of its own."""
    kind = kind_of(paper.kind)
    numbered = kind is None or kind.numbered
    return numbered and user.can("papers.number", place=paper.place)


def follow_up_of(paper: Paper) -> tuple[str, str] | None:
    """What a numbered document lets somebody do next: its words and its page."""
    kind = kind_of(paper.kind)
    if not (kind and kind.follow_up and paper.state == Paper.State.ISSUED):
        return None
    return kind.follow_up(paper)
