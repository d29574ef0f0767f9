"""A picture of the units below a place: outlines when loaded, dots by coordinates, else tiles."""

import math
from dataclasses import dataclass

from cncd.foundation.places.models import Boundary, Place, PlaceVersion

WIDTH, HEIGHT, EDGE = 640, 420, 28
CLASSES = 5
CROWD = 24


@dataclass(frozen=True)
class Shape:
    """One unit: an SVG path, or a dot (or tile) at x, y; `shade` 0 is "no figure", else a class."""

    place: Place
    shade: int
    x: float
    y: float
    path: str = ""


@dataclass(frozen=True)
class Picture:
    shapes: list[Shape]
    limits: list[float]  # upper ends of the classes
    is_tiles: bool
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def radius(self) -> int:
        """Smaller dots where there are many units."""
        return 16 if self.is_tiles and not self.is_crowded else 5 if self.is_crowded else 9

    @property
    def is_crowded(self) -> bool:
        """Too many units for a name beside each: names come on pointing, on focus, and below."""
        return len(self.shapes) > CROWD


def picture(places: list[Place], values: dict[int, float | None], day) -> Picture:
    """The picture of the places on the day, shaded by value in equal steps."""
    limits = classes([v for v in values.values() if v is not None])
    points = _points(places, day)
    outlines = dict(
        Boundary.objects.on(day).filter(place__in=places).values_list("place", "geometry")
    )
    missing = len(points) < len(places)
    if missing:
        points = _tiles(places)
    project = _projection(points, outlines if not missing else {})
    shapes = [
        Shape(
            place,
            shade(values.get(place.pk), limits),
            *_rounded(project(points[place.pk])),
            path=_path(outlines[place.pk], project) if place.pk in outlines and not missing else "",
        )
        for place in places
    ]
    return Picture(shapes, limits, missing)


def classes(values: list[float]) -> list[float]:
    """Upper ends of up to five equal steps from the least to the greatest value."""
    if not values:
        return []
    low, high = min(values), max(values)
    if low == high:
        return [high]
    step = (high - low) / CLASSES
    return [low + step * n for n in range(1, CLASSES)] + [high]


def shade(value: float | None, limits: list[float]) -> int:
    """1 for the lowest class up to 5; 0 when there is no figure."""
    if value is None:
        return 0
    return next((n for n, limit in enumerate(limits, 1) if value <= limit), len(limits))


def _points(places: list[Place], day) -> dict[int, tuple[float, float]]:
    rows = PlaceVersion.objects.on(day).filter(place__in=places).exclude(latitude=None)
    return {row.place_id: (row.longitude, row.latitude) for row in rows}


def _tiles(places: list[Place]) -> dict[int, tuple[float, float]]:
    """Places in rows, in their order, when there are no coordinates."""
    across = math.ceil(math.sqrt(len(places) * 1.6)) or 1
    return {place.pk: (n % across, -(n // across)) for n, place in enumerate(places)}


def _projection(points: dict, outlines: dict):
    """Degrees to picture: north up, proportions kept at this latitude."""
    known = list(points.values()) + [
        point for geometry in outlines.values() for ring in _rings(geometry) for point in ring
    ]
    west, east = min(p[0] for p in known), max(p[0] for p in known)
    south, north = min(p[1] for p in known), max(p[1] for p in known)
    narrow = math.cos(math.radians((south + north) / 2))
    scale = min(
        (WIDTH - 2 * EDGE) / max((east - west) * narrow, 1e-9),
        (HEIGHT - 2 * EDGE) / max(north - south, 1e-9),
    )
    left = (WIDTH - (east - west) * narrow * scale) / 2
    top = (HEIGHT - (north - south) * scale) / 2

    def project(point):
        return left + (point[0] - west) * narrow * scale, top + (north - point[1]) * scale

    return project


def _rounded(point) -> tuple[float, float]:
    return round(point[0], 1), round(point[1], 1)


def _rings(geometry: dict):
    """Every ring of a Polygon or MultiPolygon."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return [ring for polygon in polygons for ring in polygon]


def _path(geometry: dict, project) -> str:
    parts = []
    for ring in _rings(geometry):
        points = [project(point) for point in ring]
        parts.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z")
    return "".join(parts)
