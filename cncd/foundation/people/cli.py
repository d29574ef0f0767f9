"""`cncd user`: the first administrator, and a way in for somebody who is locked out."""

import click
from django.utils.translation import gettext as _


@click.group("user", help=_("Accounts: the first administrator, ways in."))
def user():
    """Words about accounts."""


@user.command("create-admin", help=_("Create an administrator of this installation."))
@click.argument("login")
@click.option("--name", required=True, help=_("Full name of the person."))
@click.option("--address", default="http://localhost:8000", show_default=True,
              help=_("Where the program is served."))  # fmt: skip
def create_admin(login, name, address):
    from django.db import transaction

    from cncd.foundation.people import actions

    try:
        with transaction.atomic():
            person = actions.add_person(full_name=name, by=None)
            account = actions.open_account(person=person, login=login, by=None, is_superuser=True)
            _link, token = actions.make_sign_in_link(user=account, purpose="invite", by=None)
    except actions.Refusal as refusal:
        raise click.ClickException(str(refusal.message)) from refusal
    click.echo(_("%(name)s is an administrator. The first way in, once:") % {"name": name})
    click.echo(f"{address.rstrip('/')}/in/{token}/")


@user.command("link", help=_("Print a one-time way in for an account."))
@click.argument("login")
@click.option("--address", default="http://localhost:8000", show_default=True,
              help=_("Where the program is served."))  # fmt: skip
def link(login, address):
    from cncd.foundation.people import actions
    from cncd.foundation.people.models import User

    account = User.objects.known_as(login).first()
    if not account:
        raise click.ClickException(_("There is no account “%(login)s”.") % {"login": login})
    try:
        made, token = actions.make_sign_in_link(user=account, purpose="reset", by=None)
    except actions.Refusal as refusal:
        raise click.ClickException(str(refusal.message)) from refusal
    from cncd.foundation.kit.figures import daytime

    click.echo(_("For %(name)s, once, until %(time)s:")
               % {"name": account, "time": daytime(made.expires_at)})  # fmt: skip
    click.echo(f"{address.rstrip('/')}/in/{token}/")


COMMANDS = [user]
