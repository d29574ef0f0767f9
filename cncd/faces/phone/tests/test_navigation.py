"""Wherever one is, a door of the phone says so."""

import pytest

from cncd.faces.phone.navigation import doors


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/m/", "Việc"),
        ("/m/log/", "Ghi"),
        ("/reports/write/1/2026-11/", "Báo cáo"),
        ("/reports/7/sent/", "Báo cáo"),
        ("/teams/mine/", "Sổ"),
        ("/account/", None),
    ],
)
def test_the_nearest_door_is_marked(rf, path, label):
    marked = [str(door.label) for door in doors(rf.get(path))["doors"] if door.is_here]
    assert marked == ([label] if label else [])
