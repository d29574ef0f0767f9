"""Words of a draft changed by hand; its figures stay bound to their records."""

from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.results.paperwork.actions.drawing_up import locked_draft, search_key
from cncd.results.paperwork.actions.errors import BadWords
from cncd.results.paperwork.drawing import Signing
from cncd.results.paperwork.models import Paper
from cncd.results.paperwork.rules.editing import LINES, SIGNING, UnknownFigure, edited
from cncd.results.paperwork.rules.signing import bare_name, problems
from cncd.results.paperwork.wording import tidied

NEEDED = ("agency", "place_name", "symbol", "about")


@transaction.atomic
def edit_words(
    *,
    paper: Paper,
    revision: int,
    by,
    words: dict[str, str],
    lines: dict[str, str],
    signing: dict[str, str],
    now=None,
) -> Paper:
    """Keeps the words as an officer wrote them: `words` by field (see rules/editing), the single
    `lines`, who signs. No change, no entry.

    Raises NotADraft, ChangedMeanwhile, BadWords at the field, PermissionDenied.
    """  # fmt: skip
    paper = locked_draft(paper, revision, by)
    figures = [row.text for row in paper.figures.all()]
    try:
        made = edited(paper.words, figures, words)
    except UnknownFigure as refusal:
        raise BadWords({refusal.key: _not_a_figure(refusal.text)}) from None
    made |= {name: tidied(text).strip() for name, text in lines.items() if name in LINES}
    made["signing"] |= {name: tidy(text) for name, text in signing.items() if name in SIGNING}
    made["signing"]["name"] = bare_name(made["signing"]["name"])
    _check(made, numbered=bool(paper.symbol))
    if made == paper.words:
        return paper
    before = {"about": paper.about}
    paper.words, paper.about, paper.symbol = made, made["about"][:500], made["symbol"][:30]
    paper.edited, paper.revision = True, paper.revision + 1
    paper.search_key = search_key(paper)
    paper.save()
    record(event="paper.edited", subject=paper, by=by, place=paper.place, team=paper.team,
           before=before, after={"about": paper.about, "revision": paper.revision},
           now=now)  # fmt: skip
    return paper


def _check(words: dict, *, numbered: bool) -> None:
    needed = NEEDED if numbered else [name for name in NEEDED if name != "symbol"]
    empty = {name: _("This must not be empty.") for name in needed if not words[name]}
    lacking = problems(Signing(**words["signing"]))
    if "post" in lacking:
        empty["post"] = _("Write the post of whoever signs.")
    if "head" in lacking:
        empty["head"] = _("Say for whom: KT., TL. and TUQ. name the head, for example CHỦ TỊCH.")
    if empty:
        raise BadWords(empty)
    if not words["body"]:
        raise BadWords(_("The document has no text left. Keep at least one paragraph."))


def _not_a_figure(text: str) -> str:
    return _(
        "«%(text)s» is no figure of this paragraph. Figures come from the records: leave them as"
        " they are or take them out with their marks; a number of your own stands without « »."
    ) % {"text": text}
