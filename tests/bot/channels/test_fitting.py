from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.channels.base import Capabilities
from bot.channels.fitting import _fits, _fitted, fit, split
from surveys.messages import Button, MediaKind, Outgoing, rows_of

Pictures = tuple[tuple[MediaKind, str], ...]

SMALL = Capabilities(
    max_text=80,
    max_caption=20,
    max_label=12,
    row_width=24,
    max_per_row=4,
    max_buttons=6,
    max_inline_data=8,
    max_placeholder=5,
    edits=True,
    keyboards=True,
    inline=True,
    media=frozenset({"image"}),
    max_fetch=0,
    per_second=0,
)
SINCE = datetime(2026, 11, 24, 9, tzinfo=UTC)
PLAIN = replace(SMALL, keyboards=False, inline=False, edits=False, media=frozenset(), max_text=0)


def inline(*labels: str) -> tuple[tuple[Button, ...], ...]:
    return tuple((Button(label, f"1:{number}"),) for number, label in enumerate(labels))


def test_what_fits_is_left_as_it_is() -> None:
    outgoing = Outgoing(
        text="Setuju?",
        rows=((Button("Ya"), Button("Tidak")), (Button("Lewati"),)),
        placeholder="Ya",
        acknowledges="7",
        tag="3",
    )
    assert fit(outgoing, SMALL) == (outgoing,)


def test_long_text_is_split_and_the_last_part_has_the_buttons() -> None:
    first, second = "a" * 30 + ".\n\n" + "b" * 20, "c" * 60
    outgoing = Outgoing(
        text=f"{first}\n\n{second}", rows=rows_of(("Ya", "Tidak")), acknowledges="7", tag="3", erases_since=SINCE
    )
    assert fit(outgoing, SMALL) == (
        Outgoing(text=first, keyboard="keep", acknowledges="7", erases_since=SINCE),
        Outgoing(text=second, rows=rows_of(("Ya", "Tidak")), tag="3"),
    )


@pytest.mark.parametrize(
    ("text", "longest", "parts"),
    [
        ("", 10, []),
        (" \n ", 10, []),
        ("pendek", 10, ["pendek"]),
        ("panjang sekali", 0, ["panjang sekali"]),
        ("satu dua tiga", 9, ["satu dua", "tiga"]),
        ("Satu dua. Tiga empat.", 12, ["Satu dua.", "Tiga empat."]),
        ("Satu dua\ntiga empat", 12, ["Satu dua", "tiga empat"]),
        ("Satu dua\n\ntiga\nempat", 16, ["Satu dua", "tiga\nempat"]),
        ("a" * 25, 10, ["a" * 10, "a" * 10, "a" * 5]),
        ("aaaaaaaae\u0301x", 9, ["aaaaaaaa", "e\u0301x"]),
    ],
)
def test_split_cuts_where_a_reader_would(text: str, longest: int, parts: list[str]) -> None:
    assert split(text, longest) == parts


def test_labels_are_shortened_but_can_be_told_apart() -> None:
    labels = ("Dinas Pekerjaan Umum", "Dinas Pekerjaan Rumah", "Dinas Perhubungan", "Dinas Peker…")
    (message,) = fit(Outgoing(text="Pilih", rows=inline(*labels)), SMALL)
    assert [button.label for row in message.rows for button in row] == [
        "Dinas Pek…um",
        "Dinas Pek…ah",
        "Dinas Perhu…",
        "Dinas Peker…",
    ]


def test_wide_rows_become_rows_of_equal_length() -> None:
    scale = tuple(Button(str(number)) for number in range(6))
    wide = (Button("Setuju"), Button("Tidak setuju"), Button("Ragu"))
    (message,) = fit(Outgoing(text="?", rows=(scale,)), SMALL)
    assert message.rows == (scale[:3], scale[3:])
    (message,) = fit(Outgoing(text="?", rows=(wide,)), SMALL)
    assert message.rows == ((wide[0],), (wide[1],), (wide[2],))


def test_too_many_keys_are_listed_to_be_typed() -> None:
    labels = tuple(f"Nomor {number}" for number in range(8))
    (message,) = fit(Outgoing(text="Pilih", rows=rows_of(labels)), SMALL)
    assert message == Outgoing(text="Pilih\n• Nomor 6\n• Nomor 7", rows=rows_of(labels[:6]))


