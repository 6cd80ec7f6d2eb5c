"""A conversation as text."""

from __future__ import annotations

import pytest

from bot.talk import Shown, done_line, lines_of
from surveys.messages import Button, Outgoing

KEYS = ((Button("ASN"), Button("Warga")),)
TOGGLES = ((Button("✅ KTP", "2:a"), Button("Surat", "2:b")), (Button("Selesai", "2:done"),))


def after(*said: tuple[str, Outgoing]) -> Shown:
    shown = Shown()
    for message_id, outgoing in said:
        shown.say(message_id, outgoing)
    return shown


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Warga", {"text": "Warga"}),
        ("[warga]", {"text": "Warga"}),
        ("2", {"text": "2"}),
        ("Surat", {"press": "2:b", "under": "5"}),
        ("[Surat]", {"press": "2:b", "under": "5"}),
        ("KTP", {"press": "2:a", "under": "5"}),
        ("✅ KTP", {"press": "2:a", "under": "5"}),
        ("saya butuh surat", {"text": "saya butuh surat"}),
        ("@foto.jpg", {"file": "foto.jpg"}),
        ("@-10.17, 123.58", {"location": (-10.17, 123.58)}),
        ("@", {"text": "@"}),
    ],
)
def test_what_a_typed_line_means(typed: str, meant: dict[str, object]) -> None:
    shown = after(("4", Outgoing(text="?", rows=KEYS)), ("5", Outgoing(text="Layanan?", rows=TOGGLES)))
    assert shown.meant(typed) == meant


def test_a_button_that_is_not_there_cannot_be_pressed() -> None:
    with pytest.raises(KeyError):
        after(("4", Outgoing(text="?", rows=KEYS))).meant("[Bantuan]")


@pytest.mark.parametrize(
    ("said", "keyboard"),
    [
        ((("1", Outgoing(text="?", rows=KEYS)),), ["ASN", "Warga"]),
        ((("1", Outgoing(text="?", rows=KEYS)), ("2", Outgoing(text="Selesai."))), []),
        ((("1", Outgoing(text="?", rows=KEYS)), ("2", Outgoing(text="Maaf.", keyboard="keep"))), ["ASN", "Warga"]),
        ((("1", Outgoing(text="?", rows=KEYS)), ("2", Outgoing(text="?", rows=TOGGLES, tag="2"))), []),
        ((("1", Outgoing(text="?", rows=KEYS)), ("2", Outgoing(text="Kabar", rows=TOGGLES))), ["ASN", "Warga"]),
    ],
)
def test_the_keyboard_is_as_the_last_message_left_it(
    said: tuple[tuple[str, Outgoing], ...], keyboard: list[str]
) -> None:
    assert [button.label for button in after(*said).keyboard] == keyboard


def test_the_buttons_of_a_question_go_when_another_stands() -> None:
    first, news = Outgoing(text="?", rows=TOGGLES, tag="2"), Outgoing(text="Kabar", rows=((Button("Hadir", "k"),),))
    shown = after(("5", news), ("6", first), ("7", Outgoing(text="Umur?", tag="3")))
    assert shown.meant("Surat") == {"text": "Surat"}
    assert shown.meant("Hadir") == {"press": "k", "under": "5"}


def test_an_edit_changes_the_buttons_of_its_message() -> None:
    shown = after(("5", Outgoing(text="?", rows=TOGGLES)), ("5", Outgoing(text="", edits="5")))
    assert shown.meant("Surat") == {"text": "Surat"}


@pytest.mark.parametrize(
    ("text", "buttons", "lines"),
    [
        ("Selamat pagi.", [], ["< Selamat pagi."]),
        ("Pilih:\n1 ASN\n2 Warga", ["ASN", "Warga"], ["< Pilih:", "  1 ASN", "  2 Warga   [ASN] [Warga]"]),
        ("Satu.\n\nDua?", ["Ya"], ["< Satu.", "", "  Dua?   [Ya]"]),
        ("", ["Ya"], ["<   [Ya]"]),
    ],
)
def test_what_was_said_as_lines(text: str, buttons: list[str], lines: list[str]) -> None:
    assert lines_of(text, buttons) == lines


@pytest.mark.parametrize(
    ("meant", "typed", "line"),
    [
        ({"text": "Warga"}, "Warga", "> Warga"),
        ({"press": "2:a", "under": "5"}, "KTP", "> [KTP]"),
        ({"press": "2:a", "under": "5"}, "[KTP]", "> [KTP]"),
        ({"file": "/home/ani/foto.jpg"}, "@/home/ani/foto.jpg", "> @photo"),
        ({"file": "suara.ogg"}, "@suara.ogg", "> @voice"),
        ({"file": "surat.pdf"}, "@surat.pdf", "> @file"),
        ({"location": (-10.17, 123.58)}, "@-10.17, 123.58 ", "> @-10.17, 123.58"),
    ],
)
def test_what_was_done_as_a_line(meant: dict[str, object], typed: str, line: str) -> None:
    assert done_line(meant, typed) == line
