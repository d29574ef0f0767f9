"""`{% papers "pilot" pilot.pk %}`: the documents about a record, and those that may be drawn up."""

from django import template

from cncd.foundation.documents.papers import papers_of

register = template.Library()


@register.inclusion_tag("documents/papers.html", takes_context=True)
def papers(context, kind: str, pk) -> dict:
    return {"papers": papers_of(kind, pk, context["request"].user)}
