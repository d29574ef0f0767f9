"""Writing and sending a team's report; the phone's page and the desk's "báo cáo thay" are one."""

import json
from functools import partial

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cncd.foundation.people.access import allow
from cncd.results.reports import queries, sitting
from cncd.results.reports.actions import save_draft, submit_report
from cncd.results.reports.entering import kept, take
from cncd.results.reports.models import Report
from cncd.results.reports.views.reach import face_of, keep_in_sight, team_and_period
from cncd.team.programme import queries as programme
from cncd.team.teams.models import Team


@allow("reports.send")
def write(request, team_id, code):
    """The monthly report of one team: read what is filled in, type the rest, save or send."""
    team, period = team_and_period(request, team_id, code)
    if elsewhere := keep_in_sight(request, period):
        return redirect("reports:write", team.pk, elsewhere)
    about = {"team": team, "period": period, "by": request.user}

    taken = take(
        request,
        partial(sitting.of_team, team, period),
        save=partial(save_draft, **about),
        send=lambda form: submit_report(
            content=form.report_content(), seen=form.seen_counts(), **form.edition, **about
        ),
    )
    if taken.sent:
        return redirect("reports:sent", taken.sent)
    if taken.saved:
        anchor = "#asked" if "fill" in request.POST else ""
        return redirect(reverse("reports:write", args=[team.pk, period.code]) + anchor)
    context = {"table": taken.table, "form": taken.form, "team": team, "period": period}
    context["about"] = json.dumps({"team": team.pk, "period": period.code})
    return render(request, "reports/write.html", context | {"face": face_of(request, team)})


@require_POST
@allow("reports.send")
def keep(request, team_id, code):
    """Keeps what is typed as it is typed; answers with what changes on the page."""
    team, period = team_and_period(request, team_id, code)
    about = {"team": team, "period": period, "by": request.user}
    lay = partial(sitting.of_team, team, period)
    return kept(request, lay, save=partial(save_draft, **about))


@allow("reports.send")
def current(request):
    """Leads to the report that is due: the oldest unsent month of the person's team."""
    teams = Team.objects.visible_to(request.user, "reports.send")
    asked = request.GET.get("to", "")
    team = get_object_or_404(teams, pk=asked) if asked.isdecimal() else teams.first()
    period = programme.current_period()
    if team is None or period is None:
        raise Http404
    months = programme.series(period, 3)
    sent = Report.objects.counting().filter(team=team, period__in=months)
    done = set(sent.values_list("period_id", flat=True))
    open_months = [m for m in months if m.pk not in done and queries.owes(team, m)]
    return redirect("reports:write", team.pk, (open_months or [period])[0].code)
