"""What a pilot cost: its own lines of the money books, and marking them."""

import contextlib
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people import authority
from cncd.foundation.people.access import allow
from cncd.results.pilots import actions
from cncd.results.pilots.entering import RUN, pilot_run, pilot_seen
from cncd.results.pilots.lists import CostList
from cncd.results.pilots.page import cost_rows
from cncd.results.pilots.queries.costs import cost_of, left_aside


@allow("pilots.view")
def costs(request, pk):
    """The lines that are the pilot's, and those around it that are not, as far as one may see."""
    found = pilot_seen(request, pk)
    runs = authority.can(request.user, RUN, place=found.place)
    rows, hidden = cost_rows(found, request.user, request.scope.today)
    context = {"pilot": found, "cost": cost_of(found), "runs": runs, "hidden": hidden}
    context["aside"] = left_aside(found)
    return CostList(request, rows, runs=runs, context=context).response()


@allow("pilots.run")
@require_POST
def mark(request, pk):
    """Says of the ticked lines that they are the pilot's, or are not."""
    found = pilot_run(request, pk)
    if found.withdrawn_at:
        raise PermissionDenied
    belongs, chosen = request.POST.get("belongs") != "no", []
    for each in request.POST.getlist("row"):
        with contextlib.suppress(ValueError):
            chosen.append(UUID(each))
    n = actions.mark_costs(pilot=found, spendings=chosen, belongs=belongs, by=request.user)
    text = ngettext("%(n)d line of spending changed.", "%(n)d lines of spending changed.", n)
    say_done(request, text % {"n": n} if n else _("Tick the lines first; nothing has changed."))
    return redirect("pilots:costs", pk)
