"""Geography: distances, areas and fences from "latitude longitude [altitude [accuracy]]" texts.

The earth is a ball of JavaRosa's equatorial radius; altitude does not count. Rule of the file: what is no place
makes distances NaN and fences false.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import pairwise

from surveys.expressions.call import ANY_NUMBER, Call, Function, all_values
from surveys.expressions.code import Code, of_number, of_truth
from surveys.expressions.coercion import NAN, Value, number_of_text, text_of
from surveys.expressions.scope import Scope

RADIUS = 6_378_100.0
"""Of the earth at the equator, in metres."""
MOST_POINTS = 2_000
"""Of a shape whose crossings are looked for: the work grows with the square."""

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def points_of(values: list[Value]) -> list[Point] | None:
    """The points of all values, of which each may be a line "point; point; …"; None if one is no place."""
    points: list[Point] = []
    for value in values:
        for text in text_of(value).strip().rstrip(";").split(";"):
            parts = [number_of_text(part) for part in text.split()]
            if not 2 <= len(parts) <= 4 or any(math.isnan(part) for part in parts):
                return None
            if abs(parts[0]) > 90 or abs(parts[1]) > 180:
                return None
            points.append((parts[0], parts[1]))
    return points


def distance(points: list[Point]) -> float:
    """Along the points, in metres (spherical law of cosines)."""
    return sum((_between(one, other) for one, other in pairwise(points)), 0.0)


def _between(one: Point, other: Point) -> float:
    latitude, other_latitude = math.radians(one[0]), math.radians(other[0])
    turn = math.cos(math.radians(one[1] - other[1]))
    cosine = math.sin(latitude) * math.sin(other_latitude) + math.cos(latitude) * math.cos(other_latitude) * turn
    return math.acos(min(max(cosine, -1.0), 1.0)) * RADIUS


def area(points: list[Point]) -> float:
    """Inside the points, in square metres: triangles on a plane that touches the earth at the first one."""
    if len(points) < 3:
        return 0.0
    degree = 2 * math.pi * RADIUS / 360
    latitude, longitude = points[0]
    flat = [((x - longitude) * degree * math.cos(math.radians(y)), (y - latitude) * degree) for y, x in points[1:]]
    return abs(sum((y1 * x2 - x1 * y2) / 2 for (x1, y1), (x2, y2) in pairwise(flat)))


def inside(point: Point, shape: list[Point]) -> bool:
    """Whether a ray from the point crosses the shape's border an odd number of times."""
    y, x = point
    within = False
    for (y1, x1), (y2, x2) in pairwise(shape):
        if (y1 > y) != (y2 > y) and x < (x1 - x2) * (y - y2) / (y1 - y2) + x2:
            within = not within
    return within


def crosses_itself(points: list[Point]) -> bool:
    """Whether two segments of a line or a shape meet anywhere but at the point that neighbours share."""
    segments = [(one, other) for one, other in pairwise(points) if one != other]
    closed = bool(segments) and segments[0][0] == segments[-1][1]
    for first, one in enumerate(segments):
        for second in range(first + 1, len(segments)):
            other = segments[second]
            if second == first + 1:
                met = _folds_back(one[0], one[1], other[1])
            elif closed and first == 0 and second == len(segments) - 1:
                met = _folds_back(one[1], one[0], other[0])
            else:
                met = _meet(one, other)
            if met:
                return True
    return False


def _turn(a: Point, b: Point, c: Point) -> int:
    """1 if c lies left of the line from a to b, -1 right, 0 on it."""
    area_twice = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (area_twice > 0) - (area_twice < 0)


def _folds_back(start: Point, corner: Point, end: Point) -> bool:
    """Two segments that share a corner lie on each other."""
    toward = (start[0] - corner[0]) * (end[0] - corner[0]) + (start[1] - corner[1]) * (end[1] - corner[1])
    return _turn(start, corner, end) == 0 and toward > 0


def _meet(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    (a, b), (c, d) = one, other
    turns = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    if turns[0] != turns[1] and turns[2] != turns[3]:
        return True
    ends = ((turns[0], a, b, c), (turns[1], a, b, d), (turns[2], c, d, a), (turns[3], c, d, b))
    return any(turn == 0 and _in_box(p, q, r) for turn, p, q, r in ends)


def _in_box(p: Point, q: Point, r: Point) -> bool:
    return min(p[0], q[0]) <= r[0] <= max(p[0], q[0]) and min(p[1], q[1]) <= r[1] <= max(p[1], q[1])


def _measure(calculate: Callable[[list[Point]], float]) -> Callable[[Call], Code]:
    def build(call: Call) -> Code:
        values = all_values(call.codes())

        def read(scope: Scope) -> float:
            points = points_of(values(scope))
            return NAN if points is None else calculate(points)

        return of_number(read)

    return build


def _geofence(call: Call) -> Code:
    places, shapes = all_values([call.code(0)]), all_values([call.code(1)])

    def read(scope: Scope) -> bool:
        place, shape = points_of(places(scope)[:1]), points_of(shapes(scope))
        return bool(place) and bool(shape) and inside(place[0], shape)  # type: ignore[index,arg-type]

    return of_truth(read)


def _intersects(call: Call) -> Code:
    values = all_values([call.code(0)])

    def read(scope: Scope) -> bool:
        points = points_of(values(scope))
        return points is not None and len(points) <= MOST_POINTS and crosses_itself(points)

    return of_truth(read)


FUNCTIONS: Mapping[str, Function] = {
    "area": Function(1, 1, _measure(area)),
    "distance": Function(1, ANY_NUMBER, _measure(distance)),
    "geofence": Function(2, 2, _geofence),
    "intersects": Function(1, 1, _intersects),
}
