"""How the channel reaches the Bot API: one HTTP client, and what its errors mean.

Rule of the file: nothing leaves it that holds the token, an address, an id or a text: errors are our own sentences,
raised where no other exception is being handled, so that none hangs on behind. The library's own calls (set-up) and
the channel's (messages, updates: plain JSON, no objects are built) go over the same connections.
"""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import AsyncIterator, Mapping
from typing import Any, NamedTuple

import aiohttp
import orjson
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.channels._telegram_wire import Unreachable, Wire
from bot.channels.base import SendError
from bot.wording import later

_JSON = {"Content-Type": "application/json"}
_CONNECTIONS = 100
_CHUNK = 64 * 1024
TOKEN_REFUSED = later("Telegram refuses the bot's token: check telegram.token.")
_PAUSE_AFTER_REFUSED_TOKEN = 60.0
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”|\S+://\S+|\d{5,}")

# What Telegram says of an address that nothing reaches any more, in lower case. All 403 mean it too.
# https://github.com/tdlib/telegram-bot-api, Client.cpp
_GONE = (
    "chat not found",
    "chat_id is empty",
    "group chat was upgraded",
    "input_user_deactivated",
    "peer_id_invalid",
    "user is deactivated",
    "user not found",
    "user_id_invalid",
    "the group chat was deleted",
    "bot was kicked",
)
_BLOCKED = "blocked by the user"


class Told(NamedTuple):
    """What Telegram answered: ``result`` where it did it, else a status and a description in its own words."""

    status: int
    result: Any = None
    description: str = ""
    retry_after: float | None = None

    @property
    def ok(self) -> bool:
        return self.status == 200


class PauseError(TelegramError):
    """Telegram asks one of the library's own calls to wait. (The library's RetryAfter warns when it is made.)"""

    def __init__(self, seconds: float) -> None:
        super().__init__("Telegram asks for a pause.")
        self.seconds = seconds