def test_too_many_inline_buttons_go_on_under_a_further_message() -> None:
    rows = inline(*(f"Nomor {number}" for number in range(8)))
    assert fit(Outgoing(text="Pilih", rows=rows, tag="3"), SMALL) == (
        Outgoing(text="Pilih", rows=rows[:6], tag="3"),
        Outgoing(text="…", rows=rows[6:], tag="3"),
    )


def test_keyboard_too_heavy_is_divided() -> None:
    light = replace(SMALL, max_buttons=0, max_keyboard_bytes=110)
    rows = inline("Satu", "Dua", "Tiga")
    assert [message.rows for message in fit(Outgoing(text="?", rows=rows), light)] == [rows[:2], rows[2:]]


def test_buttons_a_channel_cannot_show_are_listed() -> None:
    rows = ((Button("Ya"), Button("Peta", url="https://alak.example/peta")),)
    assert fit(Outgoing(text="Setuju?", rows=rows), PLAIN) == (
        Outgoing(text="Setuju?\n• Ya\n• Peta: https://alak.example/peta"),
    )


def test_data_too_long_for_a_button_is_listed_by_its_label() -> None:
    rows = ((Button("A", "1:a"), Button("B", "1:sangat-panjang")),)
    assert fit(Outgoing(text="Pilih", rows=rows), SMALL) == (Outgoing(text="Pilih\n• B", rows=((rows[0][0],),)),)


def test_picture_travels_with_a_short_text_and_before_a_long_one() -> None:
    media: Pictures = (("image", "a.jpg"),)
    short = Outgoing(text="Setuju?", rows=rows_of(("Ya",)), media=media)
    assert fit(short, SMALL) == (short,)
    long = Outgoing(text="Setuju dengan gambar ini?", rows=rows_of(("Ya",)), media=media, acknowledges="7")
    assert fit(long, SMALL) == (
        Outgoing(text="", media=media, keyboard="keep", acknowledges="7"),
        Outgoing(text="Setuju dengan gambar ini?", rows=rows_of(("Ya",))),
    )


def test_picture_stands_before_buttons_that_will_change() -> None:
    media: Pictures = (("image", "a.jpg"), ("audio", "a.mp3"))
    assert fit(Outgoing(text="Pilih", rows=inline("A"), media=media), SMALL) == (
        Outgoing(text="", media=(("image", "a.jpg"),), keyboard="keep"),
        Outgoing(text="Pilih", rows=inline("A")),
    )


def test_change_is_one_message_and_says_only_what_changes() -> None:
    text = "a" * 70 + "\n\n" + "b" * 20
    sent = Outgoing(text=text, rows=inline("A"), media=(("image", "a.jpg"),))
    *_, prompt = fit(sent, SMALL)
    assert fit(replace(sent, edits="5"), SMALL) == (replace(prompt, edits="5"),)


def test_buttons_are_taken_away_by_a_change_without_any() -> None:
    retired = Outgoing(text="", edits="5")
    assert fit(retired, SMALL) == (retired,)
    assert fit(retired, PLAIN) == ()


def test_acknowledgement_alone_stays_one() -> None:
    assert fit(Outgoing(text="", acknowledges="7"), SMALL) == (Outgoing(text="", acknowledges="7"),)


def test_channel_without_edits_gets_a_new_message() -> None:
    assert fit(Outgoing(text="Pilih", edits="5"), PLAIN) == (Outgoing(text="Pilih"),)


def test_placeholder_too_long_is_left_out() -> None:
    assert fit(Outgoing(text="?", placeholder="1–5"), SMALL)[0].placeholder == "1–5"
    assert fit(Outgoing(text="?", placeholder="sebuah angka"), SMALL)[0].placeholder == ""


def test_old_reply_keyboard_goes_with_the_text_before_inline_buttons() -> None:
    text = "a" * 70 + "\n\n" + "b" * 20
    messages = fit(Outgoing(text=text, rows=inline("A")), SMALL)
    assert [message.keyboard for message in messages] == ["remove", "remove"]
    messages = fit(Outgoing(text=text), SMALL)
    assert [message.keyboard for message in messages] == ["keep", "remove"]


def test_secret_stays_secret_in_every_part() -> None:
    messages = fit(Outgoing(text="PIN " + "1 " * 80, secret=True), SMALL)
    assert {message.secret for message in messages} == {True}


