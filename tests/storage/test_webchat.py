"""The transcript of the web chat, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from storage.database import Database, open_database
from storage.errors import Missing
from storage.tables import metadata, webchat_message
from storage.vault import Vault
from storage.webchat import SECRET_SEEN, SECRET_UNSEEN, Transcripts
from storage.webchat_lines import Gone, Line, as_plain, from_plain
from surveys.messages import Button, Location, Media, Outgoing, Text

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = open_database(database_url)
    async with database.engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    yield database
    await database.close()


@pytest.fixture
def transcripts(database: Database) -> Transcripts:
    return Transcripts(database, Vault.new())


def said(lines: tuple[Line, ...]) -> list[object]:
    return [line.said for line in lines]


async def test_lines_come_back_in_order(transcripts: Transcripts) -> None:
    await transcripts.heard("ani", "u1", Text("/start"), client_id="c1", now=NOW)
    await transcripts.told("ani", Outgoing(text="Selamat pagi.", rows=((Button("ASN"),),), tag="1"), now=NOW + SECOND)
    await transcripts.told("budi", Outgoing(text="Bukan untuk Ani"), now=NOW)
    assert await transcripts.read("ani") == (
        Line(number=1, revision=1, said=Text("/start"), at=NOW, client_id="c1"),
        Line(
            number=2,
            revision=2,
            said=Outgoing(text="Selamat pagi.", rows=((Button("ASN"),),), tag="1"),
            at=NOW + SECOND,
        ),
    )


async def test_an_update_that_comes_again_is_the_same_line(transcripts: Transcripts) -> None:
    first = await transcripts.heard("ani", "u1", Text("3"), now=NOW)
    again = await transcripts.heard("ani", "u1", Text("3"), now=NOW)
    other = await transcripts.heard("ani", "u2", Text("3"), now=NOW)
    assert (first, again) == (1, 1)
    assert said(await transcripts.read("ani")) == [Text("3"), Text("3")]
    assert other > again


async def test_a_delivery_tried_twice_is_one_line(transcripts: Transcripts) -> None:
    prompt = Outgoing(text="Umur?", tag="2")
    first = await transcripts.told("ani", prompt, now=NOW)
    again = await transcripts.told("ani", prompt, now=NOW + SECOND)
    assert again == first
    assert said(await transcripts.read("ani")) == [prompt]


async def test_the_same_words_are_said_again_after_an_answer_or_later(transcripts: Transcripts) -> None:
    prompt = Outgoing(text="Umur?", tag="2")
    await transcripts.told("ani", prompt, now=NOW)
    await transcripts.heard("ani", "u1", Text("?"), now=NOW + SECOND)
    await transcripts.told("ani", prompt, now=NOW + 2 * SECOND)
    await transcripts.told("ani", prompt, now=NOW + timedelta(hours=1))
    assert said(await transcripts.read("ani")) == [prompt, Text("?"), prompt, prompt]


async def test_an_edit_replaces_its_line_and_counts_as_a_change(transcripts: Transcripts) -> None:
    number = await transcripts.told("ani", Outgoing(text="Pilih", rows=((Button("A", "1:a"),),)), now=NOW)
    await transcripts.heard("ani", "u1", Text("hm"), now=NOW)
    edited = await transcripts.told(
        "ani", Outgoing(text="Pilih", rows=((Button("✅ A", "1:a"),),), edits=str(number)), now=NOW + SECOND
    )
    lines = await transcripts.read("ani")
    assert edited == number
    assert [(line.number, line.revision) for line in lines] == [(1, 3), (2, 2)]
    assert lines[0].said == Outgoing(text="Pilih", rows=((Button("✅ A", "1:a"),),))
    assert await transcripts.revision("ani") == 3


async def test_an_edit_without_text_takes_the_buttons_away(transcripts: Transcripts) -> None:
    number = await transcripts.told("ani", Outgoing(text="Pilih", rows=((Button("A", "1:a"),),), tag="1"), now=NOW)
    await transcripts.told("ani", Outgoing(text="", edits=str(number)), now=NOW)
    assert said(await transcripts.read("ani")) == [Outgoing(text="Pilih", tag="1")]


@pytest.mark.parametrize("edits", ["99", "²", "-1", "x"])
async def test_an_edit_of_a_line_that_is_gone_says_only_what_can_be_answered(
    transcripts: Transcripts, edits: str
) -> None:
    prompt = Outgoing(text="Pilih", rows=((Button("A", "1:a"),),), edits=edits)
    assert await transcripts.told("ani", Outgoing(text="Tombol lama", edits=edits), now=NOW) == 0
    await transcripts.told("ani", prompt, now=NOW)
    assert said(await transcripts.read("ani")) == [Outgoing(text="Pilih", rows=((Button("A", "1:a"),),))]


async def test_nobody_edits_what_the_visitor_said(transcripts: Transcripts) -> None:
    number = await transcripts.heard("ani", "u1", Text("hm"), now=NOW)
    await transcripts.told("ani", Outgoing(text="lain", edits=str(number)), now=NOW)
    assert said(await transcripts.read("ani")) == [Text("hm")]


async def test_the_end_of_an_anonymous_session_leaves_a_note_alone(
    transcripts: Transcripts, database: Database
) -> None:
    began = NOW + timedelta(minutes=5)
    await transcripts.heard("ani", "u1", Text("/start aspirasi"), now=NOW)
    await transcripts.told("ani", Outgoing(text="Apa aspirasi Bapak/Ibu?"), now=began + SECOND)
    await transcripts.heard("ani", "u2", Text("petugas kurang ramah"), now=began + 2 * SECOND)
    await transcripts.told("budi", Outgoing(text="tetap"), now=began + 2 * SECOND)
    receipt = Outgoing(text="Nomor ALK-26-0418-P, PIN 4831", secret=True, erases_since=began)
    await transcripts.told("ani", receipt, now=began + 3 * SECOND)
    shown = Outgoing(text="Nomor ALK-26-0418-P, PIN 4831")
    assert said(await transcripts.read("ani")) == [Text("/start aspirasi"), Gone("anonymous"), shown]
    assert said(await transcripts.read("budi")) == [Outgoing(text="tetap")]
    async with database.read() as transaction:
        rows = await transaction.all(select(webchat_message.c.number))
    assert len(rows) == 4


async def test_the_last_answer_of_an_anonymous_session_sent_once_more_is_known(transcripts: Transcripts) -> None:
    await transcripts.heard("ani", "u1", Text("1"), now=NOW + SECOND)
    await transcripts.heard("ani", "u2", Text("Kirim"), now=NOW + 2 * SECOND)
    await transcripts.told("ani", Outgoing(text="Terima kasih", erases_since=NOW), now=NOW + 3 * SECOND)
    await transcripts.heard("ani", "u2", Text("Kirim"), now=NOW + 4 * SECOND)
    assert said(await transcripts.read("ani")) == [Gone("anonymous"), Outgoing(text="Terima kasih")]


async def test_a_receipt_of_an_anonymous_session_tried_twice_is_said_once(transcripts: Transcripts) -> None:
    receipt = Outgoing(text="PIN 4831", secret=True, erases_since=NOW)
    await transcripts.heard("ani", "u1", Text("Kirim"), now=NOW + SECOND)
    await transcripts.told("ani", receipt, now=NOW + 2 * SECOND)
    await transcripts.told("ani", receipt, now=NOW + 3 * SECOND)
    await transcripts.heard("ani", "u1", Text("Kirim"), now=NOW + 4 * SECOND)
    assert said(await transcripts.read("ani")) == [Gone("anonymous"), Outgoing(text="PIN 4831")]


async def test_what_is_to_be_forgotten_may_come_without_a_word(transcripts: Transcripts) -> None:
    await transcripts.heard("ani", "u1", Text("rahasia"), now=NOW + SECOND)
    assert await transcripts.told("ani", Outgoing(text="", erases_since=NOW), now=NOW + 2 * SECOND) == 0
    assert said(await transcripts.read("ani")) == [Gone("anonymous")]


async def test_a_secret_goes_when_the_visitor_goes_on_after_seeing_it(transcripts: Transcripts) -> None:
    number = await transcripts.told("ani", Outgoing(text="PIN 4831", secret=True), now=NOW)
    await transcripts.heard("ani", "u1", Text("halo?"), seen=number - 1, now=NOW)
    assert said(await transcripts.read("ani")) == [Outgoing(text="PIN 4831"), Text("halo?")]
    await transcripts.heard("ani", "u2", Text("/start"), seen=number + 1, now=NOW)
    assert said(await transcripts.read("ani")) == [Gone("secret"), Text("halo?"), Text("/start")]


async def test_a_secret_goes_when_it_was_written_down(transcripts: Transcripts) -> None:
    await transcripts.told("ani", Outgoing(text="PIN 4831", secret=True), now=NOW)
    await transcripts.told("ani", Outgoing(text="PIN 1111", secret=True), now=NOW)
    await transcripts.noted("ani", seen=1, now=NOW)
    lines = await transcripts.read("ani")
    assert [(line.said, line.secret) for line in lines] == [
        (Gone("secret"), False),
        (Outgoing(text="PIN 1111"), True),
    ]


@pytest.mark.parametrize(
    ("shown_after", "purged_after", "left"),
    [
        (timedelta(0), SECRET_SEEN + SECOND, Gone("secret")),
        (timedelta(0), SECRET_SEEN - SECOND, Outgoing(text="PIN 4831")),
        (None, SECRET_UNSEEN - SECOND, Outgoing(text="PIN 4831")),
        (None, SECRET_UNSEEN + SECOND, Gone("secret")),
    ],
)
async def test_a_secret_goes_with_time(
    transcripts: Transcripts, shown_after: timedelta | None, purged_after: timedelta, left: object
) -> None:
    number = await transcripts.told("ani", Outgoing(text="PIN 4831", secret=True), now=NOW)
    if shown_after is not None:
        await transcripts.shown("ani", [number], now=NOW + shown_after)
        await transcripts.shown("ani", [number], now=NOW + SECRET_SEEN)  # a second look does not prolong it
    before = await transcripts.revision("ani")
    await transcripts.purge(now=NOW + purged_after)
    assert said(await transcripts.read("ani")) == [left]
    assert (await transcripts.revision("ani") > before) is isinstance(left, Gone)


async def test_a_conversation_that_rests_fourteen_days_goes(transcripts: Transcripts) -> None:
    await transcripts.told("ani", Outgoing(text="lama"), now=NOW)
    await transcripts.told("budi", Outgoing(text="lama"), now=NOW)
    await transcripts.heard("budi", "u1", Text("masih di sini"), now=NOW + timedelta(days=1))
    await transcripts.purge(now=NOW + timedelta(days=14, seconds=1))
    assert await transcripts.read("ani") == ()
    assert said(await transcripts.read("budi")) == [Outgoing(text="lama"), Text("masih di sini")]


async def test_whoever_cleared_the_conversation_is_not_reached_any_more(transcripts: Transcripts) -> None:
    await transcripts.heard("ani", "u1", Text("rahasia"), now=NOW)
    await transcripts.forget("ani", now=NOW)
    assert await transcripts.read("ani") == ()
    with pytest.raises(Missing):
        await transcripts.told("ani", Outgoing(text="pengumuman"), now=NOW)
    assert await transcripts.read("ani") == ()


async def test_earlier_lines_are_read_in_pages(transcripts: Transcripts) -> None:
    for number in range(1, 8):
        await transcripts.heard("ani", f"u{number}", Text(str(number)), now=NOW)
    assert said(await transcripts.read("ani", last=3)) == [Text("5"), Text("6"), Text("7")]
    assert said(await transcripts.read("ani", last=3, before=5)) == [Text("2"), Text("3"), Text("4")]


async def test_revisions_of_many_are_read_at_once(transcripts: Transcripts) -> None:
    await transcripts.heard("ani", "u1", Text("1"), now=NOW)
    await transcripts.heard("budi", "u1", Text("1"), now=NOW)
    await transcripts.heard("budi", "u2", Text("2"), now=NOW)
    assert await transcripts.revisions(["ani", "budi", "cici"]) == {"ani": 1, "budi": 2}


async def test_nothing_a_person_wrote_is_readable_in_the_database(transcripts: Transcripts, database: Database) -> None:
    await transcripts.heard("ani", "u1", Text("tetangga saya Pak Yohanes"), now=NOW)
    async with database.read() as transaction:
        rows = await transaction.all(select(webchat_message))
    assert b"Yohanes" not in b"".join(bytes(row.body) for row in rows)
    assert "ani" not in str(rows)


@pytest.mark.parametrize(
    "line",
    [
        Text("halo"),
        Media(kind="image", reference="", mime="image/jpeg", size=12, file_name="a.jpg", caption="jalan"),
        Location(-10.17, 123.58, 12.5),
        Gone("anonymous"),
        Gone("secret"),
        Outgoing(
            text="Pilih",
            rows=(
                (Button("A", "1:a"), Button("Situs", url="https://example.org")),
                (Button("Lokasi", ask="location"),),
            ),
            keyboard="keep",
            placeholder="1–5",
            media=(("image", "peta.png"),),
            tag="4",
        ),
    ],
)
def test_a_line_is_read_as_it_was_written(line: Text | Media | Location | Gone | Outgoing) -> None:
    assert from_plain(as_plain(line)) == line
