"""Outlines from GeoJSON files, good and bad."""

import datetime as dt
import io
import json
import math

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.places import queries
from cncd.foundation.places.actions import Refused, load_boundaries
from cncd.foundation.places.models import Boundary
from cncd.foundation.places.outlines import POINTS, read_outlines, thinned

pytestmark = pytest.mark.django_db

SINCE = dt.date(2025, 1, 1)
SQUARE = [[106.0, 9.7], [106.1, 9.7], [106.1, 9.8], [106.0, 9.8], [106.0, 9.7]]


def feature(code="31552", rings=(SQUARE,), kind="Polygon", **properties):
    return {
        "type": "Feature",
        "properties": {"code": code} | properties,
        "geometry": {"type": kind, "coordinates": list(rings)},
    }


def read(*features):
    text = json.dumps({"type": "FeatureCollection", "features": list(features)})
    return read_outlines(io.BytesIO(text.encode()))


def test_outlines_are_stored_for_the_units_that_bear_the_codes_that_day(cast):
    outlines = read(feature("31552"), feature("943"))
    assert load_boundaries(outlines=outlines, since_on=SINCE, source="Sở TN&MT", by=cast.ha) == 2
    found = queries.boundaries([cast.nhon_my.pk, cast.ke_sach.pk, cast.tran_de.pk], SINCE)
    assert set(found) == {cast.nhon_my.pk, cast.ke_sach.pk}
    assert found[cast.nhon_my.pk]["type"] == "MultiPolygon"
    assert queries.boundaries([cast.nhon_my.pk], dt.date(2024, 1, 1)) == {}


def test_a_newer_outline_holds_from_its_day_and_a_second_try_replaces(cast):
    later = dt.date(2026, 1, 1)
    for day in (SINCE, later, later):
        load_boundaries(outlines=read(feature()), since_on=day, source="x", by=None)
    spans = Boundary.objects.order_by("since_on").values_list("since_on", "until_on")
    assert list(spans) == [(SINCE, later), (later, None)]


def test_unknown_codes_are_named_unless_they_are_to_be_skipped(cast):
    outlines = read(feature("31552"), feature("99999"))
    with pytest.raises(Refused) as refused:
        load_boundaries(outlines=outlines, since_on=SINCE, source="x", by=None)
    assert "99999" in str(refused.value)
    assert (
        load_boundaries(outlines=outlines, since_on=SINCE, source="x", by=None, skip_unknown=True)
        == 1
    )


def test_outlines_are_for_those_who_may_change_units(cast):
    with pytest.raises(PermissionDenied):
        load_boundaries(outlines=read(feature()), since_on=SINCE, source="x", by=cast.lan)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"[1, 2]",
        b'{"type": "FeatureCollection", "features": []}',
        b'{"features": [1]}',
        b"[" * 100_000,
    ],
)
def test_a_file_that_is_not_geojson_is_refused(content):
    with pytest.raises(Refused):
        read_outlines(io.BytesIO(content))


@pytest.mark.parametrize(
    "bad",
    [
        feature(code=""),
        feature(kind="Point"),
        feature(rings=[]),
        feature(rings=[[[106.0, 9.7], [106.1, 9.7]]]),
        feature(rings=[[[1_180_000, 570_000], [1_180_001, 570_000], [1_180_000, 570_001]]]),
        feature(rings=[[["a", "b"], [1, 2], [3, 4], [5, 6]]]),
        feature(rings="nothing"),
        {"type": "Feature", "properties": None, "geometry": None},
    ],
)
def test_a_feature_that_cannot_be_drawn_is_named(bad):
    with pytest.raises(Refused) as refused:
        read(bad)
    assert "1" in str(refused.value)


def test_the_same_code_twice_is_refused():
    with pytest.raises(Refused):
        read(feature(), feature())


def test_a_code_that_became_a_number_gets_its_zeros_back():
    [outline] = read(feature(code=None, MA_XA=1552))
    assert outline.code == "01552"


def test_a_detailed_coast_keeps_its_shape_in_few_points():
    circle = [
        [106 + math.cos(n / 5000 * math.tau) / 10, 9.7 + math.sin(n / 5000 * math.tau) / 10]
        for n in range(5000)
    ]
    [outline] = read(feature(rings=[circle]))
    [[ring]] = outline.geometry["coordinates"]
    assert 20 <= len(ring) <= POINTS
    assert ring[0] == ring[-1]
    assert all(abs(math.dist(point, (106, 9.7)) - 0.1) < 0.002 for point in ring)


def test_points_on_a_straight_line_go_and_corners_stay():
    ring = [[0, 0], [1, 0], [2, 0], [2, 1], [2, 2], [1, 2], [0, 2], [0, 1], [0, 0]]
    assert thinned(ring, 0.01) == [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]
