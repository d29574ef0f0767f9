"""The catalogue of indicators, and the card of one."""

from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.people.access import allow
from cncd.team.programme import actions
from cncd.team.programme.describing import describe
from cncd.team.programme.forms.indicators import EndForm, IndicatorForm
from cncd.team.programme.models import Indicator, Source
from cncd.team.programme.views.context import about, answer_form

STANDINGS = [
    ("now", _("In use")),
    ("ended", _("Ended")),
    ("coming", _("To come")),
]
SOURCES = [
    ("counted", _("Counted automatically")),
    ("asked", _("Entered by hand")),
    ("ratio", _("Calculated as a ratio")),
]
SHORT_KINDS = {
    "flow": _("Flow"),
    "stock": _("Stock"),
    "distinct": _("Without repeats"),
    "ratio": _("Ratio"),
}


def standing_filter(rows, value: str):
    """Rows in force today, ended before today, or to come."""
    today = timezone.localdate()
    return rows.filter(
        {
            "now": Q(since_on__lte=today) & (Q(until_on=None) | Q(until_on__gt=today)),
            "ended": Q(until_on__lte=today),
            "coming": Q(since_on__gt=today),
        }[value]
    )


def standing_of(row) -> str:
    """The standing of a dated row today, in words."""
    today = timezone.localdate()
    if row.holds_on(today):
        return gettext("In use")
    return gettext("To come") if row.since_on > today else gettext("Ended")


def _source_of(indicator) -> str:
    key = "ratio" if indicator.is_ratio else "counted" if indicator.is_counted else "asked"
    return dict(SOURCES)[key]


def _by_source(rows, value: str):
    if value == "ratio":
        return rows.filter(measure=None)
    return rows.exclude(measure=None).filter(is_counted=value == "counted")


def _by_kind(rows, value: str):
    return rows.filter(measure=None) if value == "ratio" else rows.filter(measure__kind=value)


class IndicatorList(List):
    title = _("Indicators")
    name = "chi-tieu"
    template = "programme/indicators.html"
    columns = [
        Column("code", _("Code"), kind="code", sort="code"),
        Column(
            "name",
            _("Indicator"),
            sort="order",
            link=lambda row: reverse("programme:indicator", args=[row.code]),
        ),
        Column("short_name", _("Name on the phone"), hidden=True),
        Column("unit", _("Unit of measure")),
        Column(
            "pillar",
            _("Pillar"),
            value=lambda row: row.get_pillar_display(),
            sort="pillar",
            hidden=True,
        ),
        Column("kind", _("Kind"), value=lambda row: SHORT_KINDS[row.kind]),
        Column("source", _("Figures come from"), value=_source_of),
        Column("clause", _("Clause"), hidden=True),
        Column("goal", _("Goal"), hidden=True),
        Column("core", _("Core set"), value=lambda row: gettext("yes") if row.is_core else ""),
        Column("since_on", _("In force from"), kind="date", sort="since_on", hidden=True),
        Column("last_day", _("Until the end of"), kind="date", sort="until_on"),
    ]
    filters = [
        Choice("standing", _("Standing"), STANDINGS, standing_filter, default="now"),
        Choice("pillar", _("Pillar"), Indicator.Pillar.choices),
        Choice("kind", _("Kind"), list(SHORT_KINDS.items()), _by_kind),
        Choice("source", _("Figures come from"), SOURCES, _by_source),
        Choice(
            "core",
            _("Set"),
            [("yes", _("Core set")), ("no", _("Optional"))],
            lambda rows, value: rows.filter(is_core=value == "yes"),
        ),
    ]
    search_fields = ["search_key"]
    search_hint = _("Find an indicator")
    order = "order"
    size = 100
    empty = _("The catalogue is empty. Run “cncd programme seed” to load the plan's indicators.")


def listed_indicators(user):
    """Indicators as the list shows them: with their measure and whether it is counted today."""
    counting = Source.objects.on(timezone.localdate()).exclude(counter=None)
    return (
        Indicator.objects.visible_to(user)
        .select_related("measure", "numerator", "denominator")
        .annotate(is_counted=Exists(counting.filter(measure=OuterRef("measure"))))
    )


@allow("programme.view")
def indicators(request):
    context = about(request, "indicators")
    return IndicatorList(request, listed_indicators(request.user), context=context).response()


@allow("programme.view")
def card(request, code: str):
    """What an indicator is, how it is counted and adds up."""
    found = get_object_or_404(listed_indicators(request.user), code=code)
    context = about(request, "indicators", indicator=found, card=describe(found, request.user))
    return render(request, "programme/card.html", context)


@allow("programme.change")
def change(request, code: str):
    indicator = get_object_or_404(Indicator.objects.visible_to(request.user), code=code)
    form = IndicatorForm(request.POST or None, initial=IndicatorForm.values_of(indicator))
    return answer_form(
        request,
        form,
        run=lambda: actions.change_indicator(
            indicator=indicator, by=request.user, **form.cleaned_data
        ),
        done=_("Saved."),
        back=reverse("programme:indicator", args=[code]),
        title=gettext("Change %(code)s") % {"code": code},
    )


@allow("programme.change")
def end(request, code: str):
    indicator = get_object_or_404(Indicator.objects.visible_to(request.user), code=code)
    form = EndForm(request.POST or None)
    return answer_form(
        request,
        form,
        run=lambda: actions.end_indicator(
            indicator=indicator, by=request.user, **form.cleaned_data
        ),
        done=_("The indicator ends. What was reported stays."),
        back=reverse("programme:indicator", args=[code]),
        title=gettext("End %(code)s") % {"code": code},
        template="kit/confirm.html",
        consequences=[_("Earlier reports and totals keep it."), _("It leaves the later sheets.")],
        submit=_("End it"),
    )
