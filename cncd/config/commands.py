"""The words of `cncd` that belong to no room: serve, worker, migrate, manage."""

import os
from pathlib import Path

import click
from django.utils.translation import gettext as _

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("serve", help=_("Serve the pages; on SQLite, run background jobs beside them."))
@click.option(
    "--host", help=_("Address to listen on; by default this machine only, with --tls all.")
)
@click.option("--port", type=int, help=_("Port to listen on; by default 8000, with --tls 8443."))
@click.option("--workers", type=click.IntRange(1), help=_("Server processes; by default 1 or 2."))
@click.option("--jobs/--no-jobs", default=None, help=_("Run background jobs in the same command."))
@click.option("--tls", is_flag=True, help=_("Speak https, with a certificate made here."))
@click.option("--tls-cert", type=FILE, help=_("Speak https with this certificate (PEM)."))
@click.option("--tls-key", type=FILE, help=_("The key of that certificate (PEM)."))
def serve(host, port, workers, jobs, tls, tls_cert, tls_key):
    from django.conf import settings
    from django.db import connection

    from cncd.config import securing, serving

    on_https = tls or tls_cert or tls_key
    host = host or ("0.0.0.0" if on_https else "127.0.0.1")  # noqa: S104
    port = port or (8443 if on_https else 8000)
    if not serving.is_free(host, port):
        raise click.ClickException(
            _("Port %(port)s is taken. Stop what runs there, or choose another: --port 8001")
            % {"port": port}
        )
    secured = None
    if on_https:
        secured = securing.secured(settings.DATA / "tls", host, port, (tls_cert, tls_key))
    serving.migrate()
    serving.collect_static()
    on_sqlite = connection.vendor == "sqlite"
    connection.close()
    for line in secured.said() if secured else said(host, port):
        click.echo(line)
    if secured:
        secured.take_effect()
    else:
        os.environ["CNCD_PORT"] = str(port)  # for the addresses in letters, feeds and documents
    with_worker = on_sqlite if jobs is None else jobs
    workers = workers or min(2, os.cpu_count() or 1)
    serving.serve(host=host, port=port, workers=workers, with_worker=with_worker, secured=secured)


def said(host: str, port: int):
    """What the window shows while pages are served in the open."""
    from django.conf import settings

    name = "localhost" if host in ("127.0.0.1", "localhost") else host
    yield _("Serving at %(address)s (Ctrl+C to stop)") % {"address": f"http://{name}:{port}"}
    if name != "localhost" and not settings.ORIGINS:
        yield _("Only this machine gets an answer until CNCD_ORIGINS names the public address.")


@click.command("worker", help=_("Run background and periodic jobs until stopped."))
def worker():
    from cncd.config.schedule import SCHEDULE
    from cncd.foundation.kit.worker import run_forever

    run_forever(SCHEDULE)


@click.command("migrate", help=_("Bring the database up to date."))
def migrate():
    from cncd.config import serving

    done = serving.migrate()
    click.echo(_("The database is now up to date.") if done else _("Nothing to do."))


@click.command("demo", help=_("Load a demo province with invented people; keep it if it is there."))
@click.option(
    "--tree",
    type=click.Choice(["2022", "2025"]),
    default="2022",
    show_default=True,
    help=_("Units of 2022 (four levels) or since July 2025 (three levels)."),
)
@click.option("--reset", is_flag=True, help=_("Delete everything and load it again."))
def demo(tree, reset):
    from cncd.config.demo.command import run

    run(tree, reset)


@click.command("export", help=_("Write everything to one file, uploads included."))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(file):
    from cncd.config.moving import export_all

    if file.exists():
        raise click.ClickException(_("%(file)s exists already.") % {"file": file})
    count = export_all(file, tell=click.echo)
    click.echo(_("Wrote %(count)s rows to %(file)s.") % {"count": count, "file": file})


@click.command("import", help=_("Read such a file into an empty installation."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(file):
    from cncd.config import serving
    from cncd.config.moving import NotEmpty, NotOurFile, import_all

    serving.migrate()
    try:
        count = import_all(file, tell=click.echo)
    except NotEmpty:
        raise click.ClickException(
            _("This installation already holds data. Import into an empty one.")
        ) from None
    except NotOurFile:
        raise click.ClickException(
            _("%(file)s was not written by “cncd export” of this version.") % {"file": file}
        ) from None
    click.echo(_("Read %(count)s rows.") % {"count": count})


@click.command(
    "manage",
    help=_("Run a Django management command, e.g. cncd manage shell."),
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments):
    from django.core.management import execute_from_command_line

    execute_from_command_line(["cncd manage", *arguments])


COMMANDS = [serve, worker, migrate, demo, export, import_, manage]
