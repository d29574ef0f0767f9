"""`cncd totals rebuild`."""

import click
from django.utils.translation import gettext as _


@click.group("totals", help=_("The sums of every place and month."))
def totals():
    pass


@totals.command("rebuild", help=_("Make all totals over from the reports and logs."))
@click.option("--period", help=_("One month only, e.g. 2026-11."))
def rebuild(period):
    from cncd.results.totals.actions import rebuild as make_over
    from cncd.team.programme.models import Period

    periods = Period.objects.order_by("first_day")
    periods = list(periods.filter(code=period) if period else periods)
    if period and not periods:
        raise click.ClickException(_("There is no such month."))
    with click.progressbar(length=len(periods), label=_("Adding up")) as bar:
        make_over(periods=periods, progress=lambda _period: bar.update(1))


COMMANDS = [totals]
