"""What the machine can do: a webhook server that does nothing but take answers, commit them and ask the next question.

No framework, no survey engine, no encryption, no second message, nothing checked: a parser of HTTP, SQLite in a thread
of its own (synchronous=FULL, every answer committed before its reply, whatever waits in one transaction), the questions
in a list and the reply in the webhook's own response. ``python -m benchmarks.bare PORT FILE``.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from queue import SimpleQueue
from threading import Thread
from typing import Any, cast

import httptools
import orjson
import uvloop

from benchmarks.form import DONE, THANKS, TICK, TURNS

MULTIPLE = {"Bentuk": ("Kelas", "Daring", "Magang", "Mandiri"), "kendala": ("Waktu", "Biaya", "Internet", "Izin")}
SINGLE = {
    "Di mana": ("Kantor Camat", "Kantor Lurah", "Puskesmas"),
    "berapa lama": ("Di bawah 1 tahun", "1–5 tahun", "Di atas 5 tahun"),
    "Materi": ("Tidak setuju", "Netral", "Setuju"),
    "Berapa nilai": ("1", "2", "3", "4", "5"),
    "Kirim": ("Kirim",),
}
_EMPTY = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"

Row = tuple[int, int, int, str]
"""Update, person, question, words."""


class Store:
    """Answers, committed together."""

    def __init__(self, file: str, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: list[tuple[Row, asyncio.Future[None]]] = []
        self._busy = False
        self._batches: SimpleQueue[list[tuple[Row, asyncio.Future[None]]]] = SimpleQueue()
        Thread(target=self._write, args=(file,), daemon=True).start()

    def put(self, row: Row) -> asyncio.Future[None]:
        """Done once committed."""
        done = self._loop.create_future()
        self._waiting.append((row, done))
        if not self._busy:
            self._busy = True
            self._loop.call_soon(self._send)
        return done

    def _send(self) -> None:
        batch, self._waiting = self._waiting, []
        self._batches.put(batch)

    def _written(self, batch: list[tuple[Row, asyncio.Future[None]]]) -> None:
        for _row, done in batch:
            done.set_result(None)
        if self._waiting:
            self._send()
        else:
            self._busy = False

    def _write(self, file: str) -> None:
        database = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("CREATE TABLE inbound (id INTEGER PRIMARY KEY)")
        database.execute(
            "CREATE TABLE answer (person INTEGER, question INTEGER, words TEXT, PRIMARY KEY (person, question)) "
            "WITHOUT ROWID"
        )
        while True:
            batch = self._batches.get()
            database.execute("BEGIN IMMEDIATE")
            database.executemany("INSERT OR IGNORE INTO inbound VALUES (?)", [(row[0],) for row, _done in batch])
            database.executemany("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", [row[1:] for row, _done in batch])
            database.execute("COMMIT")
            self._loop.call_soon_threadsafe(self._written, batch)


class Bot:
    """Where everybody is, and the next thing to say."""

    def __init__(self) -> None:
        self._turns: dict[int, int] = {}
        self._ticked: dict[int, tuple[str, ...]] = {}

    def read(self, update: dict[str, Any]) -> tuple[Row, dict[str, object]]:
        """What is to be kept, and the reply."""
        if "message" in update:
            message = update["message"]
            person, words, shown = message["chat"]["id"], message["text"], 0
        else:
            query = update["callback_query"]
            person, words, shown = query["from"]["id"], query["data"], query["message"]["message_id"]
        turn = 0 if words.startswith("/start") else self._turns[person] + 1
        self._turns[person] = turn
        return (update["update_id"], person, turn, words), self._reply(person, turn, words, shown)

    def _reply(self, person: int, turn: int, words: str, shown: int) -> dict[str, object]:
        if turn == len(TURNS):
            del self._turns[person]
            return {"method": "sendMessage", "chat_id": person, "text": THANKS}
        asked = TURNS[turn]
        if asked.ticks < 0:
            labels = SINGLE.get(asked.sees)
            markup: dict[str, object] = {"remove_keyboard": True}
            if labels is not None:
                markup = {"keyboard": [[{"text": label}] for label in labels], "resize_keyboard": True}
            return {"method": "sendMessage", "chat_id": person, "text": f"{asked.sees} …?", "reply_markup": markup}
        ticked = self._ticked.get(person, ()) if asked.ticks else ()
        if asked.ticks:
            ticked = self._ticked[person] = (*ticked, words)
        rows = [
            [{"text": f"{TICK}{label}" if label in ticked else label, "callback_data": label}]
            for label in MULTIPLE[asked.sees]
        ]
        rows.append([{"text": DONE, "callback_data": DONE}])
        if asked.ticks:
            return {
                "method": "editMessageReplyMarkup", "chat_id": person, "message_id": shown,
                "reply_markup": {"inline_keyboard": rows},
            }  # fmt: skip
        self._ticked.pop(person, None)
        return {
            "method": "sendMessage", "chat_id": person, "text": f"{asked.sees} …?",
            "reply_markup": {"inline_keyboard": rows},
        }  # fmt: skip


class Connection(asyncio.Protocol):
    """One connection of the platform."""

    def __init__(self, bot: Bot, store: Store) -> None:
        self._bot, self._store = bot, store
        self._parser = httptools.HttpRequestParser(self)
        self._body: list[bytes] = []
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_message_begin(self) -> None:
        self._body = []

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        if not self._body:
            self._transport.write(_EMPTY)
            return
        row, reply = self._bot.read(orjson.loads(b"".join(self._body)))
        self._store.put(row).add_done_callback(lambda _done: self._answer(orjson.dumps(reply)))

    def _answer(self, body: bytes) -> None:
        self._transport.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body)
        )


async def main(port: int, file: str) -> None:
    loop = asyncio.get_running_loop()
    bot, store = Bot(), Store(file, loop)
    server = await loop.create_server(lambda: Connection(bot, store), "127.0.0.1", port, backlog=512)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), sys.argv[2]))
