"""Whatever happens can be told: every event has a sentence, every value a label, in Vietnamese."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from django.utils.translation import override

from cncd.foundation.journal import words

ROOT = Path(__file__).resolve().parents[2] / "cncd"
EVENT = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")
ALWAYS = {"actor", "subject"}
# Values that serve machines: ids of records, never shown.
IDS = {"id", "team", "report", "place", "user", "membership", "person", "activity", "unit"}


def trees() -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the program that may record something."""
    for path in sorted(ROOT.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            yield path, ast.parse(path.read_text("utf-8"))


def patterns(node: ast.AST) -> set[str]:
    """The events an expression may come to, as patterns: f"report.{what}" is report\\..+"""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {re.escape(node.value)} if EVENT.fullmatch(node.value) else set()
    if isinstance(node, ast.JoinedStr):
        parts = [re.escape(p.value) if isinstance(p, ast.Constant) else ".+" for p in node.values]
        return {"".join(parts)}
    if isinstance(node, ast.IfExp):
        return patterns(node.body) | patterns(node.orelse)
    return set()


def used() -> dict[str, str]:
    """Pattern of an event → where it is recorded, or handed on under the name `event`."""
    found = {}
    for path, tree in trees():
        for node in ast.walk(tree):
            named = node.value if isinstance(node, ast.keyword) and node.arg == "event" else None
            if isinstance(node, ast.Assign) and any(
                isinstance(t, ast.Name) and t.id == "event" for t in node.targets
            ):
                named = node.value
            for pattern in patterns(named) if named else ():
                found[pattern] = f"{path.relative_to(ROOT)}:{named.lineno}"
    return found


def sentences() -> dict[str, tuple[words.Room, str]]:
    return {
        event: (room, str(sentence))
        for room in words.rooms()
        for event, sentence in room.sentences.items()
    }


def placeholders(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name}


def test_every_recorded_event_has_a_sentence():
    known = sentences()
    silent = [
        f"{where}: {pattern}"
        for pattern, where in used().items()
        if not any(re.fullmatch(pattern, event) for event in known)
    ]
    assert not silent, "no sentence in any sentences.py:\n" + "\n".join(silent)


def test_every_sentence_is_about_an_event_of_one_room():
    events = [event for room in words.rooms() for event in room.sentences]
    assert all(EVENT.fullmatch(event) for event in events)
    assert sorted(events) == sorted(set(events))


@pytest.mark.parametrize("room", words.rooms(), ids=lambda room: room.label)
def test_sentences_and_labels_are_in_vietnamese(room):
    texts = [*room.sentences.values(), *room.fields.values()]
    with override("en"):
        english = [str(text) for text in texts]
    with override("vi"):
        vietnamese = [str(text) for text in texts]
    same = [a for a, b in zip(english, vietnamese, strict=True) if a == b]
    assert not same
    for before, after in zip(english, vietnamese, strict=True):
        assert placeholders(before) == placeholders(after), before


def test_every_sentence_says_who():
    assert not [event for event, (_room, text) in sentences().items() if "{actor}" not in text]


def recorded() -> Iterator[tuple[str, str, set[str]]]:
    """(where, pattern of the event, literal keys of what is recorded)."""
    for path, tree in trees():
        for call in ast.walk(tree):
            options = {k.arg: k.value for k in getattr(call, "keywords", ())}
            if not isinstance(call, ast.Call) or "event" not in options:
                continue
            sides = [options[side] for side in ("before", "after", "personal") if side in options]
            keys = {
                key.value
                for side in sides
                for node in ast.walk(side)
                if isinstance(node, ast.Dict)
                for key in node.keys
                if isinstance(key, ast.Constant) and isinstance(key.value, str)
            }
            for pattern in patterns(options["event"]):
                yield f"{path.relative_to(ROOT)}:{call.lineno}", pattern, keys


def test_every_value_has_a_label_or_stands_in_the_sentence():
    known = sentences()
    lacking = []
    for where, pattern, keys in recorded():
        for event, (room, text) in known.items():
            if re.fullmatch(pattern, event):
                bare = keys - placeholders(text) - IDS
                lacking += [f"{where}: {k}" for k in bare if not room.label_of(k)]
    assert not lacking, "no label in FIELDS, so nobody sees it:\n" + "\n".join(sorted(lacking))
