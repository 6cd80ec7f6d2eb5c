"""A place on the map."""

from __future__ import annotations

import pytest

from surveys.messages import Button, Location
from surveys.questions import Prompt, Read, Unreadable, Unsure
from tests.surveys.questions.asked import dump, parse, prompt, question

ASKED = question("geopoint")
EXPECTED = "Please send your location, or type latitude and longitude, for example -10.17, 123.58."


def test_prompt() -> None:
    assert prompt(ASKED) == Prompt(rows=((Button("Send my location", ask="location"),),), placeholder="-10.17, 123.58")


def test_a_shared_location() -> None:
    assert parse(ASKED, Location(-10.1787561, 123.597603, 12.5)) == Read("-10.1787561 123.597603 0 12.5")
    assert parse(ASKED, Location(float("nan"), 0.0)) == Unreadable(EXPECTED)
    assert parse(ASKED, Location(91.0, 0.0)) == Unreadable(EXPECTED)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("-10.17, 123.58", "-10.17 123.58 0 0"),
        ("-10.17 123.58", "-10.17 123.58 0 0"),
        ("-10,17 123,58", "-10.17 123.58 0 0"),
        ("-10,17,123,58", "-10.17 123.58 0 0"),
        ("-10,17; 123,58", "-10.17 123.58 0 0"),
        ("−10.17, 123.58", "-10.17 123.58 0 0"),
        ("10.17 LS, 123.58 BT", "-10.17 123.58 0 0"),
        ("10.17 S 123.58 E", "-10.17 123.58 0 0"),
        ("10.17° LS 123.58° BT", "-10.17 123.58 0 0"),
        ("lat -10.17 long 123.58", "-10.17 123.58 0 0"),
        ("-10, 123", "-10 123 0 0"),
        ("-10.17, 123.58, 30, 5", "-10.17 123.58 30 5"),
        ("https://maps.google.com/?q=-10.17,123.58", "-10.17 123.58 0 0"),
        ("https://www.google.com/maps/@-10.1785,123.5976,15z", "-10.1785 123.5976 0 0"),
        ("geo:-10.17,123.58", "-10.17 123.58 0 0"),
    ],
)
def test_typed(typed: str, value: str) -> None:
    assert parse(ASKED, typed) == Read(value)


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("10.17, 123.58", ("-10.17 123.58 0 0", "10.17 123.58 0 0")),
        ("10,17 123,58", ("-10.17 123.58 0 0", "10.17 123.58 0 0")),
        ("lat 10.17 long 123.58", ("-10.17 123.58 0 0", "10.17 123.58 0 0")),
        ("10.17, 123.58, 30, 5", ("-10.17 123.58 30 5", "10.17 123.58 30 5")),
        ("123.58, 10.17", ("-10.17 123.58 0 0", "10.17 123.58 0 0")),
        ("10, 123", ("-10 123 0 0", "10 123 0 0")),
        ("5 120", ("-5 120 0 0", "5 120 0 0")),
        ("8 12", ("8 12 0 0",)),
        ("10 20", ("10 20 0 0",)),
        ("0 0", ("0 0 0 0",)),
        ("-33.86, 151.2", ("-33.86 151.2 0 0",)),
        ("123.58, -10.17", ("-10.17 123.58 0 0",)),
        ("10.17 LU 123.58 BT", ("-10.17 123.58 0 0", "10.17 123.58 0 0")),
    ],
)
def test_what_may_be_another_place_is_asked_back(typed: str, values: tuple[str, ...]) -> None:
    assert parse(ASKED, typed) == Unsure(values)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("5.89, 95.32", "5.89 95.32 0 0"),
        ("-8.49, 140.4", "-8.49 140.4 0 0"),
        ("1.49 124.84", "1.49 124.84 0 0"),
        ("https://maps.google.com/?q=51.5,-0.12", "51.5 -0.12 0 0"),
    ],
)
def test_a_place_in_indonesia_or_a_link_is_certain(typed: str, value: str) -> None:
    assert parse(ASKED, typed) == Read(value)


@pytest.mark.parametrize(
    "typed",
    ["di depan kantor", "-10.17", "-10,17", "1 2 3", "100, 200", "-10.17, 181", "jalan 5 nomor 7", "", "5 rumah 7"],
)
def test_no_place(typed: str) -> None:
    assert parse(ASKED, typed) == Unreadable(EXPECTED)


def test_shown() -> None:
    assert dump(ASKED, "-10.17 123.58 0 0") == "-10.17, 123.58"
    assert dump(ASKED, "-10.17 123.58 0 12.5") == "-10.17, 123.58, 0, 12.5"
