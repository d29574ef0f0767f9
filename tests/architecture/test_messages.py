"""Vietnamese is complete, contradiction-free, and gathered as scripts/messages.py promises."""

import subprocess
import sys

import pytest

from scripts import messages

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext
print(_("Save"), pgettext("month", "May"), ngettext("%(n)d team", "%(n)d teams", 2))
"""
TEMPLATE = """{% load i18n %}<h1 title="{% trans 'Teams' %}">{{ _("Search") }}</h1>
{% blocktranslate count n=total %}{{ n }} member{% plural %}{{ n }} members{% endblocktranslate %}
{% blocktranslate trimmed %}
  Nothing here yet.
  It's "empty".
{% endblocktranslate %}{% translate "May" context "verb" %}
"""


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A tree with one room, shelf."""
    folder = tmp_path / "cncd" / "wing" / "shelf"
    (folder / "templates").mkdir(parents=True)
    (folder / "tests").mkdir()
    (folder / "apps.py").touch()
    (folder / "views.py").write_text(CODE)
    (folder / "templates" / "page.html").write_text(TEMPLATE)
    (folder / "tests" / "test_x.py").write_text("_('only in a test')")
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    return folder


def test_messages_are_found_in_code_and_in_templates(room):
    assert set(messages.untranslated()["shelf"]) == {
        "%(n)d team",
        "%(n)s member",
        'Nothing here yet. It\'s "empty".',
        "Save",
        "Search",
        "Teams",
        "May",
    }
    contexts = {message.context for message in messages.extract_messages(room) if message.context}
    assert contexts == {"month", "verb"}


def test_an_update_keeps_translations_adds_the_new_and_drops_the_dead(room):
    messages.update({"shelf"})
    path = messages.catalogue_path(room)
    text = path.read_text().replace('msgid "Save"\nmsgstr ""', 'msgid "Save"\nmsgstr "Lưu"')
    path.write_text(text)
    messages.update({"shelf"})
    assert path.read_text() == text

    (room / "views.py").write_text('_("Save"); _("Delete")')
    messages.update({"shelf"})
    text = path.read_text()
    assert 'msgid "Save"\nmsgstr "Lưu"' in text
    assert 'msgid "Delete"' in text
    assert "May" in text
    assert "%(n)d team" not in text
    assert "Save" not in messages.untranslated()["shelf"]


def test_a_catalogue_holds_no_dates_and_no_line_numbers(room):
    messages.update({"all"})
    text = messages.catalogue_path(room).read_text()
    assert "Date" not in text
    assert "#:" not in text


def test_a_stale_catalogue_is_compiled_once(room):
    messages.update({"shelf"})
    assert messages.compile_stale() == 1
    assert messages.catalogue_path(room).with_suffix(".mo").stat().st_size > 0
    assert messages.compile_stale() == 0


def test_a_lost_placeholder_is_named(room):
    messages.update({"shelf"})
    path = messages.catalogue_path(room)
    text = path.read_text()
    path.write_text(
        text.replace('"%(n)d teams"\nmsgstr[0] ""', '"%(n)d teams"\nmsgstr[0] "%(m)d tổ"')
    )
    assert any("%(n)d team" in fault for fault in messages.faults())


def test_two_wordings_for_one_message_are_named(room):
    other = room.parent / "table"
    (other / "templates").mkdir(parents=True)
    (other / "apps.py").touch()
    for folder in (room, other):
        (folder / "views.py").write_text('_("Save")')
    messages.update({"all"})
    for folder, word in ((room, "Lưu"), (other, "Ghi")):
        path = messages.catalogue_path(folder)
        path.write_text(path.read_text().replace('"Save"\nmsgstr ""', f'"Save"\nmsgstr "{word}"'))
    assert len(messages.contradictions()) == 1


def test_a_wrong_call_is_answered_with_help():
    done = subprocess.run(
        [sys.executable, "scripts/messages.py", "update"], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "update all" in done.stdout


def test_nothing_in_the_program_is_left_untranslated():
    assert messages.untranslated() == {}


def test_no_translation_would_break_at_run_time():
    assert messages.faults() == []


def test_no_two_rooms_contradict_each_other():
    assert messages.contradictions() == []
