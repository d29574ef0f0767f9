"""The words of `cncd teams`."""

import click
from django.utils.translation import gettext as _


@click.group("teams", help=_("Teams: the index of places they fall under."))
def teams():
    """Each command calls one action."""


@teams.command("rebuild", help=_("Rebuild the index of the places each team falls under, by date."))
def rebuild():
    from cncd.team.teams.actions import rebuild_index

    changed = rebuild_index()
    if changed:
        said = _("The index of teams was wrong in %(count)s rows; now right.")
        click.echo(said % {"count": changed})
    else:
        click.echo(_("The index of teams was right already."))


COMMANDS = [teams]
