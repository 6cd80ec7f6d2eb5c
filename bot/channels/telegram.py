"""Telegram: people write to the office's bot, and it answers.

Rule of the file: the channel's contract and nothing else. Listening is ``_telegram_reading``, speaking
``_telegram_rendering``, the wire ``_telegram_request``, fetching updates ``_telegram_polling``, the bot's face
``_telegram_setup``.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels._telegram_health import Health, examine
from bot.channels._telegram_polling import Accept, AcceptPoison, ConflictError, Trouble, poll
from bot.channels._telegram_reading import ALLOWED_UPDATES, NAME, parse
from bot.channels._telegram_rendering import Call, as_new, render
from bot.channels._telegram_request import TOKEN_REFUSED, PauseError, Request, Told, decoded, encoded, refusal
from bot.channels._telegram_setup import Face, face, route, set_up
from bot.channels.base import Capabilities, Receipt, SendError
from bot.wording import later
from storage.documents import PREFIX, Documents
from storage.errors import StorageError
from surveys.messages import Incoming, Media, Outgoing

__all__ = [
    "ALLOWED_UPDATES", "CAPABILITIES", "NAME", "SECRET_HEADER", "Accept", "AcceptPoison", "Face", "Health",
    "TelegramChannel", "Trouble", "check_secret", "decoded", "face", "parse", "poll", "render",
]  # fmt: skip

CAPABILITIES = Capabilities(
    max_text=4096,  # https://core.telegram.org/bots/api#sendmessage
    max_caption=1024,  # https://core.telegram.org/bots/api#sendphoto
    max_label=256,  # not published; no telephone shows more
    row_width=34,  # a telephone of 320 points
    max_per_row=8,  # not published; telegram.constants.InlineKeyboardMarkupLimit
    max_buttons=100,  # the same
    max_inline_data=64,  # https://core.telegram.org/bots/api#inlinekeyboardbutton
    max_placeholder=64,  # https://core.telegram.org/bots/api#replykeyboardmarkup
    edits=True,
    keyboards=True,
    inline=True,
    media=frozenset({"image", "audio", "video", "file"}),
    max_fetch=20_000_000,  # https://core.telegram.org/bots/api#getfile
    per_second=25.0,  # of 30: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
    max_keyboard_bytes=9_500,  # not published; more than 10 kB is refused
)

_LOG = logging.getLogger(__name__)
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 -- the name of a header
_NOT_MODIFIED = "message is not modified"
_NOT_THERE = ("message to edit not found", "message can't be edited", "message_id_invalid", "there is no text in")


def check_secret(given: str | None, secret: str) -> bool:
    """Whether a webhook request carries the agreed secret; never with an empty one. Takes the same time either way."""
    return bool(secret) and hmac.compare_digest((given or "").encode("utf-8", "replace"), secret.encode())


class TelegramChannel:
    """The office's bot.

    ``base_url``, ``base_file_url``: the address before the token. ``media_folder``: where the pictures of surveys
    are. ``per_second``: proactive messages a second. ``patience``: seconds to wait for an answer of Telegram.
    """

    name = NAME

    def __init__(
        self,
        token: str,
        *,
        base_url: str = "https://api.telegram.org/bot",
        base_file_url: str = "https://api.telegram.org/file/bot",
        secret: str = "",
        media_folder: Path | None = None,
        documents: Documents | None = None,
        per_second: float = CAPABILITIES.per_second,
        patience: float = 20.0,
    ) -> None:
        self.capabilities = replace(CAPABILITIES, per_second=per_second)
        self._request = Request(patience=patience)
        self._fetching = Request(patience=patience)
        """Its own connections: many messages on their way must not hold up the next updates."""
        self._secret = secret
        self._media_folder = media_folder
        self._documents = documents
        self._beside: set[asyncio.Task[Receipt]] = set()
        self._uploaded: dict[tuple[str, PurePosixPath], str] = {}
        self.username = ""
        """The bot's own name, without "@"; "" until ``open``."""
        self.bot = Bot(token, base_url, base_file_url, request=self._request, get_updates_request=self._fetching)
        self._url = f"{self.bot.base_url}/"
        self._file_url = f"{self.bot.base_file_url}/"

    def __repr__(self) -> str:
        return f"TelegramChannel(@{self.username})" if self.username else "TelegramChannel()"

    # ---- its life ------------------------------------------------------------------------------------

    async def open(self) -> None:
        """Connect and ask who we are. Raises SendError: ``permanent`` if the token is refused; else the channel is
        open all the same, and asks again when it fetches updates."""
        await self._request.initialize()
        await self._fetching.initialize()
        answer = await self._request.call(f"{self._url}getMe", {})
        if answer.ok:
            self.username = str(answer.result.get("username", ""))
            return
        failure = refusal(answer)
        raise SendError(
            failure.words,
            said=failure.said,
            permanent=answer.status in {401, 404},
            retry_after=failure.retry_after,
        )

    async def close(self) -> None:
        for task in self._beside:
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)
        await self._request.shutdown()
        await self._fetching.shutdown()

    # ---- listening -----------------------------------------------------------------------------------

    def parse(self, update: Mapping[str, object], now: datetime) -> Incoming | None:
        return parse(update, now, username=self.username)

    def trusts(self, headers: Mapping[str, str]) -> bool:
        return check_secret(headers.get(SECRET_HEADER), self._secret)

    async def updates(self, offset: int, *, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Updates from ``offset`` on (0: from the oldest that waits), which confirms those before it. Waits up to
        ``seconds`` for the first. Raises ConflictError, SendError."""
        if not self.username:
            await self.open()
        asked: dict[str, object] = {"limit": limit, "timeout": int(seconds), "allowed_updates": ALLOWED_UPDATES}
        if offset:
            asked["offset"] = offset
        answer = await self._fetching.call(f"{self._url}getUpdates", asked, wait=seconds)
        if answer.status == 409:
            raise ConflictError("Another program fetches this bot's messages, or a webhook is set.")
        if not answer.ok:
            raise refusal(answer)
        return [
            update for update in answer.result if isinstance(update, dict) and isinstance(update.get("update_id"), int)
        ]

    # ---- speaking ------------------------------------------------------------------------------------

    async def send(self, external_id: str, outgoing: Outgoing) -> Receipt:
        """Carry one fitted message. A press is acknowledged beside it, and nobody waits for that: when it fails, a
        clock on a button turns some seconds longer."""
        calls = self._rendered(external_id, outgoing)
        if not calls:
            return Receipt()
        for acknowledgement in calls[:-1]:
            task = asyncio.create_task(self._acknowledge(acknowledgement))
            self._beside.add(task)
            task.add_done_callback(self._beside.discard)
        call = calls[-1]
        if call.method == "answerCallbackQuery":
            return await self._acknowledge(call, alone=True)
        if call.method.startswith("edit"):
            return await self._change(call, external_id, outgoing)
        if call.file is not None and outgoing.media[0][1].startswith(PREFIX):
            return await self._document(call, external_id, call.file[0], outgoing.media[0][1])
        if call.file is not None:
            return await self._picture(call, external_id, outgoing, *call.file)
        return _receipt(await self._call(call))

    def as_response(self, external_id: str, outgoing: Outgoing) -> bytes | None:
        if outgoing.secret or outgoing.media or (outgoing.inline and not outgoing.edits):
            return None
        calls = self._rendered(external_id, outgoing)
        if len(calls) != 1:
            return None
        return encoded({"method": calls[0].method, **calls[0].payload})

    def _rendered(self, external_id: str, outgoing: Outgoing) -> tuple[Call, ...]:
        try:
            return render(external_id, outgoing)
        except ValueError:
            pass
        raise SendError("This is no address of Telegram.", address_gone=True)

    async def _acknowledge(self, call: Call, *, alone: bool = False) -> Receipt:
        """Stop the turning clock on a button. After a few minutes there is nothing left to stop."""
        try:
            answer = await self._request.call(self._url + call.method, call.payload)
        except SendError:
            if alone:
                raise
            return Receipt()
        if alone and not answer.ok and answer.status != 400:
            raise refusal(answer)
        return Receipt()

    async def _change(self, call: Call, external_id: str, outgoing: Outgoing) -> Receipt:
        answer = await self._request.call(self._url + call.method, call.payload)
        said = answer.description.lower()
        if answer.ok or (answer.status == 400 and _NOT_MODIFIED in said):
            return Receipt(outgoing.edits)
        if answer.status == 400 and any(part in said for part in _NOT_THERE):
            again = as_new(outgoing)
            if again is None:
                return Receipt(outgoing.edits)
            return _receipt(await self._call(render(external_id, again)[-1]))
        raise refusal(answer)

    async def _call(self, call: Call) -> Any:
        return _result(await self._request.call(self._url + call.method, call.payload))

    # ---- files ---------------------------------------------------------------------------------------

    async def _picture(
        self, call: Call, external_id: str, outgoing: Outgoing, field: str, name: PurePosixPath
    ) -> Receipt:
        """A picture of a survey: uploaded once, then sent by the id Telegram gave it. A question is asked even if
        its picture is missing or Telegram does not take it."""
        url = self._url + call.method
        known = self._uploaded.get((field, name))
        answer = await self._request.call(url, {**call.payload, field: known}) if known else None
        if answer is None or (answer.status == 400 and not refusal(answer).address_gone):
            data = await asyncio.to_thread(self._read, name)
            if data:
                answer = await self._request.call(url, call.payload, file=(field, name.name, data))
        if answer is not None and answer.ok:
            self._uploaded[field, name] = _file_id(answer.result.get(field))
            return _receipt(answer.result)
        if answer is not None and (answer.status != 400 or refusal(answer).address_gone):
            raise refusal(answer)
        _LOG.warning("The picture %s of a survey cannot be sent; the question goes without it.", name)
        if not outgoing.text:
            return Receipt()
        return _receipt(await self._call(render(external_id, replace(outgoing, media=(), acknowledges=""))[-1]))

    async def _document(self, call: Call, external_id: str, field: str, reference: str) -> Receipt:
        """A document made for this person: sent once, then erased. One that is gone was sent before."""
        try:
            found = (
                await self._documents.read(reference, channel=NAME, external_id=external_id)
                if self._documents
                else None
            )
        except StorageError as error:
            raise SendError(str(error)) from error
        if found is None:
            return Receipt()
        answer = await self._request.call(self._url + call.method, call.payload, file=(field, found.name, found.body))
        receipt = _receipt(_result(answer))
        if self._documents is not None:
            with suppress(StorageError):  # it goes within a day all the same
                await self._documents.handed(reference)
        return receipt

    def _read(self, name: PurePosixPath) -> bytes:
        """The file's bytes; none if it is not there."""
        if self._media_folder is None:
            return b""
        folder = self._media_folder.resolve()
        path = (folder / name).resolve()
        return path.read_bytes() if path.is_relative_to(folder) and path.is_file() else b""

    async def fetch(self, media: Media) -> AsyncIterator[bytes]:
        """The bytes of a file somebody sent."""
        most = CAPABILITIES.max_fetch
        if media.size > most:
            raise SendError("The file is larger than Telegram gives out.", permanent=True)
        answer = await self._request.call(f"{self._url}getFile", {"file_id": media.reference})
        if not answer.ok:
            raise refusal(answer)
        path = str(answer.result.get("file_path", ""))
        if not path:
            raise SendError("Telegram no longer has the file.", permanent=True)
        async for piece in self._request.download(self._file_url + path.removeprefix(self._file_url), most):
            yield piece

    # ---- set-up --------------------------------------------------------------------------------------

    async def set_up(
        self, faces: Mapping[str, Face], *, default: str, webhook_url: str = "", max_connections: int = 100
    ) -> None:
        """Show the bot's face (see ``face``) to people of each language, those of any other see ``default``; then
        ``route``. Raises SendError."""
        await self._told(set_up(self.bot, faces, default=default))
        await self.route(webhook_url, max_connections=max_connections)

    async def route(self, webhook_url: str = "", *, max_connections: int = 100) -> None:
        """Have updates sent to ``webhook_url`` ("": kept until they are fetched). Raises SendError."""
        if webhook_url and not self._secret:
            raise SendError(
                later("A webhook needs telegram.webhook_secret: without it anybody could pretend to be Telegram."),
                permanent=True,
            )
        await self._told(route(self.bot, webhook_url, secret=self._secret, max_connections=max_connections))

    async def health(self) -> Health:
        """How Telegram sees the bot. May be asked without ``open``. Raises SendError."""
        await self._request.initialize()
        return await examine(self._request, self._url)

    async def _told(self, doing: Coroutine[Any, Any, None]) -> None:
        failure: SendError
        try:
            await doing
            return
        except InvalidToken:
            failure = SendError(TOKEN_REFUSED, permanent=True)
        except PauseError as error:
            failure = SendError(str(error), retry_after=error.seconds)
        except BadRequest as error:
            failure = refusal(Told(400, description=error.message))
        except TelegramError:
            failure = SendError("Telegram cannot be reached.")
        raise failure


def _result(answer: Told) -> Any:
    if not answer.ok:
        raise refusal(answer)
    return answer.result


def _file_id(part: Any) -> str:
    """The id by which Telegram knows what was uploaded: of a photo's sizes the largest."""
    one = part[-1] if isinstance(part, list) and part else part
    return str(one.get("file_id", "")) if isinstance(one, dict) else ""


def _receipt(result: Any) -> Receipt:
    return Receipt(str(result["message_id"]) if isinstance(result, dict) and "message_id" in result else "")
