"""`cncd places …`: trees, hamlets, successions, the index."""

from pathlib import Path

import click
from django.utils.translation import gettext as _

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("places", help=_("Units: load the published trees, hamlets, successions."))
def places():
    """The words of this room."""


@places.command("load", help=_("Load the units of a tree: one province, or all."))
@click.option("--tree", type=click.Choice(["2022", "2025"]), required=True, help=_("Which tree."))
@click.option("--province", metavar="CODE", help=_("Code of one province, e.g. 94."))
@click.option("--all", "everything", is_flag=True, help=_("The whole country."))
@click.option("--open-ended", is_flag=True, help=_("Do not end the units of 2022 on 1/7/2025."))
def load(tree, province, everything, open_ended):
    from cncd.foundation.places.actions import load_tree
    from cncd.foundation.places.loading import DataMissing

    if bool(province) == everything:
        raise click.UsageError(_("Name one province (--province CODE), or --all."))
    try:
        found = _telling(load_tree, tree=tree, province=province, open_ended=open_ended, by=None)
    except DataMissing as missing:
        raise click.ClickException(str(missing)) from None
    click.echo(_("%(count)s units were loaded.") % {"count": len(found)})


@places.command("successions", help=_("Carry out a list of mergers, splits and abolitions."))
@click.argument("file", type=FILE, required=False)
def successions(file):
    from cncd.foundation.places.actions import reorganise
    from cncd.foundation.places.passings import SHIPPED

    lines = _telling(succession_lines, file or SHIPPED)
    done = _telling(reorganise, lines=lines, by=None)
    click.echo(
        _("%(ended)s units ended, %(new)s took over, %(moved)s moved.")
        % {"ended": done["ended"], "new": done["new"], "moved": done["moved"]}
    )


@places.command("import-hamlets", help=_("Import hamlets from an Excel or CSV file."))
@click.argument("file", type=FILE)
def import_hamlets(file):
    from cncd.foundation.places.actions import import_hamlets

    lines = _telling(hamlet_lines, file)
    done = _telling(import_hamlets, lines=lines, by=None)
    click.echo(_("%(new)s hamlets are new, %(changed)s were changed.") % done)


@places.command("rebuild", help=_("Rebuild the index of who stands above whom."))
def rebuild():
    from cncd.foundation.places.actions import rebuild_index

    click.echo(_("%(count)s rows were put right.") % {"count": rebuild_index()})


def succession_lines(file: Path) -> list:
    """The rows of a list of successions; raises Refused with the rows that cannot be read."""
    from cncd.foundation.kit.excel import read_sheet
    from cncd.foundation.places.passings import Passed, headings

    with file.open("rb") as upload:
        sheet = read_sheet(upload, headings())
    _refuse([error for row in sheet for error in row.errors])
    return [Passed.of(row) for row in sheet]


def hamlet_lines(file: Path) -> list:
    """The rows of a file of hamlets, checked; raises Refused with those that are wrong."""
    from django.utils import timezone

    from cncd.foundation.kit.excel import read_sheet
    from cncd.foundation.places.hamlets import check_hamlets, headings

    with file.open("rb") as upload:
        sheet = read_sheet(upload, headings())
    checked = check_hamlets(sheet, by=None, day=timezone.localdate())
    _refuse([error for row in sheet for error in row.errors])
    return [found for found in checked if found.differs]


def _refuse(errors: list) -> None:
    from cncd.foundation.places.actions import Refused

    if errors:
        raise Refused([str(error) for error in errors])


def _telling(call, *args, **options):
    """Calls, and turns a refusal into a message on the terminal."""
    from django.core.exceptions import ValidationError

    try:
        return call(*args, **options)
    except ValidationError as refused:
        raise click.ClickException("\n".join(refused.messages)) from None


COMMANDS = [places]
