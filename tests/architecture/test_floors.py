"""The house stands: ForeignKeys go downstairs only, and every room is known everywhere."""

import configparser
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
WINGS = ["foundation", "team", "work", "results", "faces"]


def wing(room: str) -> int:
    return WINGS.index(room.split(".")[1])


def test_foreign_keys_go_downstairs_only():
    climbing = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for room in settings.ROOMS
        for model in apps.get_app_config(room.rpartition(".")[2]).get_models()
        for field in model._meta.get_fields()
        if field.concrete
        and field.is_relation
        and field.related_model.__module__.startswith("cncd.")
        and wing(field.related_model.__module__) > wing(room)
    ]
    assert climbing == []


def test_every_room_is_installed():
    on_disk = {
        ".".join(path.parent.relative_to(ROOT).parts) for path in ROOT.glob("cncd/*/*/apps.py")
    }
    assert on_disk == set(settings.ROOMS)


def test_rooms_are_listed_from_the_ground_floor_up():
    assert sorted(settings.ROOMS, key=wing) == settings.ROOMS


def test_every_room_has_a_floor():
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    for name in WINGS:
        section = contracts[f"importlinter:contract:{name}"]
        listed = set(section["layers"].replace("|", " ").replace(":", " ").split())
        rooms = {room.rpartition(".")[2] for room in settings.ROOMS if room.split(".")[1] == name}
        assert rooms <= listed
        assert section.getboolean("exhaustive")


def test_every_room_with_models_has_migrations():
    # `makemigrations --check` says nothing about a room that has none at all.
    lacking = [
        room
        for room in settings.ROOMS
        if any(apps.get_app_config(room.rpartition(".")[2]).get_models())
        and not (ROOT / room.replace(".", "/") / "migrations" / "0001_initial.py").is_file()
    ]
    assert lacking == []
