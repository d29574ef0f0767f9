"""One set of pages for every catalogue: list, add, correct, end."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.list_rows import holding
from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.people.access import allow
from cncd.team.programme import actions
from cncd.team.programme.forms import catalogues as forms
from cncd.team.programme.models import (
    ActivityKind,
    Content,
    DifficultyCategory,
    Language,
    Platform,
)
from cncd.team.programme.views.context import about, answer_form
from cncd.team.programme.views.indicators import STANDINGS, standing_filter


@dataclass(frozen=True)
class Catalogue:
    """What the pages of one catalogue need to know."""

    model: type
    form: type
    title: object
    new: object
    columns: tuple[Column, ...]
    lead: object = ""

    @property
    def is_dated(self) -> bool:
        return any(field.name == "until_on" for field in self.model._meta.fields)


TILE = (
    Column("short_name", _("Words on the tile")),
    Column("clause", _("Clause")),
)
CATALOGUES = {
    "contents": Catalogue(
        Content,
        forms.ContentForm,
        _("Contents"),
        _("Add a content"),
        (
            *TILE,
            Column("unit", _("Unit of measure")),
            Column("platform", _("Platform"), value="platform.name", sort="platform__name"),
        ),
        _("What neighbours are helped with. The first six stand on the phone's first page."),
    ),
    "platforms": Catalogue(
        Platform,
        forms.PlatformForm,
        _("Platforms"),
        _("Add a platform"),
        (
            Column("group", _("Group"), sort="group"),
            Column("use", _("Used as"), value="get_use_display", sort="use"),
            Column("address", _("Address")),
        ),
        _("Applications, portals and markets, each with the dates it was in use."),
    ),
    "kinds": Catalogue(
        ActivityKind, forms.KindForm, _("Kinds of activity"), _("Add a kind of activity"), TILE
    ),
    "languages": Catalogue(
        Language,
        forms.LanguageForm,
        _("Languages"),
        _("Add a language"),
        (),
        _("The language used when helping; never a person's ethnicity. Vietnamese needs no row."),
    ),
    "difficulties": Catalogue(
        DifficultyCategory,
        forms.DifficultyForm,
        _("Kinds of difficulty"),
        _("Add a kind of difficulty"),
        (),
    ),
}
DATES = (
    Column("since_on", _("In force from"), kind="date", sort="since_on"),
    Column("last_day", _("Until the end of"), kind="date", sort="until_on"),
)


class RowList(List):
    template = "programme/list.html"
    size = 50
    search = lambda rows, text: holding(rows, text, _words)  # noqa: E731
    search_hint = _("Name, with or without diacritics")

    def __init__(self, request, rows, *, name: str, catalogue: Catalogue, **options):
        self.title, self.name = catalogue.title, name
        may_change = request.user.can("programme.change")
        to_row = lambda row: reverse("programme:change_row", args=[name, row.pk])  # noqa: E731
        self.columns = [
            Column("name", _("Name"), sort="name", link=to_row if may_change else None),
            *catalogue.columns,
            *(DATES if catalogue.is_dated else ()),
        ]
        if catalogue.is_dated:
            self.filters = [
                Choice("standing", _("Standing"), STANDINGS, standing_filter, default="now")
            ]
        keyed = {field.name for field in catalogue.model._meta.fields}
        if "search_key" in keyed:
            self.search_fields, self.search = ["search_key"], None
        self.order = "order" if "order" in keyed else "name"
        super().__init__(request, rows, **options)


def _words(row) -> str:
    """What a row of any catalogue is found by."""
    return f"{row.name} {getattr(row, 'short_name', '')} {row.code}"


def _named(name: str) -> Catalogue:
    if name not in CATALOGUES:
        raise Http404
    return CATALOGUES[name]


def _row(name: str, pk: int):
    return get_object_or_404(_named(name).model, pk=pk)


@allow("programme.view")
def rows(request, name: str):
    catalogue = _named(name)
    found = catalogue.model.objects.all()
    if name == "contents":
        found = found.select_related("platform")
    buttons = [(reverse("programme:add_row", args=[name]), catalogue.new)]
    context = about(request, name, buttons=buttons, lead=catalogue.lead)
    return RowList(request, found, name=name, catalogue=catalogue, context=context).response()


@allow("programme.change")
def add(request, name: str):
    catalogue = _named(name)
    form = catalogue.form(request.POST or None)
    return answer_form(
        request,
        form,
        run=lambda: actions.add_catalogue_row(
            model=catalogue.model, by=request.user, **form.cleaned_data
        ),
        done=_("Added."),
        back=reverse("programme:catalogue", args=[name]),
        title=catalogue.new,
        template="programme/change_row.html",
    )


@allow("programme.change")
def change(request, name: str, pk: int):
    catalogue, row = _named(name), _row(name, pk)
    form = catalogue.form(request.POST or None, row=row)
    return answer_form(
        request,
        form,
        run=lambda: actions.change_catalogue_row(row=row, by=request.user, **form.cleaned_data),
        done=_("Saved."),
        back=reverse("programme:catalogue", args=[name]),
        title=row.name,
        template="programme/change_row.html",
        end=reverse("programme:end_row", args=[name, pk]) if catalogue.is_dated else "",
        row=row,
    )


@allow("programme.change")
def end(request, name: str, pk: int):
    if not _named(name).is_dated:
        raise Http404
    row = _row(name, pk)
    form = forms.EndRowForm(request.POST or None, initial={"last_day": row.last_day})
    return answer_form(
        request,
        form,
        run=lambda: actions.end_catalogue_row(row=row, until_on=form.until_on, by=request.user),
        done=_("Saved."),
        back=reverse("programme:catalogue", args=[name]),
        title=_("End “%(name)s”") % {"name": row.name},
        template="kit/confirm.html",
        consequences=[_("What was logged with it stays and goes on counting.")],
        submit=_("Save"),
    )
