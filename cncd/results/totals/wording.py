"""Figures of units in words, and a unit's report as text for the Zalo group (II.2.7)."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.kit.counting import NONE
from cncd.results.reports.wording import MOST_LINES, shortened
from cncd.results.totals.queries import Reading
from cncd.team.programme.rules import show, show_percent

MOST_SILENT = 5  # names in the text for the group


def in_words(reading: Reading) -> str:
    """The figure: "1.234 lượt", "81%", "không phát sinh", "chưa báo cáo"."""
    if reading.indicator.is_ratio:
        return show_percent(reading.value)
    return show(reading.value, reading.factor, reading.indicator.unit)


def unit_text(unit, name: str, link: str) -> str:
    """The report of a unit, ready to paste: at most 20 lines, the headline figures first."""
    head = [_("REPORT FOR %(period)s") % {"period": str(unit.period).upper()}, name]
    head += [*_complete(unit), *_silent(unit)]
    tail = [
        _("Figures as of %(moment)s") % {"moment": f"{timezone.localtime():%H:%M %d/%m/%Y}"},
        link,
    ]
    words = _words(unit.version) if unit.version else []
    room = MOST_LINES - len(head) - len(tail) - len(words)
    return "\n".join([*head, *_figures(unit.rows)[:room], *words, *tail])


def _complete(unit) -> list[str]:
    """ "- 7/8 Tổ đã gửi (6 đúng hạn, 1 trễ)" """
    counts = {name: unit.counts.get(name, 0) for name in ("on_time", "late")}
    return [
        _("- Reports sent: %(sent)s of %(due)s teams (%(on_time)s on time, %(late)s late)")
        % {"sent": unit.sent, "due": unit.due, **counts}
    ]


def _silent(unit) -> list[str]:
    names = [row.team.name for row in unit.silent]
    if not names:
        return []
    told = ", ".join(names[:MOST_SILENT])
    rest = len(names) - MOST_SILENT
    if rest > 0:
        text = ngettext("and %(n)d more", "and %(n)d more", rest)
        told = f"{told} {text % {'n': rest}}"
    return [_("- Not sent: %(names)s") % {"names": shortened(told)}]


def _figures(rows) -> list[str]:
    """Headline figures first, then the others that say something."""
    said = [row for row in rows if row.reading.value not in (None, NONE, 0)]
    said.sort(key=lambda row: not row.indicator.is_headline)
    return [f"- {row.indicator.short_name}: {row.shown}" for row in said]


def _words(version) -> list[str]:
    told = []
    if version.proposals:
        told.append(_("Proposal: %(text)s") % {"text": shortened(version.proposals)})
    if version.next_month:
        told.append(_("Next month: %(text)s") % {"text": shortened(version.next_month)})
    return told
