"""`cncd directives rebuild`."""

import click
from django.utils.translation import gettext as _


@click.group("directives", help=_("What units and teams were asked to do."))
def directives():
    pass


@directives.command("rebuild", help=_("Make all states over from the evidence."))
def rebuild():
    from cncd.work.directives.actions import rebuild as make_over
    from cncd.work.directives.evidence import follow_the_day

    follow_the_day()
    click.echo(_("%(n)d states were wrong and are right now.") % {"n": make_over()})


COMMANDS = [directives]
