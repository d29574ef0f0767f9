"""A team's report as the phone's outbox sends it, through the form and actions of its page."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.envelopes.arriving import Arrived, Choice, Refused
from cncd.results.reports import sitting
from cncd.results.reports.actions import (
    FiguresChanged,
    ReportError,
    Stale,
    save_draft,
    submit_report,
)
from cncd.results.reports.comparing import Clash, recounted
from cncd.results.reports.entering import follows_own_draft, supplement_report
from cncd.results.reports.forms import ReportForm, counts_seen, counts_shown
from cncd.results.reports.models import Report
from cncd.results.reports.sitting import Sitting
from cncd.team.programme import queries as programme
from cncd.team.teams.models import Team
from cncd.team.teams.queries import team_named


@dataclass
class Coming:
    """A report on its way in: which one, its table laid as on the day it was made, its form."""

    team: Team
    period: object
    page: str  # where it is written
    table: Sitting
    form: ReportForm

    def about(self, arrived: Arrived) -> dict:
        """What the actions ask for."""
        about = {"team": self.team, "period": self.period, "by": arrived.sender}
        about |= {"content": self.form.report_content(), "made_at": arrived.made_at}
        return about | self.form.edition


def save(arrived: Arrived) -> dict:
    """A report kept as a draft: about {"team", "period"}. Raises Refused and PermissionDenied."""
    coming = _read(arrived)
    _taken(coming, lambda: save_draft(**coming.about(arrived)))
    return {"page": coming.page, "told": _("The draft is saved.")}


def send(arrived: Arrived) -> dict:
    """A report sent, with the counts its leader saw: about {"team", "period"}.

    On time by the moment its button was pressed. Raises Refused and PermissionDenied.
    """
    coming = _read(arrived)
    if (known := coming.table.report).sent_id and _says_the_same(coming, arrived):
        return _sent(arrived, known)
    seen = coming.form.seen_counts()
    about = coming.about(arrived)
    return _sent(arrived, _taken(coming, lambda: submit_report(seen=seen, **about)))


def supplement(arrived: Arrived) -> dict:
    """What was logged after sending, sent too: about {"team", "period"}; "seen" are the counts.

    Raises Refused and PermissionDenied.
    """
    team, period = _named(arrived)
    about = {"team": team, "period": period, "by": arrived.sender, "made_at": arrived.made_at}
    seen, page = counts_seen(arrived.fields.get("seen")), _page(team, period)
    try:
        return _sent(arrived, supplement_report(seen=seen, **about))
    except FiguresChanged as error:
        raise _counted_anew(sitting.of_team(team, period), page, error) from error
    except ReportError as error:
        raise Refused(error.message, page=page) from error


def changed_report(arrived: Arrived, _first: dict) -> Choice | None:
    """A report that was recorded in an earlier form, beside its later form."""
    coming = _read(arrived)
    return _clash(coming) if coming.form.is_valid() else None


def _read(arrived: Arrived) -> Coming:
    """The report and its form; the person's own earlier draft is no other person's."""
    team, period = _named(arrived)
    day = timezone.localdate(arrived.made_at)
    table, data = sitting.of_team(team, period, day), arrived.fields.copy()
    seen = data.get("edition_seen")
    own = follows_own_draft(table, data, arrived.sender, arrived.made_at)
    if not own and seen is not None:
        data["edition_seen"] = seen
    return Coming(team, period, _page(team, period), table, table.form(data))


def _named(arrived: Arrived) -> tuple[Team, object]:
    team = team_named(arrived.about.get("team"))
    period = programme.period_coded(str(arrived.about.get("period", "")))
    if team is None or period is None:
        raise Refused(_("There is no such report."))
    day = timezone.localdate(arrived.made_at)
    held = Team.objects.visible_to(arrived.sender, "reports.send", day).filter(pk=team.pk)
    if not held.exists():
        raise PermissionDenied("reports.send")
    return team, period


def _taken(coming: Coming, act):
    """What the action gives; what it refuses is said with what there is to decide."""
    form, page = coming.form, coming.page
    if not form.is_valid():
        raise Refused.by_form(form, page)
    try:
        return act()
    except Stale as error:
        told = _("This report was changed meanwhile. Look at both versions, then decide.")
        raise Refused(told, page=page, choice=_clash(coming)) from error
    except FiguresChanged as error:
        raise _counted_anew(coming.table, page, error) from error
    except ReportError as error:
        form.show_errors(error)
        refused = Refused.by_form(form, page)
        refused.told = error.message
        refused.faults = [fault for fault in refused.faults if fault[0] != "__all__"]
        raise refused from error


def _clash(coming: Coming) -> Choice:
    """The report as it stands beside what came; sent again it holds over what was just shown."""
    table = sitting.of_team(coming.team, coming.period)
    clash = Clash.over(table, table.content, coming.form)
    again = {"edition_seen": str(table.report.edition)}
    heads = (_("Recorded now"), _("Mine"))
    drop = _("Keep what is recorded")
    other = _("Changed meanwhile by %(other)s.") % {"other": clash.other} if clash.other else ""
    return Choice(clash.sides, heads, other, _("Take mine"), again, drop=drop)


def _counted_anew(table: Sitting, page: str, error: FiguresChanged) -> Refused:
    """The counts moved: what they were, what they are, and one tap to send with the new ones."""
    told = _("The figures have changed since you saw them. Look at them again, then send.")
    again = {"seen": counts_shown(table.lines)}
    heads, tap = (_("When you looked"), _("Now")), _("Send with the new figures")
    choice = Choice(recounted(table, error), heads, "", tap, again)
    return Refused(told, page=page, choice=choice)


def _says_the_same(coming: Coming, arrived: Arrived) -> bool:
    """Whether the sender's own report, sent from an earlier page, says just this already."""
    report, edition = coming.table.report, arrived.fields.get("edition_seen")
    if str(report.edition) == edition or not coming.form.is_valid():
        return False
    own = report.state == Report.State.SENT and report.sent.sent_by_id == arrived.sender.pk
    if not own or coming.table.is_being_written:
        return False
    table = sitting.of_team(coming.team, coming.period)
    return not Clash.over(table, table.content, coming.form).sides


def _sent(arrived: Arrived, report: Report) -> dict:
    seen = Report.objects.visible_to(arrived.sender).filter(pk=report.pk).exists()
    page = reverse("reports:sent", args=[report.pk]) if seen else ""
    told = _("Sent: %(report)s") % {"report": report}
    return {"report": report.pk, "told": told, "page": page}


def _page(team: Team, period) -> str:
    return reverse("reports:write", args=[team.pk, period.code])
