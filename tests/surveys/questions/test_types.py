"""Every file of a question type: its documented row loads, its words are its own, nothing a person sends breaks it."""

from __future__ import annotations

import re
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyxform.xls2xform import convert

from surveys.messages import Blocked, Edit, Location, Media, Other, Press, Reply, Text
from surveys.questions import Parsed, Read, Sent, Toggled, Unreadable, Unsure, known_types, types
from surveys.survey import Question
from tests.surveys.questions.asked import choice, parse, prompt, question

CHOICES = (choice("a", "Alfa"), choice("b", "Beta"), choice("ya", "Ya"), choice("tidak", "Tidak ada"))
KINDS = sorted(known_types())


def rows_of(module: ModuleType) -> list[str]:
    """The table in the docstring of a question type."""
    return [line for line in (module.__doc__ or "").splitlines() if line.startswith("|")]


def of_kind(kind: str) -> Question:
    listed = CHOICES if kind in {"select_one", "select_multiple", "rank"} else ()
    return question(kind, choices=listed, parameters={"chat_media": "audio image"} if kind == "text" else {})


def test_each_word_belongs_to_one_file() -> None:
    words = [word for module in types.values() for word in module.TYPES]  # type: ignore[attr-defined]
    assert sorted(words) == KINDS


def test_all_the_standard_asks_for_can_be_asked() -> None:
    assert known_types() == {
        "text",
        "barcode",
        "integer",
        "decimal",
        "range",
        "select_one",
        "select_multiple",
        "rank",
        "date",
        "time",
        "dateTime",
        "acknowledge",
        "geopoint",
        "image",
        "audio",
        "video",
        "file",
    }


@pytest.mark.parametrize("name", sorted(types))
def test_the_documented_rows_load(name: str) -> None:
    module = types[name]
    assert isinstance(module, ModuleType)
    form = "\n".join(rows_of(module))
    loaded = convert(form, file_type=".md")
    asked = {row.split("|")[2].split()[0] for row in rows_of(module) if re.match(r"\| \| [a-z_A-Z]+ ", row)}
    assert loaded.warnings == []
    assert set(module.TYPES) <= asked


FILE = {"reference": "f", "mime": "", "size": 100}
REPLIES = st.one_of(
    st.text().map(Text),
    st.text(alphabet="0123456789.,-+/: tidakyasemuabesoklupapukulrpjuta\n\u200b½②١", max_size=40).map(Text),
    st.text(alphabet="7:tpdoneclar0123456789-", max_size=12).map(Press),
    st.builds(Location, st.floats(), st.floats(), st.floats()),
    st.sampled_from(["sticker", "contact", "poll", "forward"]).map(Other),
    st.builds(
        Media,
        kind=st.sampled_from(["image", "audio", "video", "file"]),
        reference=st.text(),
        mime=st.sampled_from(["", "image/png", "audio/ogg", "nonsense"]),
        size=st.integers(0, 10**9),
        seconds=st.integers(0, 10**5),
        caption=st.text(),
    ),
    st.builds(Edit, st.text(), st.text().map(Text)),
    st.booleans().map(Blocked),
)


@pytest.mark.parametrize("kind", KINDS)
@given(
    reply=REPLIES,
    selection=st.lists(st.sampled_from(["a", "b", "gone"]), unique=True).map(tuple),
    page=st.integers(-3, 9),
)
def test_nothing_a_person_sends_breaks_it(kind: str, reply: Reply, selection: tuple[str, ...], page: int) -> None:
    asked = of_kind(kind)
    found: Parsed = parse(asked, reply, selection=selection, page=page)
    match found:
        case Read(value):
            assert value
        case Unsure(values):
            assert values
            assert all(values)
        case Unreadable(expected):
            assert expected
        case Toggled():
            assert kind in {"select_multiple", "rank"}
        case Sent(media):
            assert media == reply


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("what", ["sticker", "contact", "poll", "forward", "game"])
def test_what_is_out_of_place_gets_a_sentence(kind: str, what: str) -> None:
    found = parse(of_kind(kind), Other(what))
    assert isinstance(found, Unreadable)
    assert re.fullmatch(r"[A-Z].+\.", found.expected)


@pytest.mark.parametrize("kind", KINDS)
@given(
    selection=st.lists(st.sampled_from(["a", "b", "gone"]), unique=True).map(tuple),
    page=st.integers(-3, 9),
    turn=st.integers(0, 10**9),
)
def test_buttons_fit_every_channel(kind: str, selection: tuple[str, ...], page: int, turn: int) -> None:
    shown = prompt(of_kind(kind), selection=selection, page=page, turn=turn)
    buttons = [button for row in shown.rows for button in row]
    assert all(0 < len(button.label) <= 20 and len(button.data.encode()) <= 64 for button in buttons)
    assert len({bool(button.data) for button in buttons}) <= 1
    assert len(shown.rows) <= 10


@pytest.mark.parametrize("kind", ["select_one", "select_multiple", "rank"])
def test_without_choices_there_is_a_way_out(kind: str) -> None:
    asked = question(kind)
    assert prompt(asked).rows == ()
    found = parse(asked, "1")
    assert found == Unreadable("There is no choice that fits here. Please type SKIP or BACK.")
