"""Who hears what of reports; named in `config/hooks.py`."""

from cncd.results.reports.news.clock import by_clock
from cncd.results.reports.news.coming import coming
from cncd.results.reports.news.entries import OF_EVENT, of_confirmation, of_entry
from cncd.results.reports.news.kinds import KINDS

EVENTS = {
    **dict.fromkeys(OF_EVENT, of_entry),
    **dict.fromkeys(("report.confirmed", "report.reconfirmed"), of_confirmation),
}

__all__ = ["EVENTS", "KINDS", "by_clock", "coming"]
