"""`cncd` explains itself in Vietnamese and in English, down to the last option."""

import os
import re
import subprocess
import sys

import click
import pytest
from django.utils import translation

from cncd.config import cli, click_words

VIETNAMESE_LETTER = re.compile(
    "[àáạảãăắằẳẵặâấầẩẫậđèéẹẻẽêếềểễệìíịỉĩòóọỏõôốồổỗộơớờởỡợùúụủũưứừửữự]", re.I
)


def run(*arguments, **environment) -> str:
    kept = {name: os.environ[name] for name in ("CNCD_DATA", "PATH")}
    done = subprocess.run(
        [sys.executable, "-m", "cncd.config.cli", *arguments],
        env={**kept, **environment},
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


def all_commands(command=None, path=()):
    command = command or cli.build()
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from all_commands(child, (*path, name))


def test_help_is_vietnamese_unless_asked_otherwise():
    assert "Mở máy chủ" in run("--help")
    assert "Cách dùng:" in run("serve", "--help", LANG="C.UTF-8")


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [(("--lang", "en"), {}), (("--lang=en",), {"LANG": "vi_VN"}), ((), {"LANG": "en_US.UTF-8"})],
)
def test_help_is_english_when_asked(arguments, environment):
    said = run(*arguments, "serve", "--help", **environment)
    assert "Serve the pages" in said
    assert not VIETNAMESE_LETTER.search(said)


def test_a_mistyped_command_is_answered_in_vietnamese():
    assert "Không có lệnh 'serv'" in run("serv")


def test_the_language_is_looked_for_in_order():
    choose = cli.chosen_language
    assert choose([], {}) == "vi"
    assert choose([], {"LANG": "fr_FR"}) == "vi"
    assert choose([], {"LANG": "en_US", "CNCD_LANG": "vi"}) == "vi"
    assert choose(["--lang", "en"], {"CNCD_LANG": "vi"}) == "en"


def test_every_command_and_option_is_explained():
    silent = [
        " ".join((*path, getattr(parameter, "name", "")))
        for path, command in all_commands()
        for parameter in (command, *command.params)
        if not isinstance(parameter, click.Argument) and not parameter.help
    ]
    assert silent == []


def test_no_two_rooms_use_the_same_word():
    words = [command.name for command in cli.room_commands()]
    assert len(words) == len(set(words))


def test_what_click_itself_says_is_in_our_catalogue():
    with translation.override("vi"):
        assert all(
            str(word) != word._args[0] for word in click_words.WORDS if hasattr(word, "_args")
        )
