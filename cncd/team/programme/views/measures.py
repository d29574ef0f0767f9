"""The figures behind the indicators, and switching where one comes from."""

from dataclasses import replace

from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Level
from cncd.team.programme import actions, queries, wording
from cncd.team.programme.forms.sources import PackagedForm, SwitchForm
from cncd.team.programme.models import Measure, Source
from cncd.team.programme.views.context import about, answer_form
from cncd.team.programme.views.indicators import SHORT_KINDS, STANDINGS, standing_filter


def _levels(_request):
    return [(level.code, level.name) for level in Level.objects.all()]


def _by_source(rows, value: str):
    counting = Source.objects.on(timezone.localdate()).exclude(counter=None).values("measure")
    return rows.filter(pk__in=counting) if value == "counted" else rows.exclude(pk__in=counting)


def _search(rows, text: str):
    """Measures keep no search key of their own: their indicators do."""
    for word in text.split():
        rows = rows.filter(
            Q(code__icontains=word)
            | Q(indicators__search_key__contains=word)
            | Q(as_numerator__search_key__contains=word)
            | Q(as_denominator__search_key__contains=word)
        )
    return rows.distinct()


class MeasureList(List):
    title = _("Figures and sources")
    name = "so-lieu"
    template = "programme/list.html"
    columns = [
        Column("code", _("Code"), kind="code", sort="code"),
        Column("name", _("Figure"), sort="order"),
        Column("unit", _("Unit of measure")),
        Column("kind", _("Kind"), value=lambda row: SHORT_KINDS[row.kind], sort="kind"),
        Column("level", _("Arises at"), value="level.name", sort="level__rank"),
        Column("source", _("Figures come from")),
        Column("since", _("From this source since"), kind="date"),
        Column("short_name", _("Name on the phone"), hidden=True),
        Column(
            "switch",
            _("Switch the source"),
            value=lambda row: gettext("Switch"),
            link=lambda row: reverse("programme:switch_source", args=[row.code]),
            export=False,
        ),
    ]
    filters = [
        Choice("standing", _("Standing"), STANDINGS, standing_filter, default="now"),
        Choice(
            "kind",
            _("Kind"),
            [(kind, SHORT_KINDS[kind]) for kind in Measure.Kind.values],
        ),
        Choice(
            "source",
            _("Figures come from"),
            [("counted", _("Counted automatically")), ("asked", _("Entered by hand"))],
            _by_source,
        ),
        Choice("level", _("Arises at"), _levels, lambda rows, v: rows.filter(level__code=v)),
    ]
    search = _search
    search_hint = _("Find a figure")
    order = ("order", "code")
    size = 100

    def __init__(self, request, rows, **options):
        super().__init__(request, rows, **options)
        self.names = wording.names_of_codes()
        described = {
            "source": lambda row: wording.source_in_words(_first(row), self.names),
            "since": lambda row: _first(row) and _first(row).since_on,
        }
        may_switch = request.user.can("programme.change")
        self.columns = [
            replace(column, value=described.get(column.key, column.value))
            for column in self.columns
            if may_switch or column.key != "switch"
        ]


def _first(measure: Measure) -> Source | None:
    """The source in force today, prefetched."""
    return next(iter(measure.sources_in_force), None)


@allow("programme.view")
def measures(request):
    """Every figure with where it comes from today."""
    today = timezone.localdate()
    in_force = Prefetch(
        "sources", Source.objects.on(today).select_related("counter"), to_attr="sources_in_force"
    )
    rows = Measure.objects.visible_to(request.user).select_related("level")
    rows = rows.prefetch_related(in_force)
    context = about(request, "measures")
    if context["may_change"] and (found := len(queries.countable())):
        words = ngettext(
            "%(n)d figure can now be counted", "%(n)d figures can now be counted", found
        )
        context["buttons"] = [(reverse("programme:packaged_sources"), words % {"n": found})]
    return MeasureList(request, rows, context=context).response()


@allow("programme.change")
def packaged(request):
    """Figures asked by hand here that the program counts from its registers by now."""
    rows = queries.countable()
    form = PackagedForm(request.POST or None, rows=rows)
    names = wording.names_of_codes()
    for row in rows:
        row.measure.now = wording.source_in_words(row.now, names)
        row.measure.then = wording.counter_in_words(row.counter, names)
    return answer_form(
        request,
        form,
        run=lambda: actions.switch_to_packaged(
            measures=form.measures(),
            since_on=form.cleaned_data["since_on"],
            with_words=form.cleaned_data["with_words"],
            by=request.user,
        ),
        done=_("The sources switch. Reports of earlier periods stay as they are."),
        back=reverse("programme:measures"),
        title=_("Figures that can now be counted from registers"),
        template="programme/packaged_sources.html",
    )


@allow("programme.change")
def switch(request, code: str):
    """From which period on the figure comes from elsewhere."""
    measure = get_object_or_404(Measure.objects.visible_to(request.user), code=code)
    form = SwitchForm(request.POST or None, measure=measure)
    now = measure.sources.on(timezone.localdate()).select_related("counter").first()
    return answer_form(
        request,
        form,
        run=lambda: actions.switch_source(
            measure=measure,
            by=request.user,
            since_on=form.cleaned_data["since_on"],
            counter=form.counter(),
        ),
        done=_("The source switches. Reports of earlier periods stay as they are."),
        back=reverse("programme:measures"),
        title=gettext("Switch the source of %(code)s") % {"code": code},
        intro=gettext("%(name)s. Now: %(source)s. The switch recomputes no earlier report.")
        % {"name": measure.name, "source": wording.source_in_words(now)},
        submit=_("Switch the source"),
        template="programme/grouped_form.html",
    )
