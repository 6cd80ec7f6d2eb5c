"""The web chat as a channel: updates in, lines out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.base import Channel, Receipt, SendError
from bot.channels.webchat import CAPABILITIES, WebChat
from storage.database import Database, open_database
from storage.tables import metadata
from storage.vault import Vault
from storage.webchat import Transcripts
from surveys.messages import Address, Button, Incoming, Location, Media, Outgoing, Press, Reply, Text
from web.listening import Listeners

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = open_database(f"sqlite:///{tmp_path / 'chat.sqlite3'}")
    async with database.engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    yield database
    await database.close()


@pytest.fixture
def transcripts(database: Database) -> Transcripts:
    return Transcripts(database, Vault.new())


@pytest.fixture
def channel(transcripts: Transcripts, tmp_path: Path) -> WebChat:
    return WebChat(transcripts, Listeners(), tmp_path / "uploads", clock=lambda: NOW, watch_seconds=0)


def test_it_is_a_channel(channel: WebChat) -> None:
    assert isinstance(channel, Channel)
    assert (channel.name, channel.capabilities) == ("webchat", CAPABILITIES)


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ({"text": "halo"}, Text("halo")),
        ({"press": "2:a", "under": "7"}, Press("2:a", "7")),
        (
            {"location": {"latitude": -10.2, "longitude": 123.6, "accuracy": 5.0}},
            Location(-10.2, 123.6, 5.0),
        ),
        (
            {
                "file": {
                    "kind": "image",
                    "reference": "abc",
                    "mime": "image/jpeg",
                    "size": 7,
                    "name": "a.jpg",
                    "caption": "jalan",
                    "album": "x1",
                }
            },
            Media(
                kind="image",
                reference="abc",
                mime="image/jpeg",
                size=7,
                file_name="a.jpg",
                caption="jalan",
                album="x1",
            ),
        ),
    ],
)
def test_an_update_is_read(channel: WebChat, said: dict[str, object], reply: Reply) -> None:
    update = {
        "visitor": "ani",
        "update": "u1",
        "message": "7",
        "language": "id",
        "sent_at": "2026-11-24T01:00:00+00:00",
        **said,
    }
    assert channel.parse(update, NOW) == Incoming(
        address=Address("webchat", "ani"), external_id="u1", reply=reply, sent_at=NOW, message_id="7", language="id"
    )


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"visitor": "ani", "update": "u1"},
        {"visitor": 7, "update": "u1", "text": "x"},
        {"visitor": "ani", "update": "u1", "text": 7},
        {"visitor": "ani", "update": "u1", "press": "a"},
        {"visitor": "ani", "update": "u1", "file": {"kind": "poem"}},
        {"visitor": "ani", "update": "u1", "file": {"kind": "image"}},
        {"visitor": "ani", "update": "u1", "location": {"latitude": "1", "longitude": 1.0, "accuracy": 0.0}},
        {"visitor": "ani", "update": "u1", "text": "x", "sent_at": "yesterday"},
    ],
)
def test_what_is_no_update_is_refused(channel: WebChat, update: dict[str, object]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        channel.parse(update, NOW)


async def test_sending_writes_a_line_and_calls_who_looks_on(transcripts: Transcripts, tmp_path: Path) -> None:
    listeners = Listeners()
    channel = WebChat(transcripts, listeners, tmp_path, clock=lambda: NOW, watch_seconds=0)
    with listeners.hear("ani") as ear:
        receipt = await channel.send("ani", Outgoing(text="Umur?", tag="1"))
        assert await ear.wait(0) is True
    (line,) = await transcripts.read("ani")
    assert (receipt, line.said) == (Receipt(str(line.number)), Outgoing(text="Umur?", tag="1"))


async def test_an_acknowledgement_alone_needs_no_line(channel: WebChat, transcripts: Transcripts) -> None:
    assert await channel.send("ani", Outgoing(text="", acknowledges="x")) == Receipt()
    assert await transcripts.read("ani") == ()


async def test_buttons_are_taken_away_by_an_edit_without_text(channel: WebChat, transcripts: Transcripts) -> None:
    receipt = await channel.send("ani", Outgoing(text="Pilih", rows=((Button("A", "1:a"),),)))
    assert await channel.send("ani", Outgoing(text="", edits=receipt.message_id)) == receipt
    assert [line.said for line in await transcripts.read("ani")] == [Outgoing(text="Pilih")]


async def test_a_database_that_is_away_is_a_passing_fault(channel: WebChat, database: Database, tmp_path: Path) -> None:
    async with database.engine.begin() as connection:
        await connection.run_sync(metadata.drop_all)
    with pytest.raises(SendError) as raised:
        await channel.send("ani", Outgoing(text="Rahasia Pak Yohanes"))
    assert (raised.value.permanent, raised.value.retry_after, raised.value.ambiguous) == (False, None, False)
    assert "Yohanes" not in str(raised.value)


async def test_a_file_that_is_gone_cannot_be_had_again(channel: WebChat) -> None:
    with pytest.raises(SendError) as raised:
        [piece async for piece in channel.fetch(Media(kind="image", reference="a" * 22))]
    assert raised.value.permanent


async def test_two_processes_on_one_database_tell_each_other(transcripts: Transcripts, tmp_path: Path) -> None:
    here, there = Listeners(), Listeners()
    one = WebChat(transcripts, here, tmp_path, clock=lambda: NOW, watch_seconds=0.01)
    other = WebChat(transcripts, there, tmp_path, clock=lambda: NOW, watch_seconds=0)
    await transcripts.told("ani", Outgoing(text="1"), now=NOW)
    await one.open()
    with here.hear("ani") as ear:
        heard = False
        for number in range(2, 100):
            await other.send("ani", Outgoing(text=str(number)))
            heard = await ear.wait(0.2)
            if heard:
                break
        assert heard
    await one.close()
