"""A later due day, an exemption: for one obligation, or for several chosen in the list."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cncd.foundation.kit import figures
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.work.directives import actions
from cncd.work.directives.forms.easing import ExtendForm, ReasonForm
from cncd.work.directives.queries.lines import lines
from cncd.work.directives.views.doing import directed

SHOWN = 20


@allow("directives.give")
def extend(request, pk):
    """Gives those chosen, and the teams of units among them, until a later day."""
    words = {"title": _("Give more time"), "submit": _("Give more time")}
    form = ExtendForm(request.POST or None)
    return _eased(request, pk, form, actions.extend, words, _said_extended)


@allow("directives.give")
def exempt(request, pk):
    """Relieves those chosen, and the teams of units among them."""
    words = {"title": _("Exempt"), "submit": _("Exempt")}
    form = ReasonForm(request.POST or None)
    return _eased(request, pk, form, actions.exempt, words, _said_exempt)


def _eased(request, pk, form, action, words, said):
    directive = directed(request, pk)
    rows = _chosen(request, directive)
    act = lambda: action(obligations=rows, by=request.user, **form.cleaned_data)  # noqa: E731
    back = reverse("directives:obligations", args=[pk])
    if len(rows) == 1:
        back = rows[0].get_absolute_url()
    if eased := done(request, act, form):
        say_done(request, said(len(eased)))
        return redirect(back)
    names = [line.name for line in lines(rows[:SHOWN], request.scope.today)]
    context = {"form": form, "names": names, "more": max(0, len(rows) - SHOWN), "back": back}
    return render(request, "directives/easing.html", context | words)


def _chosen(request, directive) -> list:
    asked = request.GET.getlist("row")
    if not asked or not all(each.isdecimal() and len(each) < 19 for each in asked):
        raise Http404
    rows = list(directive.obligations.filter(pk__in=asked).listed())
    if len(rows) != len(set(asked)):
        raise Http404
    return rows


def _said_extended(n: int) -> str:
    text = ngettext("%(n)s obligation has more time.", "%(n)s obligations have more time.", n)
    return text % {"n": figures.number(n)}


def _said_exempt(n: int) -> str:
    text = ngettext("%(n)s obligation is exempt.", "%(n)s obligations are exempt.", n)
    return text % {"n": figures.number(n)}


@allow("directives.give")
@require_POST
def lift(request, pk):
    """Asks again those chosen that were exempt."""
    directive = directed(request, pk)
    rows = _chosen(request, directive)
    actions.lift_exemption(obligations=rows, by=request.user)
    say_done(request, _("They are asked again."))
    return redirect(rows[0])
