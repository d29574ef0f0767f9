"""An office's own templates: taken in after a check, given up again."""

from django.db import transaction
from django.utils import timezone

from cncd.foundation.files.actions import store_file
from cncd.foundation.journal.actions import record
from cncd.foundation.people import authority
from cncd.results.paperwork.actions.errors import TemplateRefused
from cncd.results.paperwork.layout import checking
from cncd.results.paperwork.models import PaperTemplate
from cncd.results.paperwork.registry import kind_of


@transaction.atomic
def add_template(*, kind: str, place, upload, by, now=None) -> PaperTemplate:
    """Takes an office's own template of a kind into use; the one before ends.

    Raises TemplateRefused with one message for each thing to mend, PermissionDenied.
    """
    authority.require(by, "papers.templates", place=place)
    now = now or timezone.now()
    upload.seek(0)
    if problems := checking.problems(upload.read(checking.MOST_BYTES + 1), kind_of(kind).template):
        raise TemplateRefused({"file": problems})
    stored = store_file(upload=upload, by=by, allow=("word",), now=now)
    PaperTemplate.objects.in_force().filter(kind=kind, place=place).update(ended_at=now)
    template = PaperTemplate.objects.create(
        kind=kind, place=place, file=stored, added_by=by, added_at=now
    )
    record(event="template.added", subject=template, by=by, place=place,
           after={"kind": str(template), "file": stored.name}, now=now)  # fmt: skip
    return template


def to_mend(template: PaperTemplate) -> list[str]:
    """What keeps an own template from being used as this release of the program wants it."""
    with template.file.content.open("rb") as content:
        return checking.problems(content.read(), kind_of(template.kind).template)


@transaction.atomic
def end_template(*, template: PaperTemplate, by, now=None) -> None:
    """Gives an own template up; documents are drawn on the packaged one again."""
    authority.require(by, "papers.templates", place=template.place)
    template.ended_at = now or timezone.now()
    template.save(update_fields=["ended_at"])
    record(event="template.ended", subject=template, by=by, place=template.place,
           before={"kind": str(template)}, now=now)  # fmt: skip
