"""`cncd demo`: builds the demo province once, and says who can sign in."""

import click
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from cncd.config import serving
from cncd.foundation.places.models import Place


def run(tree: str, reset: bool) -> None:
    """Migrates, builds unless it stands already, prints the logins. Refuses a database in use."""
    from cncd.config.demo.build import built

    if reset:
        drop()
    serving.migrate()
    standing = built()
    if standing is None:
        if Place.objects.exists():
            raise click.ClickException(
                _("The database %(name)s already holds data that is not the demo's.")
                % {"name": settings.DATABASES["default"]["NAME"]}
            )
        build(tree)
    elif standing != tree:
        text = _("The demo with the units of %(standing)s stays. For %(tree)s start over: %(how)s")
        how = f"cncd demo --tree {tree} --reset"
        click.echo(text % {"standing": standing, "tree": tree, "how": how})
    tell_logins()


def drop() -> None:
    """Empties the database: the file of SQLite, the tables of PostgreSQL."""
    from django.core.management import call_command

    if connection.vendor == "sqlite":
        connection.close()
        path = settings.DATABASES["default"]["NAME"]
        for suffix in ("", "-wal", "-shm"):
            type(settings.DATA)(f"{path}{suffix}").unlink(missing_ok=True)
    else:
        serving.migrate()
        call_command("flush", interactive=False, verbosity=0)


def build(tree: str) -> None:
    """Builds behind a progress bar."""
    from cncd.config.demo.build import Demo

    with click.progressbar(length=1000, label=_("Loading the demo province")) as bar:

        def tell(text: str, share: float) -> None:
            bar.label = text or _("Ready")
            bar.update(round(share * 1000) - bar.pos)

        Demo(tree, tell).build()


def tell_logins() -> None:
    """One login per role; they work on this machine only."""
    from cncd.config.demo.logins import PASSWORD, logins

    click.echo(_("Demo logins (this machine only), password: %(word)s") % {"word": PASSWORD})
    for login, who in logins():
        click.echo(f"  {login:<16}{who}")