_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="•")
_LABELS = st.text(_CHARACTERS, max_size=30)
_INLINE = st.lists(
    st.lists(st.builds(Button, _LABELS, st.text("ab:1é", min_size=1, max_size=12)), min_size=1, max_size=12), max_size=8
)
_KEYS = st.lists(st.lists(st.builds(Button, _LABELS), min_size=1, max_size=12), max_size=8)
_OUTGOING = st.builds(
    Outgoing,
    text=st.text(_CHARACTERS, max_size=400),
    rows=st.one_of(_INLINE, _KEYS).map(lambda rows: tuple(map(tuple, rows))),
    edits=st.sampled_from(["", "5"]),
    acknowledges=st.sampled_from(["", "7"]),
    placeholder=st.text(max_size=8),
    media=st.lists(st.sampled_from([("image", "a.jpg"), ("audio", "b.mp3")]), max_size=2).map(tuple),
)
_CAPABILITIES = st.sampled_from([SMALL, PLAIN, replace(SMALL, max_keyboard_bytes=300), replace(SMALL, inline=False)])


@given(_OUTGOING, _CAPABILITIES)
@settings(max_examples=120)
def test_fitting_never_loses_a_choice(outgoing: Outgoing, capabilities: Capabilities) -> None:
    sent = replace(outgoing, edits="")  # a change says only what changes: the list stands in what was sent
    messages = fit(sent, capabilities)
    shown = [button for message in messages for row in message.rows for button in row]
    listed = "\n".join(message.text for message in messages)
    changed = fit(outgoing, capabilities)
    assert [button for message in changed for row in message.rows for button in row] == shown
    asked = [button for row in outgoing.rows for button in row]
    kept = [(button.data, button.url, button.ask) for button in shown]
    for button in asked:
        found = (button.data, button.url, button.ask) in kept
        words = " ".join(button.label.split()) or "…"
        assert found or all(word in listed for word in words.split())
    assert len(shown) + listed.count("•") >= len(asked)


@given(_OUTGOING, _CAPABILITIES)
@settings(max_examples=120)
def test_labels_that_differed_still_differ(outgoing: Outgoing, capabilities: Capabilities) -> None:
    labels = {" ".join(button.label.split()) or "…" for row in outgoing.rows for button in row}
    messages = fit(replace(outgoing, edits=""), capabilities)
    shown = {button.label for message in messages for row in message.rows for button in row}
    listed = sum(message.text.count("•") for message in messages)
    assert len(shown) + listed >= len(labels)


@given(_OUTGOING, _CAPABILITIES)
@settings(max_examples=120)
def test_fitted_messages_are_within_the_limits(outgoing: Outgoing, capabilities: Capabilities) -> None:
    messages = fit(outgoing, capabilities)
    for message in messages:
        buttons = [button for row in message.rows for button in row]
        assert len(message.text) <= (capabilities.max_text or len(message.text))
        assert not message.media or len(message.text) <= capabilities.max_caption
        assert len(message.media) <= 1
        assert {kind for kind, _ in message.media} <= capabilities.media
        assert len(buttons) <= capabilities.max_buttons
        assert all(0 < len(row) <= capabilities.max_per_row for row in message.rows)
        assert all(0 < len(button.label) <= capabilities.max_label for button in buttons)
        assert all(len(button.data.encode()) <= capabilities.max_inline_data for button in buttons)
        assert len(message.placeholder) <= max(capabilities.max_placeholder, 0)
        assert message.text or message.media or message.edits or message.acknowledges
        if capabilities.max_keyboard_bytes:
            written = [[{"text": b.label, "callback_data": b.data} for b in row] for row in message.rows]
            size = len(json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode())
            assert len(message.rows) == 1 or size <= capabilities.max_keyboard_bytes
    assert [message.acknowledges for message in messages[1:]] == [""] * len(messages[1:])
    assert fit(outgoing, capabilities) == messages


@given(st.text(_CHARACTERS, max_size=300), st.integers(1, 60))
@settings(max_examples=120)
def test_split_loses_nothing_but_white_space(text: str, longest: int) -> None:
    parts = split(text, longest)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(0 < len(part) <= longest for part in parts)


@given(_OUTGOING, _CAPABILITIES)
@settings(max_examples=120)
def test_what_is_sent_as_it_is_would_not_have_been_changed(outgoing: Outgoing, capabilities: Capabilities) -> None:
    assume(_fits(outgoing, capabilities))
    assert _fitted(outgoing, capabilities) == (outgoing,)
