"""The words of `cncd programme`."""

import datetime as dt

import click
from django.utils.translation import gettext as _


@click.group("programme", help=_("Indicators, contents and periods."))
def programme():
    pass


@programme.command(
    "seed", help=_("Add whatever is missing of the plan's catalogue, of roles and components.")
)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]),
    default=dt.datetime(2022, 1, 1),
    help=_("The day from which the programme is in force."),
)
def seed(since):
    from django.db import transaction
    from django.utils import timezone

    from cncd.foundation.people.actions import seed_roles
    from cncd.team.programme import actions, queries
    from cncd.team.teams.actions import seed_components

    try:
        with transaction.atomic():
            seed_roles()
            seed_components()
            added = actions.seed_programme(since=since.date())
    except actions.NotSetUp as refusal:
        raise click.ClickException(str(refusal)) from refusal
    actions.ensure_period(scheme=queries.scheme_in_use(), day=timezone.localdate())
    number = sum(added.values())
    click.echo(_("Added %(number)s rows.") % {"number": number} if number else _("Nothing to add."))


COMMANDS = [programme]
