"""Mức giao: the list, and one target with what was handed down from it."""

from decimal import Decimal

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Level, Place
from cncd.team.programme import actions, queries
from cncd.team.programme.answering import head_of
from cncd.team.programme.forms.targets import EndTargetForm
from cncd.team.programme.models import Indicator, Target
from cncd.team.programme.views.context import answer_form
from cncd.team.programme.views.indicators import standing_filter
from cncd.team.programme.wording import left_in_words
from cncd.team.teams.models import Team

HOLDING = [("now", _("In effect")), ("ended", _("Ended")), ("coming", _("To come"))]


def _indicators(request):
    used = Target.objects.visible_to(request.user).values("indicator")
    rows = Indicator.objects.filter(pk__in=used)
    return [(row.code, f"{row.code} {row.short_name}") for row in rows]


def _levels(_request):
    levels = Level.objects.exclude(code="hamlet").order_by("rank")
    return [*((level.code, level.name) for level in levels), ("team", gettext("team"))]


def _by_level(rows, value: str):
    if value == "team":
        return rows.exclude(team=None)
    return rows.filter(place__level__code=value)


def _amount(row) -> Decimal | int:
    """The value as a number in the shown unit; a percentage stays a percentage."""
    return Decimal(row.value) / row.indicator.factor if row.indicator.factor > 1 else row.value


class TargetList(List):
    title = _("Targets")
    name = "muc-giao"
    template = "programme/targets.html"
    columns = [
        Column(
            "unit_name",
            _("Unit or team"),
            sort=("place__level__rank", "unit_key"),
            link=lambda row: reverse("programme:target", args=[row.pk]),
        ),
        Column("code", _("Code"), value="indicator.code", sort="indicator__order"),
        Column("indicator", _("Indicator"), value="indicator.short_name"),
        Column("value", _("Target"), value=_amount, kind="number", sort="value"),
        Column("unit", _("Unit of measure"), value="indicator.unit"),
        Column("per_month", _("For"), value=lambda row: _span_word(row)),
        Column("since_on", _("First day"), kind="date", sort="since_on"),
        Column("last_day", _("Last day"), kind="date", sort="until_on"),
        Column("answerable", _("Answerable"), value="answerable.full_name"),
        Column("document", _("Legal basis"), value=lambda row: row.document and str(row.document)),
        Column("left", _("Handed down"), value=lambda row: row.left_words, export=False),
    ]
    filters = [
        Choice("standing", _("Standing"), HOLDING, standing_filter, default="now"),
        Choice(
            "indicator",
            _("Indicator"),
            _indicators,
            lambda rows, value: rows.filter(indicator__code=value),
        ),
        Choice("level", _("Level"), _levels, _by_level),
    ]
    search = lambda rows, text: rows.filter(  # noqa: E731
        Q(unit_search__contains=text) | Q(indicator__search_key__contains=text)
    )
    search_hint = _("Find a unit or an indicator")
    order = ("indicator__order", "place__level__rank", "unit_key", "since_on")
    size = 50
    empty = _("Nothing has been assigned here yet.")

    @cached_property
    def page(self):
        """The page, each target with how far it has been handed down."""
        page = super().page
        day = timezone.localdate()
        known = queries.distributions(page.object_list, day)
        for target in page.object_list:
            target.left_words = left_in_words(target, known.get(target.pk))
        return page


def _span_word(row) -> str:
    return gettext("each month") if row.per_month else gettext("the whole span")


def listed_targets(user):
    """Targets in reach, with all that a list or card shows of them."""
    return (
        Target.objects.visible_to(user)
        .named(timezone.localdate())
        .select_related(
            "indicator__measure", "place__level", "team", "document", "answerable", "given_by"
        )
    )


@allow("programme.view")
def targets(request):
    """What the unit in sight and all below it are asked to reach."""
    rows = listed_targets(request.user)
    if place := request.scope.place:
        day = request.scope.day
        below = Place.objects.within([place.pk], day)
        rows = rows.filter(Q(place__in=below) | Q(team__in=Team.objects.within([place.pk], day)))
    may_assign = request.user.can("targets.assign")
    context = {"may_assign": may_assign, "section": "targets"}
    if may_assign:
        context["first_step"] = (reverse("programme:choose_target"), gettext("Assign targets →"))
    return TargetList(request, rows, context=context).response()


@allow("programme.view")
def target(request, pk: int):
    """One target: value, basis, who answers, and what was handed down from it."""
    found = get_object_or_404(listed_targets(request.user), pk=pk)
    today = timezone.localdate()
    seen = listed_targets(request.user)
    below = seen.filter(handed_down_from=found).order_by("unit_key")
    context = {
        "target": found,
        "below": below,
        "above": seen.filter(pk=found.handed_down_from_id).first(),
        "share": queries.distributions([found], today).get(pk),
        "head_now": head_of(found.team or found.place, today),
        "history": queries.history_of(found),
        "may_change": found.given_by and request.user.can("targets.assign", place=found.given_by),
        "may_hand_down": found.place and request.user.can("targets.assign", place=found.place),
        "others": seen.of_same_unit(found),
    }
    return render(request, "programme/target.html", context)


@allow("targets.assign")
def end(request, pk: int):
    found = get_object_or_404(listed_targets(request.user), pk=pk)
    form = EndTargetForm(request.POST or None)
    return answer_form(
        request,
        form,
        run=lambda: actions.end_target(
            target=found,
            until_on=form.until_on,
            reason=form.cleaned_data["reason"],
            by=request.user,
        ),
        done=_("The target ends on that day."),
        back=reverse("programme:target", args=[pk]),
        title=_("End the target of %(unit)s") % {"unit": found.unit_name},
        template="kit/confirm.html",
        submit=_("End it"),
        danger=True,
    )
