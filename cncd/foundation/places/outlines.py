"""Outlines of places from a GeoJSON file: read, checked, and made light enough for a page."""

import json
import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cncd.foundation.places.checks import Refused

MAX_BYTES = 20_000_000
POINTS = 300  # that remain of one place
DECIMALS = 5  # of a degree: about a metre
CODES = ("code", "ma", "ma_xa", "maxa", "ma_dvhc", "ward_code", "district_code", "province_code")
FEATURE, SHAPES = "Feature", ("Polygon", "MultiPolygon")

Ring = list[list[float]]


@dataclass(frozen=True)
class Outline:
    """The outline of the unit with this code, as in the file."""

    code: str
    geometry: dict


def read_outlines(upload) -> list[Outline]:
    """The outlines in a GeoJSON file, simplified; raises Refused with what is wrong, and where."""
    content = upload.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise Refused(_("The file is larger than %(most)s MB.") % {"most": MAX_BYTES // 1_000_000})
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Refused(_("This is not a GeoJSON file.")) from None
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list) or not features:
        raise Refused(_("The file holds no features; export it as a GeoJSON FeatureCollection."))
    found = [_outline(feature, number) for number, feature in enumerate(features, 1)]
    twice = _first_repeated([outline.code for outline in found])
    if twice:
        raise Refused(_("Code %(code)s stands there twice.") % {"code": twice})
    return found


def _first_repeated(codes: list[str]) -> str:
    seen: set[str] = set()
    return next((code for code in codes if code in seen or seen.add(code)), "")


def _outline(feature, number: int) -> Outline:
    is_feature = isinstance(feature, dict) and feature.get("type") == FEATURE
    properties = feature.get("properties") if is_feature else None
    code = _code(properties if isinstance(properties, dict) else {})
    if not code:
        raise Refused(
            _("Feature %(number)s has no code: give it a property “code” with the unit's code.")
            % {"number": number}
        )
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict) or geometry.get("type") not in SHAPES:
        raise Refused(
            _("Feature %(number)s (code %(code)s) is not a Polygon or MultiPolygon.")
            % {"number": number, "code": code}
        )
    try:
        polygons = geometry["coordinates"]
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        polygons = [[_ring(ring) for ring in polygon] for polygon in polygons]
        if not polygons or not all(polygons):
            raise ValueError
    except (KeyError, TypeError, ValueError, IndexError):
        raise Refused(
            _("Feature %(number)s (code %(code)s) has no valid coordinates in degrees (WGS 84).")
            % {"number": number, "code": code}
        ) from None
    return Outline(code, simplified(polygons))


def _code(properties: dict) -> str:
    by_name = {str(name).lower(): value for name, value in properties.items()}
    for name in CODES:
        value = by_name.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            # A number has lost its leading zeros: provinces have two digits, communes five.
            value = str(value)
            value = value.zfill(2 if len(value) < 3 else 3 if len(value) == 3 else 5)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def _ring(ring: list) -> Ring:
    points = [[float(point[0]), float(point[1])] for point in ring]
    for longitude, latitude in points:
        if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
            raise ValueError
    if points[0] != points[-1]:
        points.append(points[0])
    if len(points) < 4:
        raise ValueError
    return points


# -- fewer points -------------------------------------------------------------------------------


def simplified(polygons: list[list[Ring]], points: int = POINTS) -> dict:
    """A MultiPolygon of at most about so many points; what is closer than the eye sees goes."""
    tolerance = 0.0
    while True:
        kept = [[thinned(ring, tolerance) for ring in polygon] for polygon in polygons]
        # A ring of four points is a triangle and cannot lose more; islands that small may go.
        count = sum(len(ring) for polygon in kept for ring in polygon)
        if count <= points or tolerance > 1:
            break
        tolerance = tolerance * 1.5 or 0.00005
    rounded = [
        [[[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring] for ring in polygon]
        for polygon in kept
    ]
    return {"type": "MultiPolygon", "coordinates": rounded}


def thinned(ring: Ring, tolerance: float) -> Ring:
    """The ring without points that lie within the tolerance (degrees) of the line they are on."""
    if tolerance <= 0 or len(ring) <= 4:
        return ring
    # A closed ring has no ends: it is cut at the point farthest from its first one.
    far = max(range(len(ring)), key=lambda n: math.dist(ring[0], ring[n]))
    keep = {0, far, len(ring) - 1}
    spans = [(0, far), (far, len(ring) - 1)]
    while spans:
        start, end = spans.pop()
        between = range(start + 1, end)
        middle = max(
            between, key=lambda n: _distance(ring[n], ring[start], ring[end]), default=None
        )
        if middle and _distance(ring[middle], ring[start], ring[end]) > tolerance:
            keep.add(middle)
            spans += [(start, middle), (middle, end)]
    thin = [ring[number] for number in sorted(keep)]
    return thin if len(thin) >= 4 else [ring[0], *ring[1:-1][:2], ring[-1]]


def _distance(point: list[float], start: list[float], end: list[float]) -> float:
    """From the point to the line from start to end."""
    length = math.dist(start, end)
    if length == 0:
        return math.dist(point, start)
    along = (end[0] - start[0]) * (start[1] - point[1]) - (start[0] - point[0]) * (
        end[1] - start[1]
    )
    return abs(along) / length
