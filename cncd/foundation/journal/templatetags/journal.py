"""`{% load journal %}{% history record %}`: the latest changes of the record on the page."""

from django import template

from cncd.foundation.journal import queries

register = template.Library()


@register.inclusion_tag("journal/history.html", takes_context=True)
def history(context, subject):
    """The latest entries about a record; whoever has the record on screen may read them."""
    request = context["request"]
    found = queries.history(subject, request.user, queries.LATEST + 1)
    about = f"{subject._meta.label_lower}:{subject.pk}"
    may_read = request.user.can("journal.view")
    return {
        "request": request,
        "entries": found[: queries.LATEST],
        "more": about if may_read and len(found) > queries.LATEST else "",
        "may_read": may_read,
    }