def decoded(body: bytes) -> Any:
    """JSON. What orjson refuses (half of a surrogate pair) the standard library reads. Raises ValueError."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return json.loads(body)


def encoded(payload: Mapping[str, object]) -> bytes:
    """JSON in UTF-8. Raises ValueError for what cannot be written."""
    try:
        return orjson.dumps(payload)
    except (TypeError, orjson.JSONEncodeError):
        return json.dumps(payload).encode()


def told(status: int, body: bytes) -> Told:
    """What the answer says. A body that is no JSON (a proxy's page) says nothing but its status."""
    try:
        answer = decoded(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        return Told(502 if status == 200 else status)
    if status == 200 and answer.get("ok") is True:
        return Told(200, answer.get("result"))
    parameters = answer.get("parameters")
    pause = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return Told(
        status if status != 200 else int(answer.get("error_code", 500)),
        description=str(answer.get("description", "")),
        retry_after=float(pause) if isinstance(pause, int | float) else None,
    )


def refusal(answer: Told) -> SendError:
    """What a refused call means for the message."""
    said = answer.description.lower()
    words = _QUOTED.sub("…", answer.description)[:200] or f"HTTP {answer.status}"
    match answer.status:
        case 429:
            return SendError(later("Telegram asks for a pause."), retry_after=answer.retry_after or 1.0)
        case 401 | 404:
            return SendError(TOKEN_REFUSED, retry_after=_PAUSE_AFTER_REFUSED_TOKEN)
        case 403:
            return SendError(
                later("Telegram cannot reach this address"), said=words, address_gone=True, stopped=_BLOCKED in said
            )
        case 400 | 413:
            gone = any(part in said for part in _GONE)
            return SendError(later("Telegram refused the message"), said=words, permanent=True, address_gone=gone)
        case status:
            # 504: somebody on the way gave up waiting, the message may be out.
            return SendError(later("Telegram answers with an error"), said=words, ambiguous=status == 504)


class Request(BaseRequest):
    """The library's interface over aiohttp, and ``call`` beside it for what has to be quick.

    ``patience``: seconds to wait for an answer.
    """

    def __init__(self, *, patience: float = 20.0) -> None:
        self._patience = patience
        self._session: aiohttp.ClientSession | None = None
        self._wire = Wire(most=_CONNECTIONS, patience=patience)
        """For everything but files, and but where a proxy stands between."""
        self._proxies: Mapping[str, str] = {}
        self._addresses: dict[str, URL] = {}
        self.date = ""
        """When the last answer came, by Telegram's clock (RFC 9110)."""

    @property
    def read_timeout(self) -> float:
        return self._patience

    async def initialize(self) -> None:
        if self._session is not None:
            return
        self._proxies = urllib.request.getproxies()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=30),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, connect=self._patience, sock_read=self._patience),
        )

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()
            await self._wire.close()

    async def call(
        self, url: str, payload: Mapping[str, object], *, file: tuple[str, str, bytes] | None = None, wait: float = 0.0
    ) -> Told:
        """Call a method. ``file``: (field, name, bytes). ``wait``: seconds that the answer may take on top.

        Raises SendError where there is no answer: not ``ambiguous`` if nothing was handed over.
        """
        failure: SendError
        try:
            body = encoded(payload) if file is None else _form(payload, file)
            status, answer = await self._post(url, body, wait)
            return told(status, answer)
        except (Unreachable, aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            failure = SendError("Telegram cannot be reached.")
        except (aiohttp.ClientError, TimeoutError, ConnectionError):
            failure = SendError(later("The connection to Telegram ended before it answered."), ambiguous=True)
        except (ValueError, TypeError):
            failure = SendError("The message cannot be written for Telegram.", permanent=True)
        raise failure

    async def _post(self, url: str, body: bytes | aiohttp.FormData, wait: float) -> tuple[int, bytes]:
        if self._session is None:
            raise aiohttp.ClientConnectionError
        address = self._address(url)
        proxy = self._proxy(address)
        if isinstance(body, bytes) and proxy is None:
            answer = await self._wire.post(url, body, wait=wait)
            self.date = self._wire.date
            return answer
        more: dict[str, Any] = {"headers": _JSON} if isinstance(body, bytes) else {}
        if wait:
            more["timeout"] = aiohttp.ClientTimeout(total=None, connect=self._patience, sock_read=self._patience + wait)
        async with self._session.post(address, data=body, proxy=proxy, **more) as response:
            self.date = response.headers.get("Date", "")
            return response.status, await response.read()

    def _address(self, url: str) -> URL:
        """The parsed address: there are as many as there are methods."""
        address = self._addresses.get(url)
        if address is None:
            address = self._addresses[url] = URL(url)
        return address

    def _proxy(self, address: URL) -> str | None:
        if not self._proxies or urllib.request.proxy_bypass(address.host or ""):
            return None
        return self._proxies.get(address.scheme)

    async def download(self, url: str, most: int) -> AsyncIterator[bytes]:
        """The bytes of a file, at most ``most``. Raises SendError."""
        failure: SendError | None = None
        if self._session is None:
            raise SendError("Telegram cannot be reached.")
        try:
            address = URL(url)
            async with self._session.get(address, proxy=self._proxy(address)) as response:
                if response.status != 200:
                    gone = response.status in {400, 404}
                    failure = SendError(
                        "Telegram does not give the file", said=f"HTTP {response.status}", permanent=gone
                    )
                else:
                    got = 0
                    async for piece in response.content.iter_chunked(_CHUNK):
                        got += len(piece)
                        if got > most:
                            failure = SendError("The file is larger than agreed.", permanent=True)
                            break
                        yield piece
        except (aiohttp.ClientError, TimeoutError, ConnectionError, ValueError):
            failure = SendError("The connection to Telegram ended while the file was fetched.")
        if failure is not None:
            raise failure

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 -- the library's name; it is always POST
        request_data: RequestData | None = None,
        *_timeouts: Any,
        **_more: Any,
    ) -> tuple[int, bytes]:
        """For the library's own calls (set-up, getMe). Errors without address and without cause."""
        failure: TelegramError
        body = encoded(request_data.parameters) if request_data is not None else b"{}"
        try:
            status, answer = await self._post(url, body, 0.0)
            if status != 429:
                return status, answer
            failure = PauseError(told(status, answer).retry_after or 1.0)
        except TimeoutError:
            failure = TimedOut()
        except (aiohttp.ClientError, ConnectionError, ValueError):
            failure = NetworkError("Telegram cannot be reached.")
        raise failure

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the library's, but what cannot be read is not logged."""
        try:
            answer = decoded(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise TelegramError("Telegram's answer cannot be read.")
        return answer


def _form(payload: Mapping[str, object], file: tuple[str, str, bytes]) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in payload.items():
        form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
    field, file_name, data = file
    form.add_field(field, data, filename=file_name, content_type="application/octet-stream")
    return form
