"""A place on the map.

| survey | | | |
| | type | name | label |
| | geopoint | lokasi | Di mana letaknya? |

Rule of the file: shared as a location, or typed as latitude and longitude; kept as "latitude longitude altitude
accuracy" in degrees (WGS 84) and metres, as the standard does. Typed figures that are no place in Indonesia, and bare
whole numbers, are asked back: a minus sign is easily forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from surveys.errors import Problem
from surveys.messages import Button, Location, Reply, Text
from surveys.questions import Asking, Parsed, Prompt
from surveys.questions._replies import answer
from surveys.survey import Question
from surveys.text.meaning import NOTHING, Meaning, certain, perhaps
from surveys.text.normal import cleaned

TYPES = ("geopoint",)
_LONGEST = 300
_NUMBER = re.compile(r"[-+]?\d{1,3}(?:[.,]\d{1,15})?")
_POINTED = re.compile(r"[-+]?\d{1,7}(?:\.\d{1,15})?")
_DECIMAL_COMMA = re.compile(r"\d,\d")
_SOUTH, _NORTH, _WEST, _EAST = -11.1, 6.2, 94.9, 141.1
"""Indonesia, from Ndana to Rondo and from Benggala to the Merauke border, with a few kilometres of sea around it."""
_SIDES = {
    "s": -1,
    "ls": -1,
    "selatan": -1,
    "n": 1,
    "lu": 1,
    "utara": 1,
    "w": -1,
    "bb": -1,
    "barat": -1,
    "e": 1,
    "bt": 1,
    "timur": 1,
}
_LINK = re.compile(r"(?:[?&@=:/]|geo:)(-?\d{1,2}\.\d+),(?:%20|\+)?(-?\d{1,3}\.\d+)")
_WORD = re.compile(r"[a-z]+")
_KNOWN = frozenset(
    {
        "lat",
        "lon",
        "long",
        "lng",
        "latitude",
        "longitude",
        "lintang",
        "bujur",
        "koordinat",
        "lokasi",
        "titik",
        "gps",
        "pak",
        "bu",
        *_SIDES,
    }
)


def prompt(question: Question, asking: Asking) -> Prompt:  # noqa: ARG001 -- all types prompt alike
    """A button that shares where one stands."""
    _ = asking.say
    return Prompt(rows=((Button(_("Send my location"), ask="location"),),), placeholder="-10.17, 123.58")


def parse(question: Question, reply: Reply, asking: Asking) -> Parsed:  # noqa: ARG001 -- all types parse alike
    """The point as "latitude longitude altitude accuracy"."""
    _ = asking.say
    if isinstance(reply, Location):
        meaning = _point(reply.latitude, reply.longitude, 0.0, max(reply.accuracy, 0.0))
    else:
        meaning = _typed(reply.text) if isinstance(reply, Text) else NOTHING
    return answer(
        meaning, lambda: _("Please send your location, or type latitude and longitude, for example -10.17, 123.58.")
    )


def _typed(text: str) -> Meaning:
    if len(text) > _LONGEST:
        return NOTHING
    typed = cleaned(text)
    link = _LINK.search(typed)
    if link is not None:
        return _point(float(link[1]), float(link[2]), 0.0, 0.0)
    if not set(_WORD.findall(typed)) <= _KNOWN:
        return NOTHING
    numbers = _numbers(typed)
    if len(numbers) not in {2, 4}:
        return NOTHING
    latitude, longitude, *rest = numbers
    swapped = abs(latitude) > 90 >= abs(longitude) and not rest
    if swapped:
        latitude, longitude = longitude, latitude
    altitude, accuracy = rest or (0.0, 0.0)
    meaning = _point(latitude, longitude, altitude, accuracy)
    bare = latitude >= 0 and latitude.is_integer() and longitude.is_integer()
    if _in_indonesia(latitude, longitude) and not (bare or swapped):
        return meaning
    forgotten = latitude > 0 and _in_indonesia(-latitude, longitude)  # the minus sign
    southern = _point(-latitude, longitude, altitude, accuracy) if forgotten else NOTHING
    return perhaps(*southern.values, *meaning.values)


def _in_indonesia(latitude: float, longitude: float) -> bool:
    return _SOUTH <= latitude <= _NORTH and _WEST <= longitude <= _EAST


def _numbers(typed: str) -> list[float]:
    """The numbers of "-10.17, 123.58", "-10,17 123,58" or "10.17 LS 123.58 BT"; none if it is anything else."""
    plain = typed.replace("°", " ")
    if "." in plain or _DECIMAL_COMMA.search(plain) is None:
        found = [(match[0], match.end()) for match in _POINTED.finditer(plain)]
    else:
        found = [(match[0].replace(",", "."), match.end()) for match in _NUMBER.finditer(plain)]
    numbers: list[float] = []
    for figure, end in found:
        side = re.match(r"\s*([a-z]+)", plain[end:])
        factor = _SIDES.get(side[1], 1) if side is not None else 1
        number = float(figure)
        numbers.append(-number if factor < 0 < number else number)
    return numbers


def _point(latitude: float, longitude: float, altitude: float, accuracy: float) -> Meaning:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and abs(altitude) < 20000 and 0 <= accuracy < 10**7):
        return NOTHING
    return certain(" ".join(_plain(part) for part in (latitude, longitude, altitude, accuracy)))


def _plain(number: float) -> str:
    text = f"{number:.7f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def dump(question: Question, value: str, asking: Asking) -> str:  # noqa: ARG001 -- all types dump alike
    """Latitude and longitude, with altitude and accuracy where they are known."""
    parts = value.split()
    return ", ".join(parts[:2] if parts[2:] == ["0", "0"] else parts)


def check(question: Question, say: Callable[[str], str] = str) -> tuple[Problem, ...]:  # noqa: ARG001 -- nothing can be wrong with it alone
    """Nothing of its own."""
    return ()
