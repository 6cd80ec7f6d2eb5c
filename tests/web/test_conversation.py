"""What a screen shows of a conversation, and what may be pressed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from storage.webchat_lines import Gone, Line, Said
from surveys.messages import Button, Location, Media, Outgoing, Text
from web.conversation import View, view

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
KEYS = ((Button("Ya"), Button("Tidak")),)
TOGGLES = ((Button("A", "1:a"), Button("Selesai", "1:done")),)


def shown(*said: Said, later: float = 0.0) -> View:
    lines = [Line(number=number, revision=number, said=one, at=NOW) for number, one in enumerate(said, start=1)]
    return view(
        lines,
        say=lambda sentence: sentence,
        now=NOW + timedelta(seconds=later),
        titles=lambda name: {"skm": "Survey of satisfaction"}.get(name, ""),
    )


@pytest.mark.parametrize(
    ("said", "labels", "placeholder"),
    [
        ((), [], ""),
        ((Outgoing(text="Setuju?", rows=KEYS, placeholder="ya/tidak", tag="1"),), ["Ya", "Tidak"], "ya/tidak"),
        ((Outgoing(text="Setuju?", rows=KEYS), Outgoing(text="Selesai.")), [], ""),
        ((Outgoing(text="Setuju?", rows=KEYS), Outgoing(text="Maaf.", keyboard="keep")), ["Ya", "Tidak"], ""),
        (
            (Outgoing(text="Setuju?", rows=KEYS, tag="1"), Outgoing(text="Nama?", placeholder="nama", tag="2")),
            [],
            "nama",
        ),
        ((Outgoing(text="Setuju?", rows=KEYS, tag="1"), Outgoing(text="Pilih", rows=TOGGLES, tag="2")), [], ""),
        ((Outgoing(text="Setuju?", rows=KEYS, tag="1"), Outgoing(text="Kabar", rows=TOGGLES)), ["Ya", "Tidak"], ""),
    ],
)
def test_the_keyboard_is_as_the_last_message_left_it(
    said: tuple[Said, ...], labels: list[str], placeholder: str
) -> None:
    found = shown(*said)
    assert [button.label for row in found.keyboard for button in row] == labels
    assert found.placeholder == placeholder


@pytest.mark.parametrize(
    ("said", "pressable"),
    [
        ((Outgoing(text="Pilih", rows=TOGGLES, tag="1"),), [1]),
        ((Outgoing(text="Pilih", rows=TOGGLES, tag="1"), Outgoing(text="Maaf.", keyboard="keep")), [1]),
        ((Outgoing(text="Pilih", rows=TOGGLES, tag="1"), Outgoing(text="Umur?", tag="2")), []),
        ((Outgoing(text="Pilih", rows=TOGGLES, tag="1"), Outgoing(text="Setuju?", rows=KEYS)), []),
        ((Outgoing(text="Pilih", rows=TOGGLES, tag="1"), Outgoing(text="Lagi", rows=TOGGLES, tag="2")), [2]),
        ((Outgoing(text="Kabar", rows=TOGGLES), Outgoing(text="Umur?", tag="2")), [1]),
        ((Outgoing(text="Pilih", rows=TOGGLES, tag="1"), Outgoing(text="Kabar", rows=TOGGLES)), [1, 2]),
    ],
)
def test_buttons_of_a_question_go_when_another_stands(said: tuple[Said, ...], pressable: list[int]) -> None:
    assert [bubble.number for bubble in shown(*said).bubbles if bubble.rows] == pressable


@pytest.mark.parametrize(("later", "waiting", "keys"), [(1.0, True, 0), (7.0, False, 1)])
def test_nothing_can_be_pressed_while_the_reply_is_on_its_way(later: float, *, waiting: bool, keys: int) -> None:
    found = shown(Outgoing(text="Setuju?", rows=KEYS, tag="1"), Text("Ya"), later=later)
    assert (found.waiting, len(found.keyboard)) == (waiting, keys)


@pytest.mark.parametrize(
    ("said", "newest"),
    [((), 0), ((Outgoing(text="a"), Text("b")), 0), ((Text("a"), Outgoing(text="b"), Outgoing(text="c")), 2)],
)
def test_reading_goes_on_where_the_visitor_spoke_last(said: tuple[Said, ...], newest: int) -> None:
    assert shown(*said).newest == newest


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (Text("/start"), "Start"),
        (Text("/start skm"), "Start: Survey of satisfaction"),
        (Text("/start tidak_ada"), "Start"),
        (Text("/starting"), "/starting"),
        (Media(kind="audio", reference="", size=2_621_440, file_name=""), "📎 Sound · 2.5 MB"),
        (
            Media(kind="image", reference="", size=5, file_name="a.jpg", caption="jalan"),
            "📎 Photo · a.jpg · 1 kB\njalan",
        ),
        (Location(-10.171812, 123.583212), "Location: -10.17181, 123.58321"),
        (Gone("anonymous"), "(anonymous answers sent and removed from this page)"),
        (Gone("secret"), "(shown once and removed from this page)"),
    ],
)
def test_a_line_in_words(said: Said, text: str) -> None:
    (bubble,) = shown(said).bubbles
    assert (bubble.text, bubble.note) == (text, isinstance(said, Gone))
