"""Which months a team or a place may report on."""

from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.results.reports.actions.errors import OtherPeriod


def check_period(period, now, *, team=None, place=None) -> None:
    """Raises OtherPeriod for a month to come, or one the team or place did not live in."""
    if period.first_day > timezone.localdate(now):
        raise OtherPeriod(_("%(period)s has not begun yet.") % {"period": period})
    if team is not None:
        _check_life(team, period)
    elif not type(place).objects.alive(period.last_day).filter(pk=place.pk).exists():
        raise OtherPeriod(
            _("%(place)s did not exist at the end of %(period)s.")
            % {"place": place, "period": period}
        )


def _check_life(team, period) -> None:
    if team.since_on > period.last_day:
        raise OtherPeriod(
            _("%(team)s was formed on %(day)s, after %(period)s.")
            % {"team": team, "day": team.since_on.strftime("%d/%m/%Y"), "period": period}
        )
    if team.until_on and team.until_on <= period.first_day:
        raise OtherPeriod(
            _("%(team)s was dissolved before %(period)s.") % {"team": team, "period": period}
        )
