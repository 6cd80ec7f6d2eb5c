"""What is shown of an answer reads as that answer again."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from surveys.messages import Location
from surveys.questions import Parsed, Read, Unsure
from surveys.survey import Choice, Question
from surveys.text.numbers import plain
from tests.surveys.questions.asked import NOW, dump, parse, question

LANGUAGES = st.sampled_from(["id", "en"])


def back(asked: Question, value: str, language: str = "id") -> Parsed:
    return parse(asked, dump(asked, value, language=language), language=language)


@given(st.integers(-(10**15) + 1, 10**15 - 1), LANGUAGES)
def test_integer(number: int, language: str) -> None:
    assert back(question("integer"), str(number), language) == Read(str(number))


@given(st.decimals(-(10**9), 10**9, places=6), LANGUAGES)
def test_decimal(number: Decimal, language: str) -> None:
    assert back(question("decimal"), plain(number), language) == Read(plain(number))


@given(st.integers(0, 1000).map(lambda thousandths: plain(Decimal(thousandths) / 1000)), LANGUAGES)
def test_decimal_with_three_places(value: str, language: str) -> None:
    assert back(question("decimal"), value, language) == Read(value)


@given(st.integers(0, 10), LANGUAGES)
def test_range(step: int, language: str) -> None:
    asked = question("range", parameters={"start": "0", "end": "5", "step": "0.5"})
    value = plain(Decimal(step) / 2)
    assert back(asked, value, language) == Read(value)


@given(st.dates(date(1900, 1, 1), date(2126, 1, 1)), LANGUAGES)
def test_date(day: date, language: str) -> None:
    assert back(question("date"), day.isoformat(), language) == Read(day.isoformat())


@given(st.dates(date(1900, 1, 1), date(2126, 1, 1)))
def test_month_and_year(day: date) -> None:
    month, year = day.replace(day=1).isoformat(), day.replace(month=1, day=1).isoformat()
    assert back(question("date", appearance=("month-year",)), month) == Read(month)
    assert back(question("date", appearance=("year",)), year) == Read(year)


@given(st.times(), LANGUAGES)
def test_time(moment: time, language: str) -> None:
    value = f"{moment:%H:%M}"
    assert back(question("time"), value, language) == Read(value)


@given(st.integers(-(10**7), 10**7), LANGUAGES)
def test_date_with_time(minutes: int, language: str) -> None:
    moment: datetime = NOW + timedelta(minutes=minutes)
    value = f"{moment:%Y-%m-%dT%H:%M}"
    assert back(question("dateTime"), value, language) == Read(value)


@given(st.floats(-11, -0.001), st.floats(95, 141), st.floats(0, 5000))
def test_geopoint(latitude: float, longitude: float, accuracy: float) -> None:
    asked = question("geopoint")
    first = parse(asked, Location(latitude, longitude, accuracy))
    assert isinstance(first, Read)
    assert back(asked, first.value) == first


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(0, 5000))
def test_geopoint_elsewhere(latitude: float, longitude: float, accuracy: float) -> None:
    asked = question("geopoint")
    first = parse(asked, Location(latitude, longitude, accuracy))
    assert isinstance(first, Read)
    again = back(asked, first.value)
    assert again == first or (isinstance(again, Unsure) and first.value in again.values)


def test_acknowledge() -> None:
    assert back(question("acknowledge"), "OK") == Read("OK")


@given(st.text())
def test_text(text: str) -> None:
    first = parse(question("text"), text)
    assume(isinstance(first, Read))
    assert isinstance(first, Read)
    assert back(question("text"), first.value) == first


@pytest.mark.parametrize(
    ("kind", "value"), [("phone", "+6281234567890"), ("nip", "198609262015051001"), ("name", "Maria T. Nunbaun")]
)
def test_text_of_a_kind(kind: str, value: str) -> None:
    assert back(question("text", chat_kind=kind), value) == Read(value)


# ---- choices -----------------------------------------------------------------------------------------

LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"))
WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=9)
PHRASES = st.lists(WORDS, min_size=1, max_size=4).map(lambda words: " ".join(words).capitalize())


def named(labels: list[str]) -> tuple[Choice, ...]:
    return tuple(Choice(name=f"n{place}", label={"id": label}) for place, label in enumerate(labels))


@given(st.lists(st.text(LETTERS, min_size=1, max_size=30), min_size=1, max_size=8), st.data())
def test_select_one_with_any_labels(labels: list[str], data: st.DataObject) -> None:
    """Any label at all comes back, unless another choice has the same one."""
    asked = question("select_one", choices=named(labels))
    place = data.draw(st.integers(0, len(labels) - 1))
    alike = sum(label.strip() == labels[place].strip() for label in labels)
    assume(alike == 1 and labels[place].strip())
    assert back(asked, f"n{place}") == Read(f"n{place}")


@given(st.lists(PHRASES, min_size=2, max_size=8, unique_by=str.casefold), st.data())
def test_select_multiple(labels: list[str], data: st.DataObject) -> None:
    asked = question("select_multiple", choices=named(labels))
    places = data.draw(st.lists(st.integers(0, len(labels) - 1), min_size=1, unique=True).map(sorted))
    value = " ".join(f"n{place}" for place in places)
    assert back(asked, value) == Read(value)


@given(st.lists(PHRASES, min_size=2, max_size=8, unique_by=str.casefold), st.data())
def test_rank(labels: list[str], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(labels))))
    asked = question("rank", choices=named(labels))
    value = " ".join(f"n{place}" for place in order)
    assert back(asked, value) == Read(value)


BUNDLED = [
    "Adil, tidak pilih kasih",
    "Jujur, tanpa pungutan",
    "Ramah dan sopan",
    "Memakai komputer/aplikasi",
    "Tidak ada informasi",
    "Tidak ada",
    "1–9",
    "≥20",
    "10–19",
    "Kurang dari 1 tahun",
    "Manulai II",
    "III/a Penata Muda",
    "Ya, lewat chat ini",
    "E-learning",
    "Bimtek",
    "Coaching/mentoring",
    "Ada tetapi tidak berfungsi",
    "HP dan laptop",
    "HP saja",
]


@pytest.mark.parametrize("kind", ["select_multiple", "rank"])
@given(data=st.data())
def test_labels_with_commas_strokes_and_negations(kind: str, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(BUNDLED) - 1), min_size=1, unique=True))
    places = sorted(places) if kind == "select_multiple" else places
    asked = question(kind, choices=named(BUNDLED), parameters={"chat_rank": str(len(places))})
    value = " ".join(f"n{place}" for place in places)
    assert back(asked, value) in (Read(value), Unsure((value,)))
    if len(places) > 1 or kind == "rank":
        assert back(asked, value) == Read(value)
