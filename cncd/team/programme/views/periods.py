"""Reporting periods: which are open, when each level is due, and the rules behind it."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Level
from cncd.team.programme import actions, queries
from cncd.team.programme.forms.periods import DueRuleForm, MoveDueForm
from cncd.team.programme.models import DueRule, Period, PeriodDue, PeriodScheme
from cncd.team.programme.views.context import about, answer_form


def _schemes(_request):
    return [(scheme.code, scheme.name) for scheme in PeriodScheme.objects.all()]


def _due_at(level: str):
    return lambda row: next((d.due_at for d in row.dues.all() if d.level.code == level), None)


def _standing(row) -> str:
    today = timezone.localdate()
    if row.first_day <= today <= row.last_day:
        return gettext("running")
    return gettext("over") if row.last_day < today else gettext("to come")


class PeriodList(List):
    title = _("Reporting periods")
    name = "ky-bao-cao"
    template = "programme/periods.html"
    order = "-first_day"
    size = 50
    empty = _("No period stands open yet.")

    def __init__(self, request, rows, **options):
        self.columns = _columns()
        in_use = queries.scheme_in_use()
        by_scheme = lambda rows, value: rows.filter(scheme__code=value)  # noqa: E731
        default = in_use.code if in_use else ""
        self.filters = [Choice("scheme", _("Scheme"), _schemes, by_scheme, default=default)]
        super().__init__(request, rows, **options)


def _columns() -> list[Column]:
    to_period = lambda row: reverse("programme:period", args=[row.pk])  # noqa: E731
    dues = [
        Column(
            f"due-{level.code}",
            gettext("Due: %(level)s") % {"level": level.name},
            value=_due_at(level.code),
            kind="datetime",
        )
        for level in Level.objects.order_by("-rank")
    ]
    return [
        Column("period", _("Period"), value=str, sort="first_day", link=to_period),
        Column("first_day", _("First day"), kind="date"),
        Column("last_day", _("Last day"), kind="date"),
        *dues,
        Column("standing", _("Standing"), value=_standing, kind="badge", tone=_tone),
    ]


def _tone(row) -> str:
    return "info" if row.first_day <= timezone.localdate() <= row.last_day else "quiet"


@allow("programme.view")
def periods(request):
    rows = Period.objects.visible_to(request.user).select_related("scheme")
    rows = rows.prefetch_related("dues__level")
    scheme = queries.scheme_in_use()
    others = PeriodScheme.objects.exclude(in_use=True)
    context = about(request, "periods", scheme=scheme, others=others)
    return PeriodList(request, rows, context=context).response()


@allow("programme.change")
def open_next(request):
    """Opens the period after the last one, or today's when none stands."""
    scheme = queries.scheme_in_use()
    if request.method == "POST" and scheme:
        last = Period.objects.filter(scheme=scheme).order_by("-last_day").first()
        day = last.next_day if last else timezone.localdate()
        opened = actions.open_period(scheme=scheme, day=day, by=request.user)
        say_done(request, gettext("%(period)s is open.") % {"period": opened})
        return HttpResponseRedirect(reverse("programme:periods"))
    context = {
        "title": _("Open the next period"),
        "question": _("Periods open by themselves on their first day. Open the next one now?"),
        "consequences": [_("Its due moments are fixed by today's rules.")],
        "submit": _("Open the period"),
        "back": reverse("programme:periods"),
    }
    return render(request, "kit/confirm.html", context)


@allow("programme.view")
def period(request, pk: int):
    """Due moments of one period, with the reasons of those that were moved."""
    found = get_object_or_404(Period.objects.visible_to(request.user), pk=pk)
    dues = PeriodDue.objects.filter(period=found).select_related("level").order_by("-level__rank")
    context = about(request, "periods", period=found, dues=dues)
    return render(request, "programme/period.html", context)


@allow("programme.change")
def move_due(request, pk: int, level: str):
    """Another due moment for one level in one period, with a reason."""
    found = get_object_or_404(Period.objects.visible_to(request.user), pk=pk)
    level = get_object_or_404(Level, code=level)
    due = queries.due_at(found, level.code)
    local = timezone.localtime(due) if due else None
    initial = {"day": local and local.date(), "at_time": local and local.time()}
    form = MoveDueForm(request.POST or None, initial=initial)
    return answer_form(
        request,
        form,
        run=lambda: actions.move_due(
            period=found,
            level=level,
            due_at=form.due_at,
            reason=form.cleaned_data["reason"],
            by=request.user,
        ),
        done=_("The due moment has moved."),
        back=reverse("programme:period", args=[pk]),
        title=gettext("%(period)s: due moment of level %(level)s")
        % {"period": found, "level": level.name},
    )


@allow("programme.view")
def due_rules(request):
    """The rules of the scheme in use, level by level, with what is to come."""
    scheme = queries.scheme_in_use()
    today = timezone.localdate()
    rules = DueRule.objects.filter(scheme=scheme).select_related("level").order_by("since_on")
    rows = [
        (
            level,
            [r for r in rules if r.level_id == level.pk and (not r.until_on or r.until_on > today)],
        )
        for level in Level.objects.order_by("-rank")
    ]
    context = about(request, "periods", scheme=scheme, rows=rows, today=today)
    return render(request, "programme/due_rules.html", context)


@allow("programme.change")
def change_rule(request, level: str):
    level = get_object_or_404(Level, code=level)
    scheme = get_object_or_404(PeriodScheme, in_use=True)
    rule = DueRule.objects.on(timezone.localdate()).filter(scheme=scheme, level=level).first()
    names = ("at_time", "lock_after_days", "new_team_cutoff_days")
    initial = {name: getattr(rule, name) for name in names} if rule else {}
    initial |= {"when": rule.days_after_end} if rule else {}
    form = DueRuleForm(request.POST or None, initial=initial)
    return answer_form(
        request,
        form,
        run=lambda: actions.change_due_rule(
            scheme=scheme, level=level, by=request.user, **form.values()
        ),
        done=_("The rule holds from the period you chose."),
        back=reverse("programme:due_rules"),
        title=gettext("When level %(level)s is due") % {"level": level.name},
    )


@allow("programme.change")
def use_scheme(request, code: str):
    """Another scheme for all reports from today on."""
    scheme = get_object_or_404(PeriodScheme, code=code)
    if request.method == "POST":
        actions.use_scheme(scheme=scheme, by=request.user)
        actions.ensure_period(scheme=scheme, day=timezone.localdate(), by=request.user)
        say_done(request, gettext("Reports now follow: %(scheme)s.") % {"scheme": scheme})
        return HttpResponseRedirect(reverse("programme:periods"))
    context = {
        "title": gettext("Use another scheme of periods"),
        "question": gettext("From now on: %(scheme)s?") % {"scheme": scheme},
        "consequences": [
            _("Charts and totals begin a new series; periods of both are never mixed."),
            _("Reports written under the other scheme stay and can be read."),
            _("Logs carry real dates, so nothing has to be entered again."),
        ],
        "submit": _("Use it"),
        "danger": True,
        "back": reverse("programme:periods"),
    }
    return render(request, "kit/confirm.html", context)
