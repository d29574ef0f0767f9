"""The words click itself says, so that they are translated in our own catalogue."""

import gettext
import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

WORDS = (
    _("Usage:"),
    _("Options"),
    _("Commands"),
    _("Positional arguments"),
    _("Show this message and exit."),
    _("Show the version and exit."),
    _("default: {default}"),
    _("required"),
    _("Aborted!"),
    _("Error: {message}"),
    _("Try '{command} {option}' for help."),
    _("Missing command."),
    _("Missing argument"),
    _("Missing option"),
    _("No such option {name!r}."),
    _("No such command {name!r}."),
    _("Invalid value: {message}"),
    _("Invalid value for {param_hint}: {message}"),
    _("{value!r} is not a valid {number_type}."),
    _("{name} {filename!r} does not exist."),
    _("file"),
    _("directory"),
    _("path"),
)
COUNTED_WORDS = (
    ngettext_lazy(
        "Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"
    ),
    ngettext_lazy("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    ngettext_lazy("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ngettext_lazy(
        "Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."
    ),
)


def speak(language: str) -> None:
    """Let click, which asks Python's own gettext, speak this language."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("django", Path(__file__).parent / "locale")
    gettext.textdomain("django")
