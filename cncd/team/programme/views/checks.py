"""Checks between figures: they warn and ask for a reason, on web, phone and Excel alike."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.list_rows import holding
from cncd.foundation.kit.lists import Choice, Column, List
from cncd.foundation.people.access import allow
from cncd.team.programme import actions, wording
from cncd.team.programme.forms.checks import CheckForm
from cncd.team.programme.models import Check
from cncd.team.programme.views.context import about, answer_form
from cncd.team.programme.views.indicators import STANDINGS, standing_filter


def _words(check) -> str:
    """What a check is found by: its rule in words, its figures, its warning."""
    codes = " ".join(measure.code for measure in (check.left, check.right) if measure)
    return f"{wording.check_in_words(check)} {codes} {check.message}"


class CheckList(List):
    title = _("Checks")
    name = "kiem-tra"
    template = "programme/list.html"
    columns = [
        Column(
            "rule",
            _("Rule"),
            value=wording.check_in_words,
            link=lambda row: reverse("programme:change_check", args=[row.pk]),
        ),
        Column(
            "left", _("Figure"), value=lambda row: row.left and row.left.code, sort="left__code"
        ),
        Column(
            "right",
            _("Compared with"),
            value=lambda row: row.right and row.right.code,
            sort="right__code",
        ),
        Column("message", _("Words of the warning"), hidden=True),
        Column("last_day", _("Until the end of"), kind="date", sort="until_on"),
    ]
    filters = [
        Choice("standing", _("Standing"), STANDINGS, standing_filter, default="now"),
        Choice("kind", _("Rule"), Check.Kind.choices),
    ]
    search = lambda rows, text: holding(rows, text, _words)  # noqa: E731
    search_hint = _("Figure, code, or words of the warning")
    order = ("left__order", "code")
    size = 50

    def __init__(self, request, rows, **options):
        super().__init__(request, rows, **options)
        if not request.user.can("programme.change"):
            first, *others = self.columns
            self.columns = [Column("rule", first.label, value=first.value), *others]


@allow("programme.view")
def checks(request):
    context = about(
        request,
        "checks",
        lead=_("A check warns and asks for a reason; it never blocks a report."),
        buttons=[(reverse("programme:add_check"), _("Add a check"))],
    )
    rows = Check.objects.visible_to(request.user).select_related("left", "right")
    return CheckList(request, rows, context=context).response()


@allow("programme.change")
def add(request):
    form = CheckForm(request.POST or None)
    today = timezone.localdate()
    return answer_form(
        request,
        form,
        run=lambda: actions.add_check(since_on=today, by=request.user, **form.values()),
        done=_("The check holds from now on."),
        back=reverse("programme:checks"),
        title=gettext("Add a check"),
    )


@allow("programme.change")
def change(request, pk: int):
    check = get_object_or_404(Check.objects.visible_to(request.user), pk=pk)
    form = CheckForm(request.POST or None, initial=CheckForm.values_of(check))
    return answer_form(
        request,
        form,
        run=lambda: actions.change_check(check=check, by=request.user, **form.values()),
        done=_("Saved."),
        back=reverse("programme:checks"),
        title=gettext("Change a check"),
    )
