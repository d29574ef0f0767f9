"""The components of teams, and the most members a team may have."""

from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.list_rows import holding
from cncd.foundation.kit.lists import Column, List
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.foundation.places.queries import setting
from cncd.team.teams import actions
from cncd.team.teams.actions.checks import MAXIMUM
from cncd.team.teams.forms.components import ComponentForm
from cncd.team.teams.models import Component, Membership


class ComponentList(List):
    title = _("Components of teams")
    name = "thanh-phan"
    template = "teams/components.html"
    columns = [
        Column("name", _("Component"), sort="name"),
        Column("members", _("Members now"), kind="number", sort="members", total=True),
    ]
    search = lambda rows, text: holding(rows, text, lambda row: row.name)  # noqa: E731
    search_hint = _("Find a component")
    order = "order"
    empty = _("No component yet.")

    def __init__(self, request, rows, **options):
        if request.user.can("programme.change"):
            first, *others = self.columns
            link = lambda row: reverse("teams:change_component", args=[row.code])  # noqa: E731
            self.columns = [Column("name", first.label, sort="name", link=link), *others]
        super().__init__(request, rows, **options)


@allow("teams.view")
def component_list(request):
    """The components, with how many members in sight each has today."""
    today = request.scope.today
    seen = Membership.objects.visible_to(request.user, "teams.view").on(today)
    rows = Component.objects.annotate(
        members=Count("membership", filter=Q(membership__in=seen.values("pk")))
    )
    context = {
        "may_change": request.user.can("programme.change"),
        "most": setting(MAXIMUM, request.scope.place, request.scope.day),
        "maximum_key": MAXIMUM,
    }
    return ComponentList(request, rows, context=context).response()


@allow("programme.change")
def add_component(request):
    """One more component."""
    form = ComponentForm(request.POST or None)
    return _answer(
        request,
        form,
        lambda: actions.add_component(by=request.user, **form.cleaned_data),
        gettext("Add a component"),
    )


@allow("programme.change")
def change_component(request, code):
    """A component's name and its place in the list."""
    found = get_object_or_404(Component, code=code)
    form = ComponentForm(request.POST or None, initial={"name": found.name, "order": found.order})
    return _answer(
        request,
        form,
        lambda: actions.change_component(component=found, by=request.user, **form.cleaned_data),
        found.name,
    )


def _answer(request, form, run, title: str):
    """Shows the form; once it is sent and right, goes back to the components."""
    back = reverse("teams:components")
    if request.method == "POST" and form.is_valid():
        try:
            run()
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            say_done(request, gettext("Saved."))
            return HttpResponseRedirect(back)
    return render(request, "kit/form_page.html", {"form": form, "title": title, "back": back})
