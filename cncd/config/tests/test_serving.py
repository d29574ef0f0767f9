"""What is made ready before pages are served."""

from cncd.config import serving


def test_the_server_is_given_a_number_for_localhost():
    command = serving.server_command("localhost", 8000, 2)
    assert command[command.index("--host") + 1] == "127.0.0.1"


def test_static_files_are_collected_once_and_again_when_one_changes(tmp_path, settings):
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a{}")
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [source], tmp_path / "collected"
    settings.STATIC_ROOT.mkdir()
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    assert serving.collect_static()
    assert not serving.collect_static()
    (source / "a.css").write_text("a{color:red}")
    assert serving.collect_static()
    assert (tmp_path / "collected" / "a.css").read_text() == "a{color:red}"
