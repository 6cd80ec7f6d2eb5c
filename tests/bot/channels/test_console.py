"""The terminal as a channel."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.base import Channel, Receipt, SendError
from bot.channels.console import Console
from surveys.messages import Address, Button, Incoming, Location, Media, Other, Outgoing, Press, Reply, Text

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def quiet(message_id: str, outgoing: Outgoing) -> None:
    """Shows nothing."""


def test_it_is_a_channel() -> None:
    assert isinstance(Console(quiet), Channel)


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ({"text": "halo"}, Text("halo")),
        ({"press": "2:a", "under": "7"}, Press("2:a", "7")),
        ({"location": (-10.17, 123)}, Location(-10.17, 123.0)),
        ({"sticker": True}, Other("sticker")),
        (
            {"file": "tidak/ada/foto.jpg", "caption": "jalan"},
            Media(
                kind="image",
                reference="tidak/ada/foto.jpg",
                mime="image/jpeg",
                file_name="foto.jpg",
                caption="jalan",
            ),
        ),
        ({"file": "a.bin.xyz"}, Media(kind="file", reference="a.bin.xyz", file_name="a.bin.xyz")),
    ],
)
def test_an_update_is_read(said: dict[str, object], reply: Reply) -> None:
    update = {"person": "ani", "number": 7, "language": "id", **said}
    assert Console(quiet).parse(update, NOW) == Incoming(
        address=Address("console", "ani"), external_id="7", reply=reply, sent_at=NOW, message_id="7", language="id"
    )


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"person": "ani", "number": 1},
        {"person": "ani", "number": "1", "text": "x"},
        {"person": "ani", "number": 1, "text": 7},
        {"person": "ani", "number": 1, "location": ("a", "b")},
    ],
)
def test_what_is_no_update_is_refused(update: dict[str, object]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        Console(quiet).parse(update, NOW)


async def test_messages_and_updates_are_numbered_in_one_line() -> None:
    shown: list[tuple[str, str]] = []
    console = Console(lambda message_id, outgoing: shown.append((message_id, outgoing.text)), after=100)
    assert console.next_number() == 101
    assert await console.send("ani", Outgoing(text="Umur?")) == Receipt("102")
    console.parse({"person": "ani", "number": 110, "text": "x"}, NOW)
    receipt = await console.send("ani", Outgoing(text="Pilih", rows=((Button("A", "1:a"),),)))
    assert receipt == Receipt("111")
    assert await console.send("ani", Outgoing(text="Pilih", edits="111")) == receipt
    assert await console.send("ani", Outgoing(text="", acknowledges="x")) == Receipt()
    assert shown == [("102", "Umur?"), ("111", "Pilih"), ("111", "Pilih")]


async def test_a_file_is_fetched_from_this_machine(tmp_path: Path) -> None:
    path = tmp_path / "surat.pdf"
    path.write_bytes(b"%PDF" * 50_000)
    console = Console(quiet)
    incoming = console.parse({"person": "ani", "number": 1, "file": str(path)}, NOW)
    assert incoming is not None
    assert isinstance(incoming.reply, Media)
    assert (incoming.reply.size, incoming.reply.mime) == (200_000, "application/pdf")
    assert b"".join([piece async for piece in console.fetch(incoming.reply)]) == b"%PDF" * 50_000
    path.unlink()
    with pytest.raises(SendError) as raised:
        [piece async for piece in console.fetch(incoming.reply)]
    assert raised.value.permanent
