"""The documents say what the code does: references fresh, links alive, labels on real pages."""

import subprocess
import sys

from scripts import docs


def test_the_documents_are_true():
    # In a process of its own: help texts are read in English there, in Vietnamese here.
    command = [sys.executable, "scripts/docs.py", "--check"]
    done = subprocess.run(command, cwd=docs.ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_pictures_of_the_readme_are_small():
    pictures = sorted((docs.ROOT / "docs" / "pictures").glob("*.png"))
    assert pictures
    assert [each.name for each in pictures if each.stat().st_size > 200_000] == []


def test_a_dead_link_a_lost_path_and_a_strange_label_are_seen(tmp_path, monkeypatch):
    guides = tmp_path / "docs" / "huong-dan"
    guides.mkdir(parents=True)
    (guides / "x.md").write_text("[x](gone.md) `cncd/gone.py` [Nút không có] [Hoàn tác]")
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    assert len(list(docs.dead_ends())) == 2
    assert list(docs.strange_labels()) == ["docs/huong-dan/x.md: no page says “Nút không có”"]
