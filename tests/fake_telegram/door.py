"""The door of the fake: every request that comes in, and what is answered.

Rule of the file: faults strike here and nowhere else; what a method does stands in ``methods``.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections.abc import Awaitable
from typing import TYPE_CHECKING

import orjson

from tests.fake_telegram import control
from tests.fake_telegram.bodies import Fields, read, said, whole
from tests.fake_telegram.faults import Fault
from tests.fake_telegram.methods import Methods
from tests.fake_telegram.refusals import BLOCKED, DEACTIVATED, Refusal, Reset, bad_request, too_many
from tests.fake_telegram.updates import encoded
from tests.fake_telegram.webhook import Webhook
from tests.fake_telegram.wire import Answer, Request

if TYPE_CHECKING:
    from tests.fake_telegram.fake import FakeTelegram

_UNAUTHORIZED = Answer(401, b'{"ok":false,"error_code":401,"description":"Unauthorized"}')
_NOT_FOUND = Answer(404, b'{"ok":false,"error_code":404,"description":"Not Found"}')
_TRUE = b'{"ok":true,"result":true}'
_NO_RESPONSE_METHODS = frozenset({"setwebhook", "deletewebhook", "close", "logout"})
_SLOW = frozenset({"getupdates", "setwebhook", "deletewebhook"})


class Door:
    """Answers the requests to one bot's address."""

    def __init__(self, fake: FakeTelegram, methods: Methods, *, webhook_timeout: float, webhook_pause: float) -> None:
        self._fake = fake
        self._methods = methods
        self._webhook_timeout, self._webhook_pause = webhook_timeout, webhook_pause
        self._prefix = f"/bot{fake.token}/"
        self._tokens = 0.0
        self._tokens_at = 0.0

    def answer(self, request: Request) -> Answer | Awaitable[Answer]:
        if request.path.startswith(self._prefix):
            return self._call(request, request.path[len(self._prefix) :].lower())
        if request.path.startswith(f"/file{self._prefix}"):
            return self._download(request.path[len(self._prefix) + 5 :])
        if request.path == "/control":
            return control.answer(self._fake, request)
        return _UNAUTHORIZED if re.match(r"/(?:file/)?bot\d+:", request.path) else _NOT_FOUND

    def _call(self, request: Request, method: str) -> Answer | Awaitable[Answer]:
        try:
            fields, files = read(request)
            fault = self._fake.faults.for_call(method, whole(fields, "chat_id"))
            if fault is not None:
                return self._struck(fault, request, method)
            if method in _SLOW:
                return self._slowly(method, fields)
            if not self._methods.known(method):
                return _NOT_FOUND
            self._hurry(method)
            return _ok(self._methods.carry_out(method, fields, files))
        except Refusal as refusal:
            return _no(refusal)

    def _hurry(self, method: str) -> None:
        if not self._fake.per_second or not method.startswith("send"):
            return
        now = time.monotonic()
        self._tokens = min(self._fake.per_second, self._tokens + (now - self._tokens_at) * self._fake.per_second)
        self._tokens_at = now
        if self._tokens < 1:
            raise too_many(1)
        self._tokens -= 1

    async def _slowly(self, method: str, fields: Fields) -> Answer:
        try:
            if method == "getupdates":
                self._allow(fields)
                offset, limit, timeout = whole(fields, "offset"), whole(fields, "limit", 100), whole(fields, "timeout")
                return Answer(200, await self._fake.updates.poll(offset, limit, timeout))
            await self._set_webhook(fields if method == "setwebhook" else {**fields, "url": ""})
            return Answer(200, _TRUE)
        except Refusal as refusal:
            return _no(refusal)

    async def _set_webhook(self, fields: Fields) -> None:
        url, secret = said(fields, "url"), said(fields, "secret_token")
        if url and not re.match(r"https?://[^/\s]+", url):
            raise bad_request("invalid webhook URL specified")
        if len(secret) > 256:
            raise bad_request("secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
            raise bad_request("secret token contains unallowed characters")
        self._allow(fields)
        if self._fake.webhook is not None:
            await self._fake.webhook.close()
            self._fake.webhook = None
        if said(fields, "drop_pending_updates") in {"true", "True", "1"}:
            self._fake.updates.clear()
        if url:
            self._fake.updates.interrupt("Conflict: terminated by setWebhook request")
            self._fake.webhook = Webhook(
                url, updates=self._fake.updates, faults=self._fake.faults, clock=self._fake.clock,
                carry_out=self.carry_out, secret=secret,
                max_connections=min(max(whole(fields, "max_connections", 40), 1), 100),
                timeout=self._webhook_timeout, pause=self._webhook_pause, targets=self._fake.targets,
            )  # fmt: skip

    def _allow(self, fields: Fields) -> None:
        allowed = fields.get("allowed_updates")
        if isinstance(allowed, str) and allowed:
            allowed = orjson.loads(allowed)
        if isinstance(allowed, list):
            self._fake.updates.allowed = frozenset(map(str, allowed)) or None

    def carry_out(self, body: bytes) -> None:
        """A method in a webhook's answer: carried out, its result is told to nobody."""
        try:
            fields = orjson.loads(body)
        except orjson.JSONDecodeError:
            return
        if not isinstance(fields, dict) or not isinstance(fields.get("method"), str):
            return
        method = fields.pop("method").lower()
        if method in _NO_RESPONSE_METHODS or method.startswith("get") or not self._methods.known(method):
            return
        fault = self._fake.faults.for_call(method, whole(fields, "chat_id"))
        if fault is not None and fault.kind not in {"delay", "reset_after"}:
            return
        with contextlib.suppress(Refusal):  # recorded; the bot never learns of it
            self._methods.carry_out(method, fields, {})

    def _struck(self, fault: Fault, request: Request, method: str) -> Answer | Awaitable[Answer]:
        match fault.kind:
            case "flood":
                return _no(too_many(fault.seconds))
            case "error":
                return _no(Refusal(500, "Internal Server Error"))
            case "bad_gateway":
                return Answer(502, b"<html><h1>502 Bad Gateway</h1></html>", "text/html")
            case "reset_before":
                raise Reset
            case "blocked":
                return _no(Refusal(403, BLOCKED))
            case "deactivated":
                return _no(Refusal(403, DEACTIVATED))
            case "not_found":
                return _no(bad_request("chat not found"))
            case _:
                return self._late(fault, request, method)

    async def _late(self, fault: Fault, request: Request, method: str) -> Answer:
        if fault.kind == "hang":
            await asyncio.sleep(fault.seconds)
            raise Reset
        fields, files = read(request)
        try:
            if method in _SLOW:
                answer = await self._slowly(method, fields)
            else:
                answer = _ok(self._methods.carry_out(method, fields, files))
        except Refusal as refusal:
            answer = _no(refusal)
        if fault.kind == "reset_after":
            raise Reset
        await asyncio.sleep(fault.seconds)
        return answer

    def _download(self, path: str) -> Answer:
        fault = self._fake.faults.for_call("download", 0)
        if fault is not None:
            if fault.kind.startswith("reset"):
                raise Reset
            return _no(too_many(fault.seconds) if fault.kind == "flood" else Refusal(500, "Internal Server Error"))
        data = self._fake.files.download(path, self._fake.clock.now())
        return _NOT_FOUND if data is None else Answer(200, data, "application/octet-stream")


def _ok(result: object) -> Answer:
    return Answer(200, encoded({"ok": True, "result": result}))


def _no(refusal: Refusal) -> Answer:
    return Answer(refusal.code, orjson.dumps(refusal.body()))
