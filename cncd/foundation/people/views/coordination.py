"""Who guides whom, on a day one chooses."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.kit.forms import DayField
from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.people.access import allow
from cncd.foundation.people.chain import Link, chain


class ChosenDayForm(forms.Form):
    d = DayField(label=gettext_lazy("On the day"), required=False)


class LinkList(List):
    title = gettext_lazy("Coordination: who guides whom")
    name = "dieu-phoi"
    template = "people/coordination.html"
    columns = [
        Column("name", gettext_lazy("Unit"), sort=("rank", "sort_key"),
               link=lambda row: f"{reverse('people:coordination')}?u={row.pk}"),
        Column("guided_by", gettext_lazy("Guided by"), sort="guided_by"),
        Column("document", gettext_lazy("By document"), value=lambda row: str(row.document or ""),
               link=lambda row: row.document and row.document.get_absolute_url()),
        Column("since_on", gettext_lazy("Since"), kind="date", sort="since_on"),
        Column("answered_by", gettext_lazy("Who answers for it"), sort="answered_by"),
        Column("gap", gettext_lazy("Empty place"), kind="badge", tone=lambda row: "late",
               value=lambda row: _("nobody answers") if row.is_gap else ""),
    ]  # fmt: skip
    filters = [
        Choice(
            "state", gettext_lazy("Empty place"), [("gap", gettext_lazy("Only where nobody is"))]
        )
    ]
    search_fields = ["name", "guided_by", "answered_by"]
    search_hint = gettext_lazy("Unit, agency or person")
    order = ("rank", "sort_key")
    empty = gettext_lazy("No unit stands below this one.")

    def __init__(self, request, rows, *, may_post: bool, **options):
        if may_post:
            cell = "people/gap_cell.html"
            post = Column("post", gettext_lazy("To do"), value="pk", template=cell, export=False)
            self.columns = [*self.columns, post]
        super().__init__(request, rows, **options)


@allow("agencies.view")
def coordination(request):
    """The chain of the unit in sight, and every unit below it (II.2.9)."""
    scope = request.scope
    form = ChosenDayForm(request.GET if "d" in request.GET else None)
    asked = form.cleaned_data["d"] if form.is_bound and form.is_valid() else None
    day = asked or scope.today
    above, below = chain(scope.place, day) if scope.place else ([], [])
    form = form if form.is_bound else ChosenDayForm(initial={"d": day})
    rows: list[Link] = [*above, *below]
    may_post = request.user.can("postings.change")
    context = {
        "form": form,
        "day": day,
        "above": above,
        "gaps": sum(row.is_gap for row in rows),
        "text": "\n".join(row.text for row in rows),
        "may_post": may_post,
    }
    return LinkList(
        request, below, may_post=may_post and context["gaps"] > 0, context=context
    ).response()
