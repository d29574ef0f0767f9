"""The command `cncd`. Its own words are here; a room adds its own in its `cli.py`: `COMMANDS`.

A room's `cli.py` imports its actions inside the function bodies: asking for help must be quick.
"""

import os
import sys
from importlib import import_module
from importlib.util import find_spec

import click

from cncd.config import click_words

LANGUAGES = ("vi", "en")


def chosen_language(arguments: list[str], environment: dict[str, str]) -> str:
    """The language of help: --lang, then CNCD_LANG, then the locale when it is ours, else vi."""
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1]
    for name in ("CNCD_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name, "")[:2] in LANGUAGES:
            return environment[name][:2]
    return LANGUAGES[0]


def room_commands() -> list[click.Command]:
    """What config and every room contribute, in the order of the floors."""
    from django.conf import settings

    modules = ["cncd.config.commands", *(f"{room}.cli" for room in settings.ROOMS)]
    return [
        command
        for module in modules
        if find_spec(module)
        for command in import_module(module).COMMANDS
    ]


def build() -> click.Group:
    """The whole command, with help in the active language."""
    from django.utils.translation import gettext as _

    @click.group(
        help=_("CNCĐ: community digital technology teams, from hamlet to province."),
        # The other language, so that nobody is stuck in front of the wrong one.
        epilog="English: cncd --lang en --help · Tiếng Việt: cncd --lang vi --help",
    )
    @click.option("--lang", type=click.Choice(LANGUAGES), help=_("Language of the messages."))
    @click.version_option(package_name="cncd", message="cncd %(version)s")
    def cncd(lang):
        """`lang` was read before, since help itself is written in it."""

    for command in room_commands():
        cncd.add_command(command)
    return cncd


def main() -> None:
    """Entry point of `cncd` and of `python -m cncd.config.cli`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cncd.config.settings")
    language = chosen_language(sys.argv[1:], dict(os.environ))
    if language not in LANGUAGES:
        language = LANGUAGES[0]
    import django
    from django.utils import translation

    django.setup()
    translation.activate(language)
    click_words.speak(language)
    build()(prog_name="cncd")


if __name__ == "__main__":
    main()
