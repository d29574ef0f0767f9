"""A report as text for the Zalo group: at most 20 lines, one link (II.2.7, II.2.8)."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.kit.counting import NONE
from cncd.results.reports.models import Report, ReportVersion
from cncd.team.programme.models import Indicator, Measure
from cncd.team.programme.rules import show

MOST_LINES = 20
MOST_FIGURES = 12
MOST_DIFFICULTIES = 2
LONGEST = 160  # characters of one line of free text


def said(of, value) -> str:
    """A figure of one team or unit in words; `of` is a line of a sheet, or a measure."""
    if of.yes_no and value in (0, 1):
        return _("Yes") if value else _("Not yet")
    return show(value, of.factor, of.unit)


def team_text(report: Report, link: str) -> str:
    """The sent report of a team, ready to paste; figures that say something come first."""
    version = report.sent
    values = {code: figure["value"] for code, figure in version.figures.items()}
    lines = [
        _("REPORT FOR %(period)s") % {"period": str(report.period).upper()},
        str(report.team),
        *figure_lines(values),
        *word_lines(version),
        _sent_line(version),
        link,
    ]
    return "\n".join(lines[:MOST_LINES])


def figure_lines(values: dict, most: int = MOST_FIGURES) -> list[str]:
    """One line per figure ("- Lượt người được giúp: 64 lượt"); zeros and nones last, in one.

    Headline figures come first, then what arose in the month, then what stands at its end.
    """
    measures = Measure.objects.filter(code__in=values, split_of=None)
    first = headline_measures()
    ranked = sorted(
        measures, key=lambda m: (m.pk not in first, m.yes_no, m.kind != Measure.Kind.FLOW, m.order)
    )
    told, quiet = [], 0
    for measure in ranked:
        value = values[measure.code]
        if value in (0, NONE):
            quiet += 1
        elif len(told) < most:
            told.append(f"- {measure.short_name}: {said(measure, value)}")
    if quiet:
        told.append(
            ngettext(
                "- %(n)d other figure: 0 or nothing arose",
                "- %(n)d other figures: 0 or nothing arose",
                quiet,
            )
            % {"n": quiet}
        )
    return told


def headline_measures() -> set[int]:
    """Ids of the measures of headline indicators; of a ratio, its upper side."""
    rows = Indicator.objects.filter(is_headline=True).values_list("measure", "numerator")
    return {pk for row in rows for pk in row if pk}


def word_lines(version: ReportVersion) -> list[str]:
    """Difficulties, proposals and next month, one shortened line each."""
    told = [
        _("Difficulty: %(text)s") % {"text": shortened(row.text)}
        for row in version.difficulties.all()[:MOST_DIFFICULTIES]
    ]
    if version.proposals:
        told.append(_("Proposal: %(text)s") % {"text": shortened(version.proposals)})
    if version.next_month:
        told.append(_("Next month: %(text)s") % {"text": shortened(version.next_month)})
    return told


def reminder_text(unit: str, period, silent, link: str) -> str:
    """A friendly reminder for the group, naming the teams whose report is still awaited."""
    if not silent:
        return ""
    due_at = next((row.standing.due_at for row in silent if row.standing.due_at), None)
    lines = [_("REMINDER: REPORT FOR %(period)s") % {"period": str(period).upper()}, unit]
    if due_at:
        moment = f"{timezone.localtime(due_at):%H:%M %d/%m/%Y}"
        lines.append(_("Due by %(moment)s. Still awaited:") % {"moment": moment})
    room = MOST_LINES - len(lines) - 3
    lines += [f"- {row.team}" for row in silent[:room]]
    if len(silent) > room:
        rest = len(silent) - room
        lines.append(
            ngettext("- and %(n)d more team", "- and %(n)d more teams", rest) % {"n": rest}
        )
    lines.append(_("If anything is hard, call the commune: we enter it together."))
    return "\n".join([*lines, link])


def shortened(text: str, most: int = LONGEST) -> str:
    """The text on one line, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + "…"


def _sent_line(version: ReportVersion) -> str:
    when = timezone.localtime(version.sent_at)
    return _("Sent at %(time)s on %(day)s") % {
        "time": when.strftime("%H:%M"),
        "day": when.strftime("%d/%m/%Y"),
    }
