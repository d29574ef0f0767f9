"""A report's form being answered: filled in, saved or sent, or refused with what to do next."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.envelopes.actions import DifferentContent, once
from cncd.results.reports import queries, sitting
from cncd.results.reports.actions import FiguresChanged, ReportError, Stale, submit_report
from cncd.results.reports.actions.errors import Unfinished
from cncd.results.reports.comparing import Clash
from cncd.results.reports.forms import ReportForm, counts_shown, entry_text
from cncd.results.reports.models import Report
from cncd.results.reports.sitting import Sitting
from cncd.team.programme.rules import show

OVERLAP = dt.timedelta(minutes=2)  # what was still being kept when the button was pressed


@dataclass
class Taken:
    """The table and form to show again, or the report that was saved or sent."""

    table: Sitting
    form: ReportForm
    saved: bool = False
    sent: int | None = None  # id of the report


def take(
    request,
    lay: Callable[[], Sitting],
    *,
    save: Callable[..., object],
    send: Callable[[ReportForm], Report],
) -> Taken:
    """Reads what was posted and saves or sends it; nothing typed is ever lost by a refusal.

    `lay` lays the table, anew after somebody else's change. The same envelope sent twice is
    answered once.
    """
    table = lay()
    if request.method != "POST":
        return Taken(table, table.form())
    data = _with_blanks_filled(table, request.POST.copy())

    def attempt(table: Sitting, *, may_repeat: bool) -> Taken:
        form = table.form(data)
        if not form.is_valid():
            return Taken(table, form)
        try:
            return _done(request, table, form, save, send)
        except Stale as error:
            table = lay()
            if follows_own_draft(table, data, request.user) and may_repeat:
                return attempt(table, may_repeat=False)
            return _over_somebody_elses(table, data, error)
        except (ReportError, DifferentContent) as error:
            return _refused(lay, table, form, data, error)

    return attempt(table, may_repeat=True)


def supplement_report(*, team, period, by, seen=None, made_at=None) -> Report:
    """Sends what was logged since as a supplement; the words stay as they were sent.

    `seen` are the counts the person saw. Nothing new: the report as it is. Raises Unfinished while
    somebody is writing at it, and what `submit_report` raises.
    """
    table = sitting.of_team(team, period)
    if table.is_being_written:
        raise Unfinished
    if not queries.drift(table.report):
        return table.report
    about = {"team": team, "period": period, "by": by, "seen": seen, "made_at": made_at}
    return submit_report(content=table.content, edition=table.report.edition, **about)


def _with_blanks_filled(table: Sitting, data):
    """What was posted, and what the button pressed puts into blank figures."""
    how = data.get("fill")
    for name, text in table.form(data).filled(how).items() if how else ():
        data[name] = text
    return data


def _refused(lay, table: Sitting, form: ReportForm, data, error) -> Taken:
    if isinstance(error, FiguresChanged):
        return _recounted(lay(), data, error)
    if isinstance(error, ReportError):
        form.show_errors(error)
    else:
        form.add_error(None, error)
    return Taken(table, form)


def follows_own_draft(table: Sitting, data, user, made_at=None) -> bool:
    """Whether it was the same person's draft that overtook the page, as when an answer got lost.

    Then what was typed last holds: what was made earlier than that draft does not.
    """
    data["edition_seen"] = str(table.report.edition)
    if not table.is_being_written or table.draft.sent_by_id != user.pk:
        return False
    kept_at = table.draft.made_at
    return made_at is None or kept_at is None or kept_at <= made_at + OVERLAP


def kept(request, lay: Callable[[], Sitting], *, save) -> JsonResponse:
    """Keeps what could be read of a form that is still being typed in; says what changes on it."""
    table, data = lay(), request.POST.copy()
    for tries_left in (1, 0):
        form = table.form(data)
        form.is_valid()
        try:
            draft = save(content=form.report_content(), **form.edition)
            break
        except ReportError as error:
            table = lay()
            own = isinstance(error, Stale) and follows_own_draft(table, data, request.user)
            if not (tries_left and own):
                return JsonResponse({"said": error.message}, status=409)
    time = f"{timezone.localtime():%H:%M}"
    return JsonResponse(
        {
            "edition": draft.report.edition,
            "said": _("Saved at %(time)s") % {"time": time},
            "parts": {
                "still-missing": render_to_string("reports/still_missing.html", {"table": table}),
                "unusual-figures": render_to_string("reports/unusual.html", {"form": form}),
            },
        }
    )


def _done(request, table: Sitting, form: ReportForm, save, send) -> Taken:
    if "send" not in request.POST:
        save(content=form.report_content(), **form.edition)
        messages.success(request, _("The draft is saved."))
        return Taken(table, form, saved=True)
    envelope = form.envelope_of(kind="report", sender=request.user)
    answer = once(**envelope, run=lambda: {"report": send(form).pk})
    return Taken(table, form, sent=answer["report"])


def _over_somebody_elses(table: Sitting, data, error: Stale) -> Taken:
    """The page again with what was typed, saying at each figure what the other one wrote."""
    stood = table.content
    theirs = stood.entries
    data["edition_seen"] = str(table.report.edition)
    form = table.form(data)
    form.is_valid()
    form.clash = Clash.over(table, stood, form)
    mine = form.report_content().entries
    by_code = {line.code: line for line in table.lines}
    error.codes = [c for c in theirs.keys() & by_code if theirs[c] != mine.get(c)]
    error.marks = {
        code: _("The other one wrote: %(value)s.")
        % {"value": entry_text(by_code[code], theirs[code].value)}
        for code in error.codes
    }
    form.show_errors(error)
    return Taken(table, form)


def _recounted(table: Sitting, data, error: FiguresChanged) -> Taken:
    """The page again with the counts of this moment, saying at each one what it was."""
    data["seen"] = counts_shown(table.lines)
    form = table.form(data)
    form.is_valid()
    by_code = {line.code: line for line in table.lines}
    error.marks = {
        code: _("It was %(before)s, now it is %(after)s.")
        % {
            "before": show(before, by_code[code].factor),
            "after": show(after, by_code[code].factor, by_code[code].unit),
        }
        for code, (before, after) in error.differences.items()
        if code in by_code
    }
    form.show_errors(error)
    return Taken(table, form)
